import { db } from "../../db";
import { FACTOR } from "../../messages/account";
import { USER_EVENTS } from "../../messages/users";
import { done, type Outcome } from "../../outcome";
import { passwordProved } from "../access/proof";
import {
  hasFactor,
  makeFactor,
  makeRecoveryCodes,
  mayTryCode,
  takeCode,
  takeTotp,
  type FactorSecret,
  type Tried,
} from "../access/second-factor";
import type { Call } from "../call";
import { record } from "../events/record";
import { readRegion } from "../region";
import { about, guardUser } from "./guard";

/** `since` is ISO 8601; null: there is none. */
export type FactorView = { since: string; codesLeft: number } | null;

export async function factorOf(userId: string): Promise<FactorView> {
  const factor = await db.secondFactor.findUnique({ where: { userId } });
  if (!factor?.confirmedAt) return null;
  const codesLeft = await db.recoveryCode.count({ where: { userId, usedAt: null } });
  return { since: factor.confirmedAt.toISOString(), codesLeft };
}

/** Gives the secret to the authenticator app. Asks for the password: whoever finds an open browser must not lock its owner out. */
export async function beginFactor({ present }: { present: string }, { actor }: Call): Promise<Outcome<FactorSecret>> {
  const proved = await passwordProved(actor.id, present);
  if (!proved.ok) return proved;
  const { email } = await db.user.findUniqueOrThrow({ where: { id: actor.id }, select: { email: true } });
  const made = await db.$transaction(async (tx) => makeFactor(tx, actor.id, `Regent ${(await readRegion(tx)).name}`, email));
  return made ? done(made) : FACTOR.already;
}

/** From now on it is asked for. Answers the recovery codes, which are shown once. */
export async function confirmFactor({ code }: { code: string }, call: Call): Promise<Outcome<{ codes: string[] }>> {
  const { actor } = call;
  if (!(await db.secondFactor.count({ where: { userId: actor.id, confirmedAt: null } }))) return FACTOR.notBegun;
  if (!(await mayTryCode(actor.id))) return FACTOR.tooMany;
  if (!(await takeTotp(actor.id, code.replace(/\s/g, ""), { confirmed: false }))) return FACTOR.wrongCode;
  return db.$transaction(async (tx) => {
    const confirmed = await tx.$executeRaw`
      UPDATE second_factor SET confirmed_at = now() WHERE user_id = ${actor.id}::uuid AND confirmed_at IS NULL`;
    if (!confirmed) return FACTOR.notBegun;
    const codes = await makeRecoveryCodes(tx, actor.id);
    await record(tx, { kind: "factor.set", message: USER_EVENTS.factorSet(actor.name), actor, details: about(actor.id, call) });
    return done({ codes });
  });
}

type Proof = { present: string; code: string };

const ANSWERS: Record<Tried, Outcome> = { right: done(undefined), wrong: FACTOR.wrongCode, "too-many": FACTOR.tooMany };

async function bothProved(userId: string, { present, code }: Proof): Promise<Outcome> {
  if (!(await hasFactor(userId))) return FACTOR.none;
  const proved = await passwordProved(userId, present);
  if (!proved.ok) return proved;
  return ANSWERS[await takeCode(userId, code)];
}

export async function renewCodes(proof: Proof, call: Call): Promise<Outcome<{ codes: string[] }>> {
  const { actor } = call;
  const proved = await bothProved(actor.id, proof);
  if (!proved.ok) return proved;
  return db.$transaction(async (tx) => {
    const codes = await makeRecoveryCodes(tx, actor.id);
    await record(tx, { kind: "factor.codes", message: USER_EVENTS.codes(actor.name), actor, details: about(actor.id, call) });
    return done({ codes });
  });
}

export async function removeFactor(proof: Proof, call: Call): Promise<Outcome> {
  const { actor } = call;
  const proved = await bothProved(actor.id, proof);
  if (!proved.ok) return proved;
  return db.$transaction(async (tx) => {
    await tx.secondFactor.deleteMany({ where: { userId: actor.id } });
    await record(tx, {
      kind: "factor.removed",
      severity: "warning",
      message: USER_EVENTS.factorRemoved(actor.name),
      actor,
      details: about(actor.id, call),
    });
    return done(undefined);
  });
}

/** For somebody who lost the phone. */
export const resetFactor = ({ userId }: { userId: string }, call: Call): Promise<Outcome> =>
  db.$transaction(async (tx) => {
    const guarded = await guardUser(tx, userId, { what: "factor-reset" }, call);
    if (!guarded.ok) return guarded;
    const { user, actor } = guarded.value;
    const { count } = await tx.secondFactor.deleteMany({ where: { userId } });
    if (!count) return FACTOR.none;
    await record(tx, {
      kind: "factor.reset",
      severity: "warning",
      message: USER_EVENTS.factorReset(actor.name, user.name),
      actor,
      details: about(userId, call),
    });
    return done(undefined);
  });
