/** Which nodes are this worker's. Every worker decides for itself, from the same rows, and they agree. */
import { SAMPLE_SECONDS } from "../../domain/sample-times";
import { Sampling } from "../../domain/settings";
import { samplePool } from "../../services/metrics/pool";

export type SampledNode = {
  id: string;
  ip: string;
  sshUser: string;
  hostKeyType: string;
  hostKeySha256: string;
  publicKey: string;
};

/** A worker touches its row every second; one that is silent for longer is stopped or cut off, and its nodes are looked after by the others. */
export const WORKER_SILENCE_SECONDS = 5;

/** `now`: when it was so, by the database's clock, seconds since 1970. */
export type Shares = { nodes: SampledNode[]; workers: string[]; intervalSeconds: number; now: number };

/** What is to be sampled (all that has joined and may be dialled) and who there is to do it. */
export async function readShares(): Promise<Shares> {
  const [nodes, workers, region] = await Promise.all([
    samplePool().query<SampledNode>({
      name: "sampled-nodes",
      text: `SELECT n.id, n.ip, n.ssh_user AS "sshUser", n.host_key_type AS "hostKeyType", n.host_key_sha256 AS "hostKeySha256", k.public_key AS "publicKey"
             FROM node n JOIN node_key k ON k.node_id = n.id
             WHERE n.joined_at IS NOT NULL AND n.status <> 'Out' AND n.host_key_changed IS NULL`,
    }),
    samplePool().query<{ id: string }>("SELECT id FROM worker WHERE seen_at > clock_timestamp() - $1 * interval '1 second'", [
      WORKER_SILENCE_SECONDS,
    ]),
    samplePool().query<{ sampling: unknown; now: number }>(
      "SELECT coalesce(settings -> 'sampling', '{}') AS sampling, extract(epoch FROM clock_timestamp())::float8 AS now FROM region WHERE id = 1",
    ),
  ]);
  const [{ sampling, now } = { sampling: null, now: 0 }] = region.rows;
  // What no page has written is not taken for an interval: zero would ask without a pause.
  const intervalSeconds = Sampling.safeParse(sampling).data?.intervalSeconds ?? SAMPLE_SECONDS;
  return { nodes: nodes.rows, workers: workers.rows.map(({ id }) => id), intervalSeconds, now };
}

/** A number from a text, the same in every process: FNV-1a with a last mix, because ids differ in few places. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}

/**
 * Rendezvous hashing: each worker draws a number for each node, and the highest has it. When one worker goes, only its own nodes move,
 * and they move to all the others; when one comes, it takes its part from each.
 */
export function ownerOf(nodeId: string, workers: readonly string[]): string | null {
  let owner: string | null = null;
  let highest = -1;
  for (const worker of workers) {
    const drawn = hash(`${nodeId}${worker}`);
    if (drawn > highest || (drawn === highest && owner !== null && worker > owner)) [owner, highest] = [worker, drawn];
  }
  return owner;
}
