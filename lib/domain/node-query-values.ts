/** Which values could stand in a condition: those that the rows have, the most frequent first, and what is often asked. */
import { FAMILIES, propertyOf, type Operator, type PropertyName } from "./node-query-properties";
import type { RowFacts } from "./row-facts";

/** As many as a person looks through. */
export const MOST = 20;

type Value = { value: string; detail: string };

/** The values of a property that hold what is typed, as many as are shown, and how many rows have each. */
export function valuesFor(name: PropertyName, operator: Operator, part: string, rows: readonly RowFacts[]): Value[] {
  return choose(name, operator, part, rows).slice(0, MOST);
}

function choose(name: PropertyName, operator: Operator, part: string, rows: readonly RowFacts[]): Value[] {
  const property = propertyOf(name);
  const holds = ({ value }: Value): boolean => value.toLowerCase().includes(part.toLowerCase());
  const none = (detail: string): Value[] => (operator === "=" || operator === "!=" ? [{ value: "none", detail }].filter(holds) : []);
  switch (property.kind) {
    case "number":
      return [...numbersFor(part, property.examples, Object.keys(FAMILIES[property.family].units)), ...none("No data")];
    case "tags":
      return [...counted(rows, name, property.read).filter(holds), ...none("Without any")];
    case "choice": {
      const found = counted(rows, name, (row) => [property.choices[property.read(row)] ?? ""]);
      const unused = Object.values(property.choices).filter((label) => !found.some(({ value }) => value === label));
      return [...found, ...unused.map((value) => ({ value, detail: "0 nodes" }))].filter(holds);
    }
    case "ip":
      if (operator === "in") return counted(rows, "network", (row) => [row.ip.replace(/\.[0-9]+$/, ".0/24")]).filter(holds);
      return firstOf(
        rows,
        (row) => [property.read(row)],
        (row) => row.name,
        holds,
      );
    case "text":
      return firstOf(
        rows,
        (row) => [property.read(row)],
        (row) => row.ip,
        holds,
      );
    case "macs":
      return [...firstOf(rows, property.read, (row) => row.name, holds), ...none("Without any")];
  }
}

const counted = (...of: Parameters<typeof facetOf>): Value[] =>
  facetOf(...of).map(({ value, count }) => ({ value, detail: count === 1 ? "1 node" : `${count} nodes` }));

/** Of what each row has its own, as many as are shown; among ten thousand rows no more are looked for. */
function firstOf(
  rows: readonly RowFacts[],
  read: (row: RowFacts) => readonly string[],
  owner: (row: RowFacts) => string,
  wanted: (value: Value) => boolean,
): Value[] {
  const found: Value[] = [];
  for (const row of rows) {
    if (found.length >= MOST) break;
    found.push(
      ...read(row)
        .map((value) => ({ value, detail: owner(row) }))
        .filter(wanted),
    );
  }
  return found;
}

/** Nothing typed: what is often asked. A number: each unit behind it. */
function numbersFor(part: string, examples: readonly string[], units: readonly string[]): Value[] {
  if (!part) return examples.map((value) => ({ value, detail: "" }));
  const [, number, unit = ""] = /^([0-9.]{1,20})\s*([a-z%/]*)$/i.exec(part) ?? [];
  if (number === undefined) return [];
  return (units.length ? units : [""])
    .filter((name) => name.toLowerCase().startsWith(unit.toLowerCase()))
    .map((name) => ({ value: number + name, detail: "" }));
}

type Facet = { value: string; count: number };

const known = new WeakMap<readonly RowFacts[], Map<string, Facet[]>>();

/** Counted when it is first asked for, once for each list, which does not change in place; `name` is what is counted. */
function facetOf(rows: readonly RowFacts[], name: string, read: (row: RowFacts) => readonly string[]): Facet[] {
  const facets = known.get(rows) ?? new Map<string, Facet[]>();
  known.set(rows, facets);
  const facet = facets.get(name) ?? count(rows, read);
  facets.set(name, facet);
  return facet;
}

function count(rows: readonly RowFacts[], read: (row: RowFacts) => readonly string[]): Facet[] {
  const counts = new Map<string, number>();
  for (const row of rows) for (const value of read(row)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, times]) => ({ value, count: times })).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
