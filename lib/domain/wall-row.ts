/** What a wall may see of a node: the one place where everything else is left behind. A wall hangs where strangers walk by. */
import type { GroupBy } from "./heatmap-choices";
import type { ReadinessId } from "./readiness";
import type { RowFacts } from "./row-facts";
import { NODE_STATUSES, type NodeStatus, type StatusGroup } from "./status";
import { tagKey } from "./tags";

/** Times are ISO 8601, sizes bytes. */
export type WallRow = {
  id: string;
  name: string;
  status: NodeStatus;
  statusSince: string;
  /** Of a node that needs attention, and written by Regent itself: what people type is theirs. */
  reason: string | null;
  vcpus: number | null;
  memoryBytes: number | null;
  storageBytes: number | null;
  /** Those that the view groups by, and no others. */
  tags: readonly string[];
  metrics: RowFacts["metrics"];
  /** null: the view does not ask for it. */
  readiness: ReadinessId | null;
};

const ATTENTION: readonly StatusGroup[] = ["failed", "fenced", "inadequate"];
export const needsAttention = (status: NodeStatus): boolean => ATTENTION.includes(NODE_STATUSES[status].group);

const REASON_LENGTH = 120;
const HIDDEN = "…";
const IPV4 = /\b\d{1,3}(\.\d{1,3}){3}(\/\d{1,2})?(:\d{1,5})?\b/g;
const IPV6 = /(?<![\w:])(?=[0-9a-f:]*:[0-9a-f:]*:)[0-9a-f]{0,4}(:[0-9a-f]{0,4}){2,7}(%\w+)?(\/\d{1,3})?(?![\w:])/gi;
const MAC = /\b[0-9a-f]{2}([:-][0-9a-f]{2}){5}\b/gi;
const EMAIL = /[^\s@<>()]+@[^\s@<>()]+/g;

/** What names a machine on a network, or a person, is gone from a text. */
export const withoutAddresses = (text: string): string =>
  [EMAIL, MAC, IPV4, IPV6].reduce((left, known) => left.replace(known, HIDDEN), text);

type Source = Omit<RowFacts, "operation"> & { id: string; statusSince: string; statusReason: string | null; reasonIsPersonal: boolean };

export function wallRow(row: Source, group: GroupBy, readiness: ReadinessId | null = null): WallRow {
  const { id, status, statusSince, vcpus, memoryBytes, storageBytes, metrics } = row;
  const told = needsAttention(status) && !row.reasonIsPersonal && row.statusReason;
  const reason = told ? withoutAddresses(told).slice(0, REASON_LENGTH) : null;
  return {
    id,
    name: withoutAddresses(row.name),
    status,
    statusSince,
    reason,
    vcpus,
    memoryBytes,
    storageBytes,
    tags: tagsOf(row.tags, group).map(withoutAddresses),
    metrics: metrics && measured(metrics),
    readiness,
  };
}

function tagsOf(tags: readonly string[], group: GroupBy): readonly string[] {
  if (group === "tag") return tags;
  const prefix = group.startsWith("tag:") ? tagKey(group.slice(4)) : null;
  return prefix === null ? [] : tags.filter((tag) => tagKey(tag).startsWith(prefix));
}

/** The newest values, without what hangs on them. */
function measured({ cpu, memory, networkRx, networkTx, sampledAt }: NonNullable<RowFacts["metrics"]>): WallRow["metrics"] {
  const last = (value: { last: number | null }) => ({ last: value.last });
  return { cpu: last(cpu), memory: last(memory), networkRx: last(networkRx), networkTx: last(networkTx), sampledAt };
}
