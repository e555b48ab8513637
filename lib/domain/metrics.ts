/**
 * What is measured of a node: one row is one metric, for the sampler, the store, the charts, the heatmap and the alarms.
 * A value travels and rests as its code, a whole number of 16 bits: small, exact to compare, and never NaN.
 */

type Scale = {
  /** The code of a value that is there, 0 to CODE_MAX. */
  encode: (value: number) => number;
  decode: (code: number) => number;
};

export const CODE_MAX = 65_534;
/** Nothing was measured. */
export const GAP = 65_535;

const clamp = (code: number): number => Math.min(CODE_MAX, Math.max(0, Math.round(code)));

const SHARE_STEPS = 2000;
/** From 0 to 1 in steps of 0.05 %. */
const share: Scale = { encode: (value) => clamp(Math.min(1, value) * SHARE_STEPS), decode: (code) => code / SHARE_STEPS };

/** Steps of 0.27 %: an error of 0.14 % at most, over the whole range from 0 to 2^40 and more. */
const STEPS_PER_OCTAVE = 256;
/**
 * Numbers that differ by orders of magnitude, with the same relative error everywhere; `least` is where it begins to be relative. What
 * comes back is whole, and finer than a step all the same: twenty digits of each node made a tenth of the list's page.
 */
const logarithmic = (least: number): Scale => ({
  encode: (value) => clamp(STEPS_PER_OCTAVE * Math.log2(1 + Math.max(0, value) / least)),
  decode: (code) => Math.round(least * (2 ** (code / STEPS_PER_OCTAVE) - 1)),
});

const HUNDREDTHS = 100;
/** Up to 655 in hundredths, as the kernel gives the load. */
const hundredths: Scale = { encode: (value) => clamp(value * HUNDREDTHS), decode: (code) => code / HUNDREDTHS };

/** A whole number of things, exact. */
const counted: Scale = { encode: clamp, decode: (code) => code };

const MIB = 2 ** 20;

export type Metric = { label: string; unit: "share" | "bit/s" | "byte/s" | "load" | "byte" | "count"; scale: Scale };

/**
 * In the order in which they are stored: a new one comes last, and none is ever taken out or moved.
 * Shares are from 0 to 1. Of the partitions it is what is left free. An average of counts is kept as a whole number.
 */
export const METRICS = {
  cpu: { label: "CPU", unit: "share", scale: share },
  memory: { label: "Memory", unit: "share", scale: share },
  networkRx: { label: "Network Rx", unit: "bit/s", scale: logarithmic(1000) },
  networkTx: { label: "Network Tx", unit: "bit/s", scale: logarithmic(1000) },
  diskRead: { label: "Disk read", unit: "byte/s", scale: logarithmic(1000) },
  diskWrite: { label: "Disk write", unit: "byte/s", scale: logarithmic(1000) },
  diskBusy: { label: "Busiest disk", unit: "share", scale: share },
  load: { label: "Load", unit: "load", scale: hundredths },
  freeRoot: { label: "/ free", unit: "share", scale: share },
  freeLog: { label: "/var/log free", unit: "share", scale: share },
  freeData: { label: "/mnt/data free", unit: "share", scale: share },
  freeContainers: { label: "/mnt/containers free", unit: "share", scale: share },
  vmMemoryAvailable: { label: "VM Memory (Available)", unit: "byte", scale: logarithmic(MIB) },
  linksDown: { label: "Links down", unit: "count", scale: counted },
  disksFailing: { label: "Disks failing", unit: "count", scale: counted },
  poolsDegraded: { label: "Pools degraded", unit: "count", scale: counted },
  servicesDown: { label: "Services down", unit: "count", scale: counted },
} as const satisfies Record<string, Metric>;

export type MetricId = keyof typeof METRICS;

// The keys of a constant object are exactly its own literal keys.
export const METRIC_IDS = Object.keys(METRICS) as MetricId[];
export const METRIC_COUNT = METRIC_IDS.length;

/** Those with a sparkline in the list. They are the first of all, so that their codes stand together. */
export const TREND_IDS = ["cpu", "memory", "networkRx", "networkTx"] as const satisfies readonly MetricId[];
export type TrendId = (typeof TREND_IDS)[number];

/** One value of each metric; null where nothing was measured. */
export type Values = Record<MetricId, number | null>;

export const NO_VALUES: Values = Object.fromEntries(METRIC_IDS.map((id) => [id, null])) as Values; // every id is there

export const encodeValue = (id: MetricId, value: number | null): number =>
  value === null || !Number.isFinite(value) ? GAP : METRICS[id].scale.encode(value);

export const decodeValue = (id: MetricId, code: number): number | null => (code === GAP ? null : METRICS[id].scale.decode(code));

/** The mount of each partition that is watched over time. */
export const FREE_SPACE = { freeRoot: "/", freeLog: "/var/log", freeData: "/mnt/data", freeContainers: "/mnt/containers" } as const;

/** Those that are asked for with the survey, and not with every sample. */
export type SurveyedId = keyof typeof FREE_SPACE | "vmMemoryAvailable" | "linksDown" | "disksFailing" | "poolsDegraded" | "servicesDown";
