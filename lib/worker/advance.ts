/**
 * One step of one operation: claim it, run the first step that is not done, write what came of it. Called by the durable
 * workflow until the operation is finished. Everything it knows it reads from PostgreSQL, so any worker can go on.
 */
import { isOperationKind, stepNames } from "../domain/operations";
import { db } from "../db";
import type { Operation } from "../generated/prisma/client";
import { log, reportFault } from "../log";
import { refuse, type Refusal } from "../outcome";
import { failOperation } from "../services/operations/fail";
import { lockOperation, OperationLost } from "../services/operations/lock";
import { succeedOperation } from "../services/operations/succeed";
import { beginStep, endStep, tellStep } from "../services/operations/steps";
import { claimOperation } from "../services/operations/claim";
import { whileHeld } from "./held";
import { stepsOf, type StepEnd } from "./workflows";

export type Next = { finished: boolean; restMs: number };

const FINISHED: Next = { finished: true, restMs: 0 };
const GO_ON: Next = { finished: false, restMs: 0 };
const FAULT_REST_MS = 1000;

/** The attempt under which this process holds each operation; a commit with an older one is refused by lockOperation. */
const held = new Map<string, number>();
let workerId = "";

/** Names this process in the operations it claims. */
export const actAs = (id: string): void => void (workerId = id);

export async function advance(operationId: string): Promise<Next> {
  try {
    const next = await advanceHeld(operationId);
    faults.delete(operationId);
    if (next.finished) held.delete(operationId);
    return next;
  } catch (error) {
    if (error instanceof OperationLost) {
      held.delete(operationId);
      log.warn({ operationId }, error.message);
      return FINISHED;
    }
    return endWithFault(operationId, error);
  }
}

async function advanceHeld(operationId: string): Promise<Next> {
  const operation = await hold(operationId);
  if (!operation || !isOperationKind(operation.kind)) return FINISHED;
  const done = new Set(
    (await db.operationStep.findMany({ where: { operationId, state: { in: ["ok", "warning"] } } })).map(({ name }) => name),
  );
  const name = stepNames(operation.kind).find((step) => !done.has(step));
  if (!name) {
    await db.$transaction(async (tx) => succeedOperation(tx, await lockOperation(tx, operation)));
    return FINISHED;
  }
  const step = stepsOf(operation.kind)[name];
  if (!step) throw new Error(`No code stands behind the step ${name} of ${operation.kind}.`);
  const tries = await beginStep(operation, name);
  const end = await whileHeld(operation, step);
  if (end.ok) return end.value.endsElsewhere ? FINISHED : finishStep(operation, name, end.value);
  return worthAnotherTry(operation.kind, end, tries) ? tryAgain(operation, name, end, tries) : fail(operation, name, end);
}

const TRIES = 3;
const PAUSE_MS = 3000;
/** A network can hiccup in the middle of work that takes minutes; who looks on at a dialog wants to hear of it at once. */
const PATIENT = ["join", "accept", "unfence", "maintenance", "moveBack", "activate", "reboot"];
const HICCUPS = ["connection-lost", "timeout", "unreachable", "refused"];

const worthAnotherTry = (kind: string, refusal: Refusal, tries: number): boolean =>
  PATIENT.includes(kind) && tries < TRIES && HICCUPS.includes(refusal.code);

async function tryAgain(operation: Operation, name: string, refusal: Refusal, tries: number): Promise<Next> {
  await tellStep(operation.id, name, `${refusal.reason} Try ${tries + 1} of ${TRIES} follows.`);
  return { finished: false, restMs: PAUSE_MS * tries };
}

/** Takes the operation up once per process; afterwards the attempt must still be ours. */
async function hold(operationId: string): Promise<Operation | null> {
  const attempt = held.get(operationId);
  if (attempt === undefined) {
    const claimed = await claimOperation(operationId, workerId);
    if (claimed) held.set(operationId, claimed.attempt);
    return claimed;
  }
  const operation = await db.operation.findUnique({ where: { id: operationId } });
  if (operation?.attempt !== attempt) throw new OperationLost(`Another worker has taken the operation over.`);
  return operation.status === "running" ? operation : null;
}

/** What became true and the step's end commit together. */
async function finishStep(operation: Operation, name: string, end: StepEnd): Promise<Next> {
  const refusal = await db.$transaction(async (tx): Promise<Refusal | null> => {
    const held = await lockOperation(tx, operation);
    const outcome = await end.commit?.(tx, held);
    if (outcome && !outcome.ok) return outcome;
    await endStep(tx, operation.id, name, end.state ?? "ok", end.detail);
    return null;
  });
  return refusal ? fail(operation, name, refusal) : GO_ON;
}

async function fail(operation: Operation, step: string, refusal: Refusal): Promise<Next> {
  await db.$transaction(async (tx) => {
    const held = await lockOperation(tx, operation);
    // A step that climbs several rungs has moved on by itself: the rung it stands on is the one that failed.
    await failOperation(tx, held, held.operation.step ?? step, refusal);
  });
  return FINISHED;
}

const FAULT_TRIES = 5;
/** Faults in a row per operation: most are a connection that broke, and a step may run twice. */
const faults = new Map<string, number>();

/**
 * A fault is ours, not the machine's: logged with its reference, and tried again, for a step may run twice. Only what keeps
 * failing ends the operation. A database that is away is waited for.
 */
async function endWithFault(operationId: string, error: unknown): Promise<Next> {
  const reference = reportFault(error, { operationId });
  const operation = await db.operation.findUnique({ where: { id: operationId } }).catch(() => null);
  if (!operation) return { finished: false, restMs: FAULT_REST_MS };
  if (operation.status === "succeeded" || operation.status === "failed") return FINISHED;
  if (operation.attempt !== (held.get(operationId) ?? operation.attempt)) return FINISHED;
  const count = (faults.get(operationId) ?? 0) + 1;
  faults.set(operationId, count);
  if (count < FAULT_TRIES) return { finished: false, restMs: FAULT_REST_MS };
  const refusal = refuse("fault", `Regent failed inside itself. Reference ${reference}.`, {
    hint: "The worker's log has the cause under this reference.",
  });
  return fail(operation, operation.step ?? "", refusal).catch((): Next => ({ finished: false, restMs: FAULT_REST_MS }));
}
