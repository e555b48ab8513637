import { FORCE_EXPIRES_MS } from "../../domain/maintenance";
import { holdsMemory } from "../../domain/placement";
import { db, type Tx } from "../../db";
import type { ForceChallenge } from "../../generated/prisma/client";
import { done, refuse, type Outcome, type Refusal } from "../../outcome";
import type { Call } from "../call";
import { permitted } from "../nodes/guard";
import { lastSeen } from "./facts";

export type Challenge = {
  id: string;
  nodeId: string;
  version: number;
  /** ISO 8601 by the database's clock, beside the time it was at. */
  now: string;
  notBefore: string;
  expiresAt: string;
  /** What will stop, by name; null: nobody can see what runs. */
  vms: { name: string; memoryBytes: number }[] | null;
};

/** The right to force this node, from the end of the safety timer on, for a while, once, in this session, as the node is now. */
export const challengeForce = (input: { nodeId: string; version: number }, call: Call): Promise<Outcome<Challenge>> =>
  db.$transaction(async (tx) => {
    const allowed = await permitted(tx, "forceMaintenance", input, call.actor);
    if (!allowed.ok) return allowed;
    const { node, region } = allowed.value;
    if (!call.sessionHash) return refuse("no-session", "Force Maintenance is confirmed in the session that asked for it.");
    const notBefore = new Date(region.now.getTime() + region.settings.safetyTimerSeconds * 1000);
    const expiresAt = new Date(notBefore.getTime() + FORCE_EXPIRES_MS);
    // Old ones are of no use to anybody; each administrator has one at a time for a node.
    await tx.forceChallenge.deleteMany({
      where: { OR: [{ expiresAt: { lt: region.now } }, { nodeId: node.id, actorId: call.actor.id, usedAt: null }] },
    });
    const { id } = await tx.forceChallenge.create({
      data: { nodeId: node.id, nodeVersion: node.version, actorId: call.actor.id, sessionHash: call.sessionHash, notBefore, expiresAt },
    });
    const { vms } = await lastSeen(tx, node);
    return done({
      id,
      nodeId: node.id,
      version: node.version,
      now: region.now.toISOString(),
      notBefore: notBefore.toISOString(),
      expiresAt: expiresAt.toISOString(),
      vms: vms?.filter(holdsMemory).map(({ name, memoryBytes }) => ({ name, memoryBytes })) ?? null,
    });
  });

const AGAIN = { hint: "Start again." };

/** Uses a challenge up, or says why it can not be used. Everything is judged by the database's clock. */
export async function useChallenge(tx: Tx, id: string, call: Call, now: Date): Promise<Outcome<ForceChallenge>> {
  await tx.$queryRaw`SELECT 1 FROM force_challenge WHERE id = ${id}::uuid FOR UPDATE`;
  const challenge = await tx.forceChallenge.findUnique({ where: { id } });
  const refused = challenge
    ? refusalOf(challenge, call, now)
    : refuse("challenge-gone", "This confirmation does not exist any more.", AGAIN);
  if (refused) return refused;
  return done(await tx.forceChallenge.update({ where: { id }, data: { usedAt: now } }));
}

function refusalOf(challenge: ForceChallenge, call: Call, now: Date): Refusal | null {
  if (challenge.actorId !== call.actor.id)
    return refuse("challenge-other-user", "Another administrator asked for this confirmation.", AGAIN);
  const same = call.sessionHash !== undefined && Buffer.from(call.sessionHash).equals(Buffer.from(challenge.sessionHash));
  if (!same) return refuse("challenge-other-session", "This confirmation belongs to another session.", AGAIN);
  if (challenge.usedAt) return refuse("challenge-used", "This confirmation was used already.", AGAIN);
  if (now >= challenge.expiresAt) return refuse("challenge-expired", "This confirmation expired.", AGAIN);
  const seconds = Math.ceil((challenge.notBefore.getTime() - now.getTime()) / 1000);
  return seconds > 0 ? refuse("too-early", `The safety timer runs for ${seconds} s more.`, { hint: "Wait for it to complete." }) : null;
}
