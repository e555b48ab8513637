/** Rounds as a worker has them: samples, alarms and states in PostgreSQL, and all that follows from a round written there. */
import { randomUUID } from "node:crypto";
import { closeDb, db } from "@/lib/db";
import { FLEET } from "@/lib/demo/fleet";
import { usageOf } from "@/lib/demo/usage";
import { ruleOf } from "@/lib/domain/alarms/rule.sample";
import { Kept } from "@/lib/domain/kept";
import { beginOf, FINEST } from "@/lib/domain/levels";
import { NO_VALUES } from "@/lib/domain/metrics";
import { newBooks, runRound } from "@/lib/services/alarms/round";
import { closeSamplePool, samplePool } from "@/lib/services/metrics/pool";
import { writeSamples, type Row, type Samples } from "@/lib/services/metrics/write";
import { plantNodes } from "../nodes";

const SERVERS = FLEET.filter(({ vmShare }) => vmShare > 0.3);
const KEPT_SECONDS = 1800;
const AT_ONCE = 1000;

/** Of one round; ms, and bytes. */
export type Figures = { cpu: number; wall: number; evaluated: number; changed: number; rss: number };

/** One alarm over so many nodes: the first round changes every state, the others find what they found. `url` is a migrated database of its own: what is in it goes. */
export async function databaseRounds(url: string, nodes: number, rounds: number): Promise<Figures[]> {
  process.env.DATABASE_URL = url;
  try {
    await plantSampled(nodes);
    await db.alarm.create({
      data: { id: randomUUID(), name: "Used CPU", severity: "warning", scope: "all", rule: ruleOf(3, 5), actorName: "Bench" },
    });
    const books = newBooks();
    const figures: Figures[] = [];
    for (let count = 0; count < rounds; count += 1) {
      await db.$executeRaw`UPDATE alarm_round SET at = '1970-01-01'`;
      const [begun, used] = [performance.now(), process.cpuUsage()];
      const parts = [await runRound(60, books)];
      while (parts.at(-1)?.more) parts.push(await runRound(60, books));
      const { user, system } = process.cpuUsage(used);
      const round = parts.at(-1);
      if (!round) throw new Error("No round was due.");
      figures.push({
        cpu: (user + system) / 1000,
        wall: performance.now() - begun,
        evaluated: round.evaluated,
        changed: parts.reduce((sum, part) => sum + (part?.changed ?? 0), 0),
        rss: process.memoryUsage.rss(),
      });
    }
    return figures;
  } finally {
    await closeSamplePool();
    await closeDb();
  }
}

/** With half an hour of samples each. */
async function plantSampled(count: number): Promise<void> {
  await db.$executeRaw`TRUNCATE alarm, node, metrics.node_now, metrics.node_hour, metrics.sample_10s CASCADE`;
  const ids = await plantNodes(count, "Active");
  for (let first = 0; first < ids.length; first += AT_ONCE) await writeSamples(samplesOf(ids.slice(first, first + AT_ONCE), first));
  await samplePool().query("ANALYZE");
}

function samplesOf(ids: readonly string[], first: number): Samples {
  const end = beginOf(Date.now() / 1000, FINEST.step);
  const chunks: Row[] = [];
  const rows = ids.map((id, index) => {
    const server = SERVERS[(first + index) % SERVERS.length];
    if (!server) throw new Error("The demo region has no busy server.");
    const kept = new Kept(id);
    for (let slot = end - KEPT_SECONDS; slot < end; slot += FINEST.step) {
      const finished = kept.add({ ...NO_VALUES, ...usageOf(server, slot + first + index) }, slot, slot);
      if (finished) chunks.push(finished);
    }
    return kept.toRows();
  });
  return { nows: rows.map(({ now }) => now), hours: rows.flatMap(({ hour }) => hour ?? []), chunks, news: [] };
}
