import { formatDuration } from "@/lib/domain/units";

/** Time from the last restart to the last look: what was true when the machine was seen, not a guess about now. */
export function Uptime({ since, seenAt }: { since: string; seenAt: string | null }) {
  const until = seenAt ? Date.parse(seenAt) : Date.parse(since);
  return <time title={`Since ${since}${seenAt ? `, seen ${seenAt}` : ""}`}>{formatDuration(until - Date.parse(since))}</time>;
}
