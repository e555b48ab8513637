import { randomUUID } from "node:crypto";
import { notifyTargetAad } from "../../domain/sealing";
import { db, type Tx } from "../../db";
import { sharedEnv } from "../../env";
import type { NotifyTarget } from "../../generated/prisma/client";
import { NOTIFY } from "../../messages/notify";
import { done, type Outcome, type Refusal } from "../../outcome";
import { seal } from "../../secrets";
import type { Call } from "../call";
import { record } from "../events/record";
import { keptAddress, webhookUrl } from "./webhook-address";

export const MOST_TARGETS = 100;
const SHORTEST_SECRET = 16;

export type WebhookBody = "regent" | "slack" | "pagerduty";
/** A mailbox, or a webhook with the form of what it is told. An empty secret is the one that is known. */
export type TargetInput =
  | { kind: "email"; name: string; address: string }
  | { kind: "webhook"; name: string; address: string; body: WebhookBody; secret: string };

/** Adds somebody who may be told. Answers with the id, for the test that follows. */
export const addTarget = (input: TargetInput, { actor }: Call): Promise<Outcome<{ id: string }>> =>
  inTurn(async (tx) => {
    if ((await tx.notifyTarget.count()) >= MOST_TARGETS) return NOTIFY.tooMany(MOST_TARGETS);
    const id = randomUUID();
    const facts = factsOf(id, input, null);
    if (!facts.ok) return facts;
    const taken = await takenBy(tx, id, facts.value);
    if (taken) return taken;
    await tx.notifyTarget.create({ data: { id, ...facts.value } });
    await record(tx, {
      kind: "notify.target",
      message: NOTIFY.targetEvent(actor.name, "added", input.name),
      actor,
      details: { target: id },
    });
    return done({ id });
  });

/** Changes it. What waits for it goes to the new address, and what was wrong with the old one is forgotten. */
export const changeTarget = ({ targetId, ...input }: TargetInput & { targetId: string }, { actor }: Call): Promise<Outcome> =>
  inTurn(async (tx) => {
    const known = await tx.notifyTarget.findUnique({ where: { id: targetId } });
    if (!known || known.kind !== input.kind) return NOTIFY.targetGone;
    const facts = factsOf(targetId, input, known);
    if (!facts.ok) return facts;
    const taken = await takenBy(tx, targetId, facts.value);
    if (taken) return taken;
    await tx.notifyTarget.update({ where: { id: targetId }, data: { ...facts.value, failingSince: null, problem: null } });
    await tx.$executeRaw`UPDATE delivery SET next_at = clock_timestamp() WHERE target_id = ${targetId}::uuid AND state = 'waiting'`;
    await record(tx, {
      kind: "notify.target",
      message: NOTIFY.targetEvent(actor.name, "changed", input.name),
      actor,
      details: { target: targetId },
    });
    return done(undefined);
  });

/** One after the other, so that two administrators can not both pass the same question. */
const inTurn = <T>(work: (tx: Tx) => Promise<Outcome<T>>): Promise<Outcome<T>> =>
  db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('notify_target'))::text`;
    return work(tx);
  });

type Facts = { kind: string; name: string; address: string; body: string | null; sealed: Uint8Array<ArrayBuffer> | null };

function factsOf(id: string, input: TargetInput, known: NotifyTarget | null): Outcome<Facts> {
  if (input.kind === "email") return done({ ...input, body: null, sealed: null });
  const { kind, name, body, secret } = input;
  // Nothing new was typed: what stands in the field is what was shown.
  if (!secret && known?.sealed && known.body === body && known.address === input.address)
    return done({ kind, name, body, address: known.address, sealed: known.sealed });
  const { REGENT_DEMO, REGENT_WEBHOOK_LOOPBACK, REGENT_SEAL_PUBLIC_KEY } = sharedEnv();
  const url = webhookUrl(input.address, REGENT_DEMO || REGENT_WEBHOOK_LOOPBACK);
  if (!url.ok) return url;
  const hidden = body === "slack" ? url.value.href : secret;
  if (!hidden) return NOTIFY.secretMissing;
  if (hidden.length < SHORTEST_SECRET) return NOTIFY.secretShort;
  const address = keptAddress(url.value, body, hidden);
  return done({ kind, name, body, address, sealed: seal(REGENT_SEAL_PUBLIC_KEY, hidden, notifyTargetAad({ id, address })) });
}

/** Mailboxes differ in more than the case of their letters. */
async function takenBy(tx: Tx, id: string, { kind, address, name }: Facts): Promise<Refusal | null> {
  const others = await tx.$queryRaw<{ name: string; same: boolean }[]>`
    SELECT name, kind = ${kind} AND lower(address) = lower(${address}) AS same FROM notify_target
    WHERE id <> ${id}::uuid AND ((kind = ${kind} AND lower(address) = lower(${address})) OR lower(name) = lower(${name}))
    ORDER BY same DESC`;
  const [other] = others;
  if (!other) return null;
  return other.same ? NOTIFY.addressTaken(other.name) : NOTIFY.nameTaken(other.name);
}
