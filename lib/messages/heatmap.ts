/** The heatmap of the Nodes page. */
import type { LabelId } from "../domain/heatmap-choices";
import { counted, NUMBER } from "./counted";

export const HEATMAP = {
  view: "Heatmap",
  grid: "Heatmap of nodes",
  controls: "What the heatmap shows",
  groupBy: "Group by",
  colorBy: "Color by",
  label: "Label",
  measure: "Measure",
  measures: { capacity: "Capacity", usage: "Usage" },
  labels: { value: "Value", name: "Name", none: "None" } satisfies Record<LabelId, string>,
  allTags: "All tags",
  tag: (prefix: string): string => `Tag ${prefix}…`,
  asList: "View as list",
  openWall: "Open wall",
  legend: "Legend",
  from: (label: string): string => `${label} from`,
  to: (label: string): string => `${label} up to`,
  states: "Show only nodes that are",
  noData: "No data",
  stale: "Older than a minute",
  matching: (count: number, all: number): string => `${NUMBER.format(count)} of ${counted(all, "node")} match the legend`,
  clear: "Clear legend",
  summary: (nodes: number, groups: number, group: string, color: string): string =>
    `${counted(nodes, "node")} in ${counted(groups, "group")} by ${group}, coloured by ${color}. View as list has all of it as a table.`,
  /** Of what is used, and of what is built in. */
  ends: {
    sampled: { top: "Hottest", bottom: "Coldest", worst: "Worst" },
    capacity: { top: "Largest", bottom: "Smallest", worst: "Most" },
  },
  mean: "Mean",
  spread: "Spread",
  above: (distance: string): string => `${distance} above the mean`,
  nothingMeasured: (color: string): string => `${color} is known of none of these nodes.`,
  waiting: (count: number): string => `Groups paused · ${counted(count, "change")} ·`,
  staleFor: (span: string): string => `stale ${span}`,
  selected: "selected",
  inAlarm: "In alarm",
  nodesInAlarm: (count: number): string => `${counted(count, "node")} in alarm`,
  past: {
    open: "Last 24 hours",
    reading: "Reading…",
    unread: "The last day could not be read. Try again.",
    group: "Time travel",
    slider: "As it was",
    now: "Now",
    shown: (moment: string): string => `${moment}, not now`,
    back: "Back to now",
  },
} as const;
