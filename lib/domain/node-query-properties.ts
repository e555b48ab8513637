/** What the list can be filtered by: one row is one property of the filter language. */
import type { RowFacts } from "./row-facts";
import { uptimeMs } from "./row-facts";
import { NODE_STATUSES, type NodeStatus } from "./status";

const SECOND_MS = 1000;

type Family = { what: string; units: Readonly<Record<string, number>>; /** Whether a number may stand alone. */ bare: boolean };

/** Units by what they measure, each with its size in the unit of the rows. Case does not matter. */
export const FAMILIES = {
  count: { what: "a number", units: {}, bare: true },
  share: { what: "a percentage", units: { "%": 0.01 }, bare: true },
  bytes: {
    what: "an amount of memory",
    units: {
      GiB: 2 ** 30, TiB: 2 ** 40, MiB: 2 ** 20, KiB: 2 ** 10, GB: 1e9, TB: 1e12, MB: 1e6, kB: 1e3, B: 1,
    }, // prettier-ignore
    bare: false,
  },
  rate: { what: "a rate", units: { "Gb/s": 1e9, "Mb/s": 1e6, "kb/s": 1e3, "b/s": 1 }, bare: false },
  span: { what: "a time", units: { d: 86_400 * SECOND_MS, h: 3600 * SECOND_MS, min: 60 * SECOND_MS, s: SECOND_MS }, bare: false },
} as const satisfies Record<string, Family>;

type Common = {
  label: string;
  help: string;
  /** The first one stands in sentences about what would be right. */ examples: readonly string[];
};

export type Property = Common &
  (
    | { kind: "text"; read: (row: RowFacts) => string }
    | { kind: "ip"; read: (row: RowFacts) => string }
    | { kind: "choice"; choices: Readonly<Record<string, string>>; read: (row: RowFacts) => string }
    | { kind: "tags" | "macs"; read: (row: RowFacts) => readonly string[] }
    /** null: nothing was measured. */
    | { kind: "number"; family: keyof typeof FAMILIES; read: (row: RowFacts, now: number) => number | null }
  );

export const OPERATORS = ["=", "!=", ">", ">=", "<", "<=", ":", "in"] as const;
export type Operator = (typeof OPERATORS)[number];

/** What an operator is called, and which kinds of property have it. */
export const OPERATOR_NAMES: Record<Operator, string> = {
  "=": "is",
  "!=": "is not",
  ">": "more than",
  ">=": "at least",
  "<": "less than",
  "<=": "at most",
  ":": "contains",
  in: "is one of",
};

const OF_TEXT = ["=", "!=", ":", "in"] as const;
export const OPERATORS_OF: Record<Property["kind"], readonly Operator[]> = {
  text: OF_TEXT,
  choice: OF_TEXT,
  ip: ["in", "=", "!=", ":"],
  macs: OF_TEXT,
  tags: OF_TEXT,
  number: [">", ">=", "<", "<=", "=", "!=", "in"],
};

const STATUS_LABELS = Object.fromEntries(Object.entries(NODE_STATUSES).map(([id, { label }]) => [id, label])) as Record<NodeStatus, string>; // the keys of the table are the statuses

type Read = (row: RowFacts) => number | null;
const memory = (label: string, help: string, read: Read) =>
  ({ label, help, kind: "number", family: "bytes", examples: ["64GiB", "256GiB", "512GiB", "1TiB"], read }) as const;
const traffic = (label: string, help: string, read: Read) =>
  ({ label, help, kind: "number", family: "rate", examples: ["1Gb/s", "100Mb/s", "10Gb/s"], read }) as const;

