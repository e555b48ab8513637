/** Our side of the benchmark, bundled: nodes as after a join, and what the store knows of them. */
import { closeDb, db } from "@/lib/db";
import { nodeKeyAad } from "@/lib/domain/sealing";
import { KEPT_COMMANDS } from "@/lib/machines/commands";
import { generateNodeKey } from "@/lib/machines/keys";
import { generateSealKeyPair, seal } from "@/lib/secrets";
import { closeSamplePool, samplePool } from "@/lib/services/metrics/pool";

export { generateSealKeyPair };
export const commands = { SAMPLE: KEPT_COMMANDS.sample.exec, SURVEY: KEPT_COMMANDS.survey.exec };

const addressOf = (index: number): string => `127.${32 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`;

/** Nodes as a join leaves them, past the triggers: with a key that only the worker can open. */
export async function plant(count: number, hostKeySha256: string): Promise<void> {
  const pair = generateNodeKey({ comment: "bench", from: "" });
  const sealed = seal(process.env.REGENT_SEAL_PUBLIC_KEY ?? "", pair.privateKey, nodeKeyAad(pair.authorizedKey));
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
    await tx.$executeRaw`DELETE FROM metrics.node_now`;
    await tx.$executeRaw`DELETE FROM node_key`;
    await tx.$executeRaw`DELETE FROM node`;
    const addresses = Array.from({ length: count }, (_, index) => addressOf(index + 1));
    await tx.$executeRaw`
      INSERT INTO node (id, name, ip, role, status, ssh_user, host_key_type, host_key_sha256, converged_macs, access_macs, joined_at, memory_bytes)
      SELECT gen_random_uuid(), 'bench-' || at, ip, 'Worker', 'Active', 'root', 'ssh-ed25519', ${hostKeySha256}, '{}', '{}', now(), 540092137472
      FROM unnest(${addresses}::text[]) WITH ORDINALITY AS a (ip, at)`;
    await tx.$executeRaw`INSERT INTO node_key (node_id, public_key, sealed_private) SELECT id, ${pair.authorizedKey}, ${Buffer.from(sealed)} FROM node`;
  });
}

/** How many nodes have a sample that is no older than two intervals. */
export async function sampled(): Promise<number> {
  const { rows } = await samplePool().query<{ count: number }>(
    "SELECT count(*)::int AS count FROM metrics.node_now WHERE sampled_at > clock_timestamp() - interval '20 s'",
  );
  return rows[0]?.count ?? 0;
}

export async function oldestSeconds(): Promise<number> {
  const { rows } = await samplePool().query<{ age: number }>(
    "SELECT extract(epoch FROM max(clock_timestamp() - sampled_at))::float8 AS age FROM metrics.node_now",
  );
  return rows[0]?.age ?? Number.NaN;
}

export async function close(): Promise<void> {
  await closeSamplePool();
  await closeDb();
}
