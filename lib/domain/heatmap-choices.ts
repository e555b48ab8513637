/** What the heatmap's address may say. Apart from what is made of it, which the list need not load. */

/** See GROUPS in heatmap-groups.ts and COLORS in heatmap-colors.ts. */
export const GROUP_IDS = ["status", "cpu", "used-cpu", "memory", "used-memory", "storage", "tag"] as const;
export type GroupId = (typeof GROUP_IDS)[number];
export const COLOR_IDS = ["status", "used-memory", "memory", "used-cpu", "cpu", "storage", "throughput", "readiness"] as const;
export type ColorId = (typeof COLOR_IDS)[number];
export const LABEL_IDS = ["value", "name", "none"] as const;
export type LabelId = (typeof LABEL_IDS)[number];
/** See scaleOf and fittedScaleOf in heatmap-scale.ts. */
export const SCALE_IDS = ["full", "fitted"] as const;
export type ScaleId = (typeof SCALE_IDS)[number];

/** `tag:rack-` groups by the tags that begin with “rack-”, `tag` by all of them. */
export type GroupBy = GroupId | `tag:${string}`;

/** What of the legend is looked at: percent of the scale, or states by their names. null: all of it. */
export type LegendRange = { from: number; to: number };

export type HeatmapAddress = { group: GroupBy; color: ColorId; label: LabelId; scale: ScaleId; range: LegendRange | null; only: string[] };
export const DEFAULT_HEATMAP: HeatmapAddress = {
  group: "status",
  color: "used-cpu",
  label: "value",
  scale: "full",
  range: null,
  only: [],
};

const TAG_LENGTH = 64;

export function readGroup(text: string): GroupBy | null {
  const prefix = text.startsWith("tag:") ? text.slice(4) : "";
  if (prefix && prefix.length <= TAG_LENGTH) return `tag:${prefix}`;
  return GROUP_IDS.find((id) => id === text) ?? null;
}

/** Without what belongs to it. */
export const readGroupId = (group: GroupBy): GroupId => GROUP_IDS.find((id) => id === group) ?? "tag";

export function readRange(text: string): LegendRange | null {
  const [, from = "", to = ""] = /^([0-9]{1,3})-([0-9]{1,3})$/.exec(text) ?? [];
  const range = { from: Number(from), to: Number(to) };
  const all = range.from === 0 && range.to === 100;
  return from && range.from <= range.to && range.to <= 100 && !all ? range : null;
}

/** Names of states, whichever there are. */
export const readOnly = (text: string): string[] => [...new Set(text.split(",", 20).filter((name) => /^[A-Za-z]{1,30}$/.test(name)))];
