/** How nodes stand together: one row is one Group by. A node stands in one group only, so that counts add up. */
import { readGroupId, type GroupBy, type GroupId } from "./heatmap-choices";
import { formatValue, niceNumber, type Unit } from "./heatmap-scale";
import type { RowFacts } from "./row-facts";
import { NODE_STATUSES, type NodeStatus } from "./status";
import { tagKey } from "./tags";
import { compareNames } from "./units";

/** `members` are places in the rows, in their order. */
export type Group = { key: string; label: string; members: number[] };
type Split = (rows: readonly RowFacts[], prefix: string) => Group[];
type Row = {
  label: string;
  /** Two rows of one label differ by what is measured of it. */
  measure?: "capacity" | "usage";
  split: Split;
};

/** What wants a person first, then what is on its way, then what is well, then what is gone. */
export const BY_SEVERITY = [
  "Failed",
  "Fenced",
  "Inadequate",
  "EnteringMaintenance",
  "InMaintenance",
  "Unfencing",
  "Activating",
  "Starting",
  "Approved",
  "Candidate",
  "Active",
  "Rejected",
  "Out",
] as const satisfies readonly NodeStatus[];

export const GROUPS = {
  status: {
    label: "Status",
    split: (rows) =>
      gathered(
        rows,
        ({ status }) => BY_SEVERITY.indexOf(status),
        BY_SEVERITY.map((status) => NODE_STATUSES[status].label),
      ),
  },
  cpu: { label: "CPU", measure: "capacity", split: byCapacity("count", (row) => row.vcpus, "vCPUs") },
  "used-cpu": { label: "CPU", measure: "usage", split: byUsage((row) => row.metrics?.cpu.last ?? null) },
  memory: { label: "Memory", measure: "capacity", split: byCapacity("bytes", (row) => row.memoryBytes) },
  "used-memory": { label: "Memory", measure: "usage", split: byUsage((row) => row.metrics?.memory.last ?? null) },
  storage: { label: "Storage", split: byCapacity("disk", (row) => row.storageBytes) },
  tag: { label: "Tag", split: byTags },
} as const satisfies Record<GroupId, Row>;

export function groupRows(rows: readonly RowFacts[], by: GroupBy): Group[] {
  const { split }: Row = GROUPS[readGroupId(by)];
  return split(rows, by.startsWith("tag:") ? by.slice(4) : "");
}

const UNKNOWN = "No data";

/** Groups by number, in the order of their labels; -1 stands last, and a group of nobody nowhere. */
function gathered(rows: readonly RowFacts[], placeOf: (row: RowFacts) => number, labels: readonly string[], rest = UNKNOWN): Group[] {
  const members: number[][] = Array.from({ length: labels.length + 1 }, () => []);
  rows.forEach((row, index) => {
    const place = placeOf(row);
    members[place < 0 ? labels.length : place]?.push(index);
  });
  // A tag may be called as the rest is; it is never empty.
  const groups = members.map((list, place) => ({ key: labels[place] ?? "", label: labels[place] ?? rest, members: list }));
  return groups.filter((group) => group.members.length > 0);
}

const USAGE_EDGES = [0.25, 0.5, 0.75, 0.9];

/** From the highest band down: what is looked for stands first. */
function byUsage(read: (row: RowFacts) => number | null): Split {
  const labels = ["90 to 100 %", "75 to 90 %", "50 to 75 %", "25 to 50 %", "0 to 25 %"];
  return (rows) =>
    gathered(
      rows,
      (row) => {
        const value = read(row);
        return value === null ? -1 : labels.length - 1 - bandOf(value, USAGE_EDGES);
      },
      labels,
    );
}

function byCapacity(unit: Unit, read: (row: RowFacts) => number | null, suffix = ""): Split {
  return (rows) => {
    const edges = bandEdges(
      unit,
      rows.flatMap((row) => read(row) ?? []),
    );
    const words = edges.map((edge) => `${formatValue(unit, edge)}${suffix && ` ${suffix}`}`);
    const labels = [
      words.length ? `less than ${words[0]}` : `any size`,
      ...words.map((word, at) => (at + 1 < words.length ? `${word} to ${words[at + 1]}` : `${word} and more`)),
    ];
    return gathered(rows, (row) => bandAt(read(row), edges), labels);
  };
}

const bandAt = (value: number | null, edges: readonly number[]): number => (value === null ? -1 : bandOf(value, edges));
const bandOf = (value: number, edges: readonly number[]): number => edges.filter((edge) => value >= edge).length;

/** Quartiles, each at the nearest 1, 2 or 5. */
export function bandEdges(unit: Unit, values: readonly number[]): number[] {
  const sorted = Float64Array.from(values).sort();
  const quartiles = [0.25, 0.5, 0.75].map((share) => sorted[Math.floor(share * sorted.length)] ?? 0);
  const edges = new Set(quartiles.map((value) => niceNumber(unit, value, "nearest")));
  return [...edges].filter((edge) => edge > (sorted[0] ?? 0) && edge <= (sorted.at(-1) ?? 0)).sort((a, b) => a - b);
}

/** By all of a node's tags that begin so, because a node with two of them would else be counted twice. The first spelling stands. */
function byTags(rows: readonly RowFacts[], prefix: string): Group[] {
  const start = tagKey(prefix);
  const names = rows.map(({ tags }) =>
    tags
      .filter((tag) => tagKey(tag).startsWith(start))
      .toSorted(compareNames)
      .join(", "),
  );
  const found = new Map<string, { name: string; nodes: number }>();
  for (const name of names) {
    const known = found.get(tagKey(name));
    if (name) found.set(tagKey(name), { name: known?.name ?? name, nodes: (known?.nodes ?? 0) + 1 });
  }
  const kept = [...found.values()].sort((a, b) => b.nodes - a.nodes || compareNames(a.name, b.name)).slice(0, MOST_TAG_GROUPS);
  const labels = kept.map(({ name }) => name).sort(compareNames);
  const places = new Map(labels.map((label, place) => [tagKey(label), place]));
  const others = found.size - kept.length;
  let next = 0;
  const placeOf = (): number => {
    const name = names[next++] ?? "";
    return name ? (places.get(tagKey(name)) ?? labels.length) : -1;
  };
  return gathered(rows, placeOf, others ? [...labels, `${others} other tags`] : labels, "No tags");
}

/** Tags may be as many as nodes; nobody finds a cell among as many groups, and no browser draws a picture that is so high. */
const MOST_TAG_GROUPS = 100;

const MOST_PREFIXES = 12;

/** What tags may be grouped by: what stands before their value (“rack-” of “rack-A”, “owner=”), those of most nodes first. */
export function tagPrefixes(rows: readonly RowFacts[]): string[] {
  const counts = new Map<string, { prefix: string; nodes: number }>();
  for (const { tags } of rows)
    for (const [key, prefix] of new Map(tags.map(prefixOf).map((found) => [tagKey(found), found])))
      counts.set(key, { prefix: counts.get(key)?.prefix ?? prefix, nodes: (counts.get(key)?.nodes ?? 0) + 1 });
  const sorted = [...counts.values()].sort((a, b) => b.nodes - a.nodes || compareNames(a.prefix, b.prefix));
  return sorted.slice(0, MOST_PREFIXES).map(({ prefix }) => prefix);
}

const prefixOf = (tag: string): string => /^.+?[=:/_-](?=.)/.exec(tag)?.[0] ?? tag;
