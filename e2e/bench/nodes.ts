/** Nodes for benchmarks, as their past would have left them: written past the triggers, in one statement. */
import { db } from "@/lib/db";
import { sampleInventory } from "@/lib/domain/inventory.sample";
import type { NodeStatus } from "@/lib/domain/status";

/** Their ids, in the order of their numbers. */
export async function plantNodes(count: number, status: NodeStatus): Promise<string[]> {
  const inventory = JSON.stringify(sampleInventory());
  const verdict = JSON.stringify({ adequate: true, results: [] });
  return db.$transaction(
    async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      const rows = await tx.$queryRaw<{ id: string }[]>`
        INSERT INTO node (id, name, ip, role, status, ssh_user, host_key_type, host_key_sha256, converged_macs, access_macs, tags, vcpus,
          memory_bytes, storage_bytes, booted_at, inventory, verdict, inspected_at, joined_at)
        SELECT gen_random_uuid(), 'compute-' || lpad(i::text, 5, '0'), '10.' || (i >> 16) || '.' || ((i >> 8) & 255) || '.' || (i & 255), 'Worker',
          ${status}::node_status, 'root', 'ssh-ed25519', 'SHA256:' || repeat('A', 43),
          '{b8:ce:f6:01:02:20}',
          ARRAY['b8:ce:f6:02:' || lpad(to_hex((i >> 8) & 255), 2, '0') || ':' || lpad(to_hex(i & 255), 2, '0')], ARRAY['rack-' || (i / 40)], 128,
          540092137472, 15360950534144, now() - i * interval '1 minute', ${inventory}::jsonb, ${verdict}::jsonb, now(),
          CASE WHEN ${status} = 'Active' THEN now() - interval '1 day' END
        FROM generate_series(1, ${count}::int) i RETURNING id`;
      await tx.$executeRaw`INSERT INTO node_identity (kind, value, node_id) SELECT 'ip', ip, id FROM node`;
      return rows.map(({ id }) => id);
    },
    { timeout: 60_000 },
  );
}
