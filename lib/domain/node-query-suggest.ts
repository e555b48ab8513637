/** What could be written next, while a condition is being typed: properties, operators, values that there are. */
import { formatToken, headOf, parseQuery, withoutNot } from "./node-query";
import {
  OPERATOR_NAMES,
  OPERATORS_OF,
  PROPERTY_NAMES,
  propertyNamed,
  propertyOf,
  type Operator,
  type PropertyName,
} from "./node-query-properties";
import { segmentsOf, unquoted } from "./node-query-text";
import { MOST, valuesFor } from "./node-query-values";
import type { RowFacts } from "./row-facts";

export type Suggestion = {
  label: string;
  /** Explains it, or counts the rows that have it. */
  detail: string;
  /** The whole text with the suggestion taken, and the cursor behind it. */
  text: string;
  cursor: number;
  /** The condition is finished. */
  complete: boolean;
};

/** So many tags and statuses are offered for a word. */
const OF_EACH = 3;

type Choice = { label: string; detail: string; condition: string; complete: boolean };

/** The rows are only counted where their values are asked for. */
export function suggestions(text: string, cursor: number, rows: readonly RowFacts[]): Suggestion[] {
  const segment = segmentsOf(text).find(({ from, to }) => from <= cursor && cursor <= to);
  if (!segment) return [];
  const { negated, rest } = withoutNot(text.slice(segment.from, cursor).trimStart());
  const upToHere = text.slice(0, Math.min(segment.start, cursor));
  const before = /\S$/.test(upToHere) ? `${upToHere} ` : upToHere;
  const after = text.slice(Math.max(segment.end, cursor));
  return choices(rest, rows)
    .slice(0, MOST)
    .map(({ condition, ...shown }) => {
      const upTo = `${before}${negated ? "not " : ""}${condition}`;
      return { ...shown, text: upTo + after, cursor: upTo.length };
    });
}

const OPERATOR_PART = /^([a-z][a-z-]*)\s+([!=<>:a-z]{0,2})$/i;

function choices(typed: string, rows: readonly RowFacts[]): Choice[] {
  const head = headOf(typed);
  const property = head && propertyNamed(head.property);
  if (head) return property ? valueChoices(property, head.operator, unquoted(typed.slice(head.length)), rows) : [];
  const [, name = "", part = ""] = OPERATOR_PART.exec(typed) ?? [];
  const named = propertyNamed(name);
  return named ? operatorChoices(named, part) : propertyChoices(typed, rows);
}

const operatorChoices = (property: PropertyName, part: string): Choice[] =>
  OPERATORS_OF[propertyOf(property).kind]
    .filter((operator) => operator.startsWith(part.toLowerCase()))
    .map((operator) => ({
      label: `${property} ${operator}`,
      detail: OPERATOR_NAMES[operator],
      condition: `${property} ${operator} `,
      complete: false,
    }));

/** Properties that begin as typed, those that hold it, and values that there are: "rack" offers "tag = rack-A". */
function propertyChoices(typed: string, rows: readonly RowFacts[]): Choice[] {
  const word = unquoted(typed).toLowerCase();
  const begin = PROPERTY_NAMES.filter((name) => name.startsWith(word));
  const hold = PROPERTY_NAMES.filter((name) => !name.startsWith(word) && name.includes(word));
  const properties = [...begin, ...hold].map((name) => ({
    label: name,
    detail: propertyOf(name).help,
    condition: `${name} `,
    complete: false,
  }));
  if (word.trim() === "") return properties;
  // Names are not offered: what is found by its name is in the list already.
  const values = (["tag", "status"] as const).flatMap((name) => valueChoices(name, "=", word, rows).slice(0, OF_EACH));
  return [...properties, ...values];
}

/** In a list, "in a, b", the last item is completed. */
function valueChoices(property: PropertyName, operator: Operator, typed: string, rows: readonly RowFacts[]): Choice[] {
  const comma = operator === "in" ? typed.lastIndexOf(",") + 1 : 0;
  const given = typed.slice(0, comma);
  const part = typed.slice(comma).trim();
  const written = (value: string) =>
    formatToken({ kind: "condition", negated: false, property, operator, value: given ? `${given} ${value}` : value });
  return valuesFor(property, operator, part, rows).flatMap(({ value, detail }) => {
    const condition = written(value);
    return parseQuery(condition).problems.length ? [] : [{ label: condition, detail, condition, complete: true }];
  });
}
