/** For tests only: samples as a worker writes them, and rounds on them. */
import { Kept } from "../../domain/kept";
import { beginOf } from "../../domain/levels";
import { NO_VALUES, type Values } from "../../domain/metrics";
import type { AlarmForm } from "../../domain/alarms/config";
import { ruleOf } from "../../domain/alarms/rule.sample";
import { db } from "../../db";
import { samplePool } from "../metrics/pool";
import { writeSamples } from "../metrics/write";

const STEP = 10;

/** The database's clock, seconds since 1970. */
export async function clock(): Promise<number> {
  const [row] = await db.$queryRaw<{ now: number }[]>`SELECT extract(epoch FROM clock_timestamp())::float8 AS now`;
  return row?.now ?? 0;
}

/** Writes the last minutes of a node anew, up to now. `values` has those of a moment (seconds since 1970); null: it was not sampled then. */
export async function measure(id: string, minutes: number, values: (at: number) => Partial<Values> | null): Promise<void> {
  const to = await clock();
  const kept = new Kept(id);
  const chunks: { id: string; start: number; data: Uint8Array }[] = [];
  for (let slot = beginOf(to - minutes * 60, STEP); slot <= to - STEP; slot += STEP) {
    const measured = values(slot);
    const finished = measured && kept.add({ ...NO_VALUES, ...measured }, slot, slot);
    if (finished) chunks.push(finished);
  }
  await samplePool().query("DELETE FROM metrics.node_now WHERE node_id = $1", [id]);
  await samplePool().query("DELETE FROM metrics.node_hour WHERE node_id = $1", [id]);
  await samplePool().query("DELETE FROM metrics.sample_10s WHERE node_id = $1", [id]);
  const { now, hour } = kept.toRows();
  await writeSamples({ nows: now.sampledAt > 0 ? [now] : [], hours: hour && now.sampledAt > 0 ? [hour] : [], chunks, news: [] });
}

/** As if no round had been evaluated yet: the next one is due at once. */
export const forgetRounds = (): Promise<number> => db.$executeRaw`UPDATE alarm_round SET at = '1970-01-01'`;

/** Used CPU above 80 % in 3 of 5 minutes. */
export const formOf = (facts: Partial<AlarmForm> & Pick<AlarmForm, "name" | "scope">): AlarmForm => ({
  description: "",
  severity: "critical",
  rule: ruleOf(3, 5),
  actionsEnabled: true,
  actions: { OK: [], ALARM: [], INSUFFICIENT_DATA: [] },
  ...facts,
});
