/**
 * Everything that decides what the Nodes list shows, as it stands in the address: a pasted link shows the same page. What is as
 * delivered is left out, what is not understood is dropped, and what belongs to others (a dialog) is not touched.
 */
import { COLUMN_IDS, type ColumnId, type Sort } from "./node-sort";
import { formatQuery, parseQuery } from "./node-query";
import type { Density } from "./choices";
import { COLOR_IDS, DEFAULT_HEATMAP, LABEL_IDS, SCALE_IDS, readGroup, readOnly, readRange, type HeatmapAddress } from "./heatmap-choices";
import { NODE_FILTERS, type NodeFilter } from "./status";

export const LIST_VIEWS = ["list", "heatmap"] as const;
export type ListView = (typeof LIST_VIEWS)[number];

export type ListAddress = {
  /** The text of the filter bar, see node-query.ts. */
  q: string;
  /** The pressed chips; several show what any of them shows. */
  filters: NodeFilter[];
  /** Removed nodes too. */
  out: boolean;
  sort: Sort;
  /** The columns in their order; null: as the person likes them. Name is always there. */
  columns: ColumnId[] | null;
  /** In px, of the columns that the link sizes. */
  widths: Partial<Record<ColumnId, number>>;
  /** null: as the person likes it. */
  density: Density | null;
  view: ListView;
} & HeatmapAddress;

export const DEFAULT_ADDRESS: ListAddress = {
  q: "",
  filters: [],
  out: false,
  sort: { id: "name", desc: false },
  columns: null,
  widths: {},
  density: null,
  view: "list",
  ...DEFAULT_HEATMAP,
};

export const QUERY_LENGTH = 2000;
export const COLUMN_WIDTH = { least: 40, most: 1200 } as const;

/** Of what is listed in `known`, as they are given and each once. */
function among<Known extends string>(text: string, known: readonly Known[]): Known[] {
  const given = text.split(",", 100);
  return [...new Set(given)].flatMap((item) => known.filter((one) => one === item));
}

const FILTERS = Object.keys(NODE_FILTERS) as NodeFilter[]; // the keys of a constant object are its type
// Named here and not read from preferences.ts, whose zod would come to the browser with the list: 60 kB.
const DENSITY_IDS = ["comfortable", "default", "compact"] as const satisfies readonly Density[];

type Part<Value> = {
  /** Its name in the address. */
  key: string;
  read: (text: string) => Value | null;
  /** Empty: as delivered, and left out. */
  write: (value: Value) => string;
};

/** One row is one thing that the address holds. */
const PARTS: { [Key in keyof ListAddress]: Part<ListAddress[Key]> } = {
  q: { key: "q", read: (text) => (text.length > QUERY_LENGTH ? null : text.trim()), write: (q) => q.trim() },
  filters: { key: "filter", read: (text) => among(text, FILTERS), write: (filters) => filters.join(",") },
  out: { key: "out", read: (text) => text === "1", write: (out) => (out ? "1" : "") },
  sort: { key: "sort", read: readSort, write: ({ id, desc }) => (id === "name" && !desc ? "" : `${desc ? "-" : ""}${id}`) },
  columns: { key: "columns", read: readColumns, write: (columns) => columns?.join(",") ?? "" },
  widths: {
    key: "widths",
    read: readWidths,
    write: (widths) =>
      Object.entries(widths)
        .map((entry) => entry.join(":"))
        .join(","),
  },
  density: { key: "density", read: (text) => among(text, DENSITY_IDS)[0] ?? null, write: (density) => density ?? "" },
  view: { key: "view", read: (text) => among(text, LIST_VIEWS)[0] ?? null, write: (view) => (view === "list" ? "" : view) },
  group: { key: "group", read: readGroup, write: (group) => (group === DEFAULT_HEATMAP.group ? "" : group) },
  color: {
    key: "color",
    read: (text) => among(text, COLOR_IDS)[0] ?? null,
    write: (color) => (color === DEFAULT_HEATMAP.color ? "" : color),
  },
  label: {
    key: "label",
    read: (text) => among(text, LABEL_IDS)[0] ?? null,
    write: (label) => (label === DEFAULT_HEATMAP.label ? "" : label),
  },
  scale: {
    key: "scale",
    read: (text) => among(text, SCALE_IDS)[0] ?? null,
    write: (scale) => (scale === DEFAULT_HEATMAP.scale ? "" : scale),
  },
  range: { key: "range", read: readRange, write: (range) => (range ? `${range.from}-${range.to}` : "") },
  only: { key: "only", read: readOnly, write: (only) => only.join(",") },
};

const KEYS = Object.keys(PARTS) as (keyof ListAddress)[]; // the keys of a mapped type are its own

function readSort(text: string): Sort | null {
  const desc = text.startsWith("-");
  const [id] = among(desc ? text.slice(1) : text, COLUMN_IDS);
  return id ? { id, desc } : null;
}

function readColumns(text: string): ColumnId[] | null {
  const columns = among(text, COLUMN_IDS);
  if (!columns.length) return null;
  return columns.includes("name") ? columns : ["name", ...columns];
}

function readWidths(text: string): ListAddress["widths"] {
  const widths: ListAddress["widths"] = {};
  for (const item of text.split(",", 100)) {
    const [, name, digits] = /^([a-zA-Z]{1,40}):([0-9]{2,4})$/.exec(item) ?? [];
    const id = COLUMN_IDS.find((known) => known === name);
    const width = Number(digits);
    if (id && width >= COLUMN_WIDTH.least && width <= COLUMN_WIDTH.most) widths[id] = width;
  }
  return widths;
}

export function parseAddress(parameters: URLSearchParams): ListAddress {
  const read = <Key extends keyof ListAddress>(key: Key): ListAddress[Key] => {
    const part: Part<ListAddress[Key]> = PARTS[key];
    const text = parameters.get(part.key);
    return (text === null ? null : part.read(text)) ?? DEFAULT_ADDRESS[key];
  };
  return {
    q: read("q"),
    filters: read("filters"),
    out: read("out"),
    sort: read("sort"),
    columns: read("columns"),
    widths: read("widths"),
    density: read("density"),
    view: read("view"),
    group: read("group"),
    color: read("color"),
    label: read("label"),
    scale: read("scale"),
    range: read("range"),
    only: read("only"),
  };
}

/** The parameters of the list first and always in one order, then those of `others` that are not the list's. */
export function formatAddress(address: ListAddress, others = new URLSearchParams()): URLSearchParams {
  const formatted = new URLSearchParams();
  const write = <Key extends keyof ListAddress>(key: Key) => {
    const part: Part<ListAddress[Key]> = PARTS[key];
    const text = part.write(address[key]);
    if (text) formatted.set(part.key, text);
  };
  KEYS.forEach(write);
  const own = new Set(KEYS.map((key) => PARTS[key].key));
  for (const [key, value] of others) if (!own.has(key)) formatted.append(key, value);
  return formatted;
}

/** One text for everything that shows the same, without what is not the list's: what a saved view is. */
export function canonicalAddress(search: string): string {
  const address = parseAddress(new URLSearchParams(search));
  const filters = FILTERS.filter((filter) => address.filters.includes(filter));
  const q = formatQuery(parseQuery(address.q).tokens);
  return formatAddress({ ...address, filters, q: q.length > QUERY_LENGTH ? address.q : q }).toString();
}
