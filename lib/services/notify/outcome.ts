import { isDead, retryMs } from "../../domain/notify";
import { db, type Tx } from "../../db";
import type { Refusal } from "../../outcome";
import { NOTIFY } from "../../messages/notify";
import { SYSTEM } from "../actor";
import { record } from "../events/record";
import { readRegion } from "../region";
import type { Claimed } from "./claim";
import { tellOthers } from "./tell-all";
import { serverFails, serverWorks, targetFails, targetWorks } from "./failing";

/** Why it did not arrive. `about`: the mail server every mail needs, this one target, or this one text. `lasting`: refused for good. */
export type Missed = Refusal & { about: "server" | "recipient" | "message"; lasting: boolean };

/** A target that is only slow, restarts, or puts a stranger off is not called failing for it. */
const PATIENCE = 3;

/** The far side has taken it. */
export const arrived = ({ id, target }: Claimed, answer: string): Promise<void> =>
  db.$transaction(async (tx) => {
    await tx.$executeRaw`
      UPDATE delivery SET state = 'sent', ended_at = clock_timestamp(), leased_until = NULL, answer = ${answer}
      WHERE id = ${id}::uuid AND state = 'waiting'`;
    const again = [await targetWorks(tx, target), target.kind === "email" ? await serverWorks(tx) : null];
    for (const message of again) if (message) await record(tx, { kind: "notify.back", message, actor: SYSTEM });
  });

/** It is tried again later, or, after a day, given up. What a mail server refused for all is put off for all. */
export const missed = (claimed: Claimed, refusal: Missed): Promise<void> =>
  db.$transaction(async (tx) => {
    const { now } = await readRegion(tx);
    const dead = isDead(claimed.createdAt.getTime(), now.getTime());
    const next = new Date(now.getTime() + retryMs(claimed.attempts, refusal.lasting, Math.random()));
    const count = await tx.$executeRaw`
      UPDATE delivery SET answer = ${refusal.reason}, leased_until = NULL, next_at = ${next}, set_aside = ${refusal.about === "message"},
        state = ${dead ? "dead" : "waiting"}, ended_at = ${dead ? now : null}
      WHERE id = ${claimed.id}::uuid AND state = 'waiting' AND attempts = ${claimed.attempts}`;
    // Whoever took it over meanwhile knows more.
    if (count !== 1) return;
    if (refusal.about === "server") await putOff(tx, next, refusal.reason);
    const failing = await noteFailing(tx, claimed, refusal);
    if (failing) {
      const note = {
        kind: "event",
        nodeId: null,
        node: null,
        title: NOTIFY.failingTitle,
        message: failing,
        by: SYSTEM.name,
        at: now.toISOString(),
      } as const;
      await tellOthers(tx, note, { targetId: claimed.target.id, server: refusal.about === "server" });
      await record(tx, { kind: "notify.failing", severity: "error", message: failing, actor: SYSTEM });
    }
    if (dead)
      await record(tx, {
        kind: "notify.dead",
        severity: "error",
        message: NOTIFY.dead(claimed.target.name, claimed.notes.length, refusal.reason),
        actor: SYSTEM,
        details: { delivery: claimed.id, target: claimed.target.id, attempts: claimed.attempts },
      });
  });

async function noteFailing(tx: Tx, { target, attempts }: Claimed, refusal: Missed): Promise<string | null> {
  if (refusal.about === "server") return serverFails(tx, refusal.reason);
  // Also where it was this one text: whoever was to read it does not know. The next one that arrives takes it back.
  return refusal.lasting || attempts >= PATIENCE ? targetFails(tx, target, refusal.reason) : null;
}

const putOff = (tx: Tx, next: Date, reason: string): Promise<number> => tx.$executeRaw`
  UPDATE delivery d SET next_at = ${next}, attempts = attempts + 1, answer = ${reason} FROM notify_target t
  WHERE t.id = d.target_id AND t.kind = 'email' AND d.state = 'waiting' AND d.next_at <= clock_timestamp()
    AND (d.leased_until IS NULL OR d.leased_until <= clock_timestamp())`;
