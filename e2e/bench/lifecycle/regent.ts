/** Our side of the benchmark, bundled: the services behind the buttons and behind the worker's steps, on nodes as Add Candidate leaves them. */
import { randomUUID } from "node:crypto";
import { closeDb, db } from "@/lib/db";
import type { Trigger } from "@/lib/domain/lifecycle";
import type { Outcome } from "@/lib/outcome";
import type { Call } from "@/lib/services/call";
import { verifyChain } from "@/lib/services/events/verify";
import { readViolations } from "@/lib/services/invariants";
import { joinNode } from "@/lib/services/nodes/join";
import { joinTransition } from "@/lib/services/nodes/join-transition";
import { reconsiderNode } from "@/lib/services/nodes/reconsider";
import { rejectNode } from "@/lib/services/nodes/reject";
import { claimOperation } from "@/lib/services/operations/claim";
import { lockOperation } from "@/lib/services/operations/lock";
import { succeedOperation } from "@/lib/services/operations/succeed";
import { plantNodes } from "../nodes";

export { peers, plantPeers } from "./peers";

type Timed = <T>(kind: Kind, work: () => Promise<T>) => Promise<T>;
/** Whose a transition is: a person's, one that also queues work, and one at the end of a worker's step. */
export type Kind = "person" | "queues" | "worker";

/** How many transitions a walk of one node has. */
export const STEPS = 6;

let actor: Call["actor"];

/** As many candidates, past the triggers, and somebody who acts. */
export async function plant(count: number): Promise<string[]> {
  const { id, name, role } = await db.user.create({ data: { name: "Ada", role: "admin", email: "ada@bench.invalid" } });
  actor = { kind: "user", id, name, role };
  return plantNodes(count, "Candidate");
}

/** Rejected, reconsidered, joined, and through to Active as a worker's steps do it. Throws at a refusal. */
export async function walk(nodeId: string, timed: Timed): Promise<void> {
  const call = () => ({ actor, idempotencyKey: randomUUID() });
  let version = 1;
  needed(await timed("person", () => rejectNode({ nodeId, version }, call())));
  version += 1;
  needed(await timed("person", () => reconsiderNode({ nodeId, version }, call())));
  version += 1;
  const { operationId } = needed(await timed("queues", () => joinNode({ nodeId, version, role: "Worker" }, call())));
  const held = await claimOperation(operationId, "bench");
  if (!held) throw new Error("Another one has the operation.");
  const step = (trigger: Trigger, last = false) =>
    timed("worker", () =>
      db.$transaction(async (tx) => {
        const operation = await lockOperation(tx, held);
        needed(await joinTransition(trigger, (name) => `${name} goes on.`, { joined: last })(tx, operation));
        if (last) await succeedOperation(tx, operation);
      }),
    );
  await step("provisioningBegan");
  await step("servicesInitialised");
  await step("healthChecksPassed", true);
}

function needed<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}

/** What is not as it must be, in sentences: after so many walks of six transitions each. */
export async function broken(walks: number): Promise<string[]> {
  const [violations, chain] = [await readViolations({ events: true }), needed(await verifyChain())];
  const [told] = await db.$queryRaw<{ events: number; versions: number; operations: number; queued: number }[]>`
    SELECT (SELECT count(*) FROM event WHERE kind = 'node.status')::int AS events, (SELECT sum(version - 1) FROM node)::int AS versions,
           (SELECT count(*) FROM operation WHERE status = 'succeeded')::int AS operations,
           (SELECT count(*) FROM dbos.workflow_status)::int AS queued`;
  const [moves, found] = [walks * STEPS, told ?? { events: 0, versions: 0, operations: 0, queued: 0 }];
  const wrong = (what: string, is: number, be: number) => (is === be ? [] : [`${is} ${what} instead of ${be}.`]);
  return [
    ...violations.map(({ id, sentence }) => `${id} ${sentence}`),
    ...(chain.brokenAt ? [`The chain of events breaks at ${chain.brokenAt}.`] : []),
    ...wrong("events", found.events, moves),
    ...wrong("raised versions", found.versions, moves),
    ...wrong("operations that succeeded", found.operations, walks),
    ...wrong("queued workflows", found.queued, walks),
  ];
}

export const close = closeDb;
