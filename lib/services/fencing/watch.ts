import { SAMPLE_SECONDS } from "../../domain/sample-times";
import type { Watch, WatchedNode } from "../../domain/fencing";
import { Checks } from "../../domain/fencing-records";
import { silenceMs, silentAfterMs } from "../../domain/fencing";
import type { NodeRole } from "../../domain/roles";
import { NODE_STATUS_IDS, NODE_STATUSES, type NodeStatus } from "../../domain/status";
import type { Tx } from "../../db";
import type { RegionRow } from "../region";

type Brief = { id: string; name: string; role: NodeRole; status: NodeStatus; heartbeatAt: Date; asked: boolean };
type Detail = {
  id: string;
  checks: unknown;
  checkedAt: Date | null;
  failedRounds: number | null;
  beats: number | null;
  hasBmc: boolean;
  busy: boolean;
  vmCount: number;
  runningVms: string[] | null;
  newBoot: boolean | null;
  triedAt: Date | null;
  failures: number;
};

const JOINED = NODE_STATUS_IDS.filter((status) => NODE_STATUSES[status].joined);

/**
 * All that is to be known before anything is decided. Of the many that answer only little is read; `also` are read in full.
 * Since when the region is watched: no longer than the oldest worker that lives, and not across a gap.
 */
export async function readWatch(tx: Tx, region: RegionRow, also: readonly string[] = []): Promise<Watch> {
  const { fencing, sampling } = region.settings;
  const [watched] = await tx.$queryRaw<{ since: Date }[]>`
    SELECT greatest(w.since, (SELECT min(started_at) FROM worker WHERE seen_at > clock_timestamp() - interval '5 seconds')) AS since
    FROM region_watch w WHERE w.id = 1`;
  const briefs = await tx.$queryRaw<Brief[]>`
    SELECT n.id, n.name, n.role::text AS role, n.status::text AS status,
           greatest(m.sampled_at, n.joined_at, n.created_at) AS "heartbeatAt",
           n.joined_at IS NOT NULL AND n.host_key_changed IS NULL AND EXISTS (SELECT 1 FROM node_key k WHERE k.node_id = n.id)
             AND NOT (n.status = 'EnteringMaintenance' AND EXISTS (SELECT 1 FROM maintenance o WHERE o.node_id = n.id AND o.ended_at IS NULL AND o.came_from = 'Fenced'))
             AS asked
    FROM node n LEFT JOIN metrics.node_now m ON m.node_id = n.id WHERE n.status::text = ANY(${JOINED})`;
  const inFlight = await tx.fence.findFirst({ where: { state: "running" }, select: { nodeId: true } });
  const base = {
    now: region.now,
    since: watched?.since ?? region.now,
    settings: fencing,
    intervalSeconds: sampling.intervalSeconds ?? SAMPLE_SECONDS,
  };
  const closer = briefs.filter((node) => node.status === "Fenced" || also.includes(node.id) || silenceMs(node, base) > silentAfterMs(base));
  const details = new Map(
    (
      await readDetails(
        tx,
        closer.map(({ id }) => id),
      )
    ).map((detail) => [detail.id, detail]),
  );
  return {
    ...base,
    nodes: briefs.map((brief) => withDetail(brief, details.get(brief.id))),
    inFlight: inFlight && { nodeId: inFlight.nodeId, name: briefs.find(({ id }) => id === inFlight.nodeId)?.name ?? "A node" },
  };
}

const withDetail = (brief: Brief, detail: Detail | undefined): WatchedNode => ({
  ...brief,
  vmCount: detail?.vmCount ?? 0,
  checks: detail?.checks ? (Checks.safeParse(detail.checks).data ?? []) : [],
  checkedAt: detail?.checkedAt ?? null,
  failedRounds: detail?.failedRounds ?? 0,
  hasBmc: detail?.hasBmc ?? false,
  busy: detail?.busy ?? false,
  lastTry: detail?.triedAt ? { endedAt: detail.triedAt, failures: detail.failures } : null,
  beats: detail?.beats ?? 0,
  newBoot: detail?.newBoot ?? null,
  runningVms: detail?.runningVms ?? null,
});

/** The survey counts for what runs only when it is younger than the fence, and for how much ran whenever it was. */
const readDetails = (tx: Tx, ids: string[]): Promise<Detail[]> =>
  tx.$queryRaw<Detail[]>`
    SELECT n.id, h.checks, h.checked_at AS "checkedAt", h.failed_rounds AS "failedRounds", h.beats,
      p.node_id IS NOT NULL AS "hasBmc",
      EXISTS (SELECT 1 FROM operation o WHERE o.node_id = n.id AND o.status IN ('pending', 'running')) AS busy,
      coalesce(array_length(v.running, 1), 0) AS "vmCount",
      CASE WHEN v.running IS NOT NULL AND s.surveyed_at > f.ended_at AND s.surveyed_at > h.answering_since THEN v.running END AS "runningVms",
      CASE WHEN f.boot_id IS NOT NULL THEN m.boot_id IS DISTINCT FROM f.boot_id END AS "newBoot",
      t.tried_at AS "triedAt", coalesce(t.failures, 0)::int AS failures
    FROM node n
    LEFT JOIN node_health h ON h.node_id = n.id
    LEFT JOIN node_power p ON p.node_id = n.id
    LEFT JOIN metrics.node_now m ON m.node_id = n.id
    LEFT JOIN metrics.node_survey s ON s.node_id = n.id
    LEFT JOIN LATERAL (
      SELECT array_agg(vm ->> 'name' ORDER BY vm ->> 'name') FILTER (WHERE (vm ->> 'running')::boolean) AS named, count(*) AS known
      FROM jsonb_array_elements(CASE jsonb_typeof(s.survey -> 'vms') WHEN 'array' THEN s.survey -> 'vms' END) AS vm
    ) a ON true
    LEFT JOIN LATERAL (SELECT CASE jsonb_typeof(s.survey -> 'vms') WHEN 'array' THEN coalesce(a.named, '{}') END AS running) v ON true
    LEFT JOIN LATERAL (
      SELECT boot_id, ended_at FROM fence WHERE node_id = n.id AND state = 'confirmed' ORDER BY started_at DESC LIMIT 1
    ) f ON true
    LEFT JOIN LATERAL (
      SELECT max(ended) AS tried_at, count(*) AS failures FROM (
        SELECT ended_at AS ended FROM fence
        WHERE node_id = n.id AND n.status <> 'Fenced' AND state = 'unconfirmed' AND started_at > greatest(m.sampled_at, f.ended_at, n.created_at)
        UNION ALL
        SELECT finished_at FROM operation
        WHERE node_id = n.id AND n.status = 'Fenced' AND kind = 'unfence' AND status = 'failed' AND created_at > n.status_since
      ) tries
    ) t ON true
    WHERE n.id = ANY(${ids}::uuid[])`;