export const PROPERTIES = {
  name: { label: "Name", help: "The display name", kind: "text", examples: ["compute-west-01"], read: (row) => row.name },
  status: {
    label: "Status",
    help: "The lifecycle state",
    kind: "choice",
    choices: STATUS_LABELS,
    examples: ["Active"],
    read: (row) => row.status,
  },
  candidate: {
    label: "Candidate",
    help: "Whether it has not joined yet",
    kind: "choice",
    choices: { yes: "yes", no: "no" },
    examples: ["yes"],
    read: (row) => (row.candidate ? "yes" : "no"),
  },
  ip: { label: "IP", help: "The access IP address", kind: "ip", examples: ["10.20.1.0/24"], read: (row) => row.ip },
  cpu: {
    label: "CPU",
    help: "The current CPU usage",
    kind: "number",
    family: "share",
    examples: ["80%", "50%", "90%"],
    read: (row) => row.metrics?.cpu.last ?? null,
  },
  vcpus: { label: "vCPUs", help: "Virtual CPU cores", kind: "number", family: "count", examples: ["64", "128"], read: (row) => row.vcpus },
  memory: memory("Memory", "Physical memory installed", (row) => row.memoryBytes),
  "vm-memory-total": memory("VM Memory (Total)", "Memory allocated to virtual machines", (row) => row.vmMemoryTotalBytes),
  "vm-memory-available": memory("VM Memory (Available)", "Memory left for virtual machines", (row) => row.vmMemoryAvailableBytes),
  rx: traffic("Network Rx", "Traffic received", (row) => row.metrics?.networkRx.last ?? null),
  tx: traffic("Network Tx", "Traffic transmitted", (row) => row.metrics?.networkTx.last ?? null),
  storage: {
    label: "Storage",
    help: "Total storage capacity",
    kind: "number",
    family: "bytes",
    examples: ["1TB", "4TB", "10TB"],
    read: (row) => row.storageBytes,
  },
  uptime: {
    label: "Uptime",
    help: "Time since the last restart",
    kind: "number",
    family: "span",
    examples: ["30d", "1h", "90d"],
    read: uptimeMs,
  },
  tag: { label: "Tag", help: "A custom label", kind: "tags", examples: ["rack-A"], read: (row) => row.tags },
  type: {
    label: "Node Type",
    help: "Worker or Control",
    kind: "choice",
    choices: { Worker: "Worker", Control: "Control" },
    examples: ["Worker"],
    read: (row) => row.role,
  },
  mac: { label: "MAC", help: "A MAC address of its links", kind: "macs", examples: ["b8:ce:f6:01:02:03"], read: (row) => row.macs },
  age: {
    label: "Age",
    help: "Time since the last inspection",
    kind: "number",
    family: "span",
    examples: ["1d", "1h", "7d"],
    read: (row, now) => (row.inspectedAt === null ? null : Math.max(0, now - Date.parse(row.inspectedAt))),
  },
  operation: {
    label: "Operation",
    help: "Whether one is running",
    kind: "choice",
    choices: { running: "running", idle: "idle" },
    examples: ["running"],
    read: (row) => (row.operation ? "running" : "idle"),
  },
  "host-key": {
    label: "Host key",
    help: "Whether another one was shown",
    kind: "choice",
    choices: { changed: "changed", unchanged: "unchanged" },
    examples: ["changed"],
    read: (row) => (row.hostKeyChanged ? "changed" : "unchanged"),
  },
} as const satisfies Record<string, Property>;

export type PropertyName = keyof typeof PROPERTIES;

// The keys of a constant object are exactly its own literal keys.
export const PROPERTY_NAMES = Object.keys(PROPERTIES) as PropertyName[];

export const propertyOf = (name: PropertyName): Property => PROPERTIES[name];

export const propertyNamed = (text: string): PropertyName | undefined => PROPERTY_NAMES.find((name) => name === text.toLowerCase());

/** A condition that would be understood, for sentences: "cpu > 80%". */
export const exampleOf = (name: PropertyName, operator?: Operator): string => {
  const { kind, examples } = propertyOf(name);
  const allowed = OPERATORS_OF[kind];
  return `${name} ${operator && allowed.includes(operator) ? operator : allowed[0]} ${examples[0]}`;
};
