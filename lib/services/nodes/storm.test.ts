/** Eight people at once on twenty nodes, whatever comes: no deadlock, no fault, and every rule holds afterwards. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { UserRole } from "@/lib/domain/permissions";
import { NODE_STATUS_IDS } from "@/lib/domain/status";
import { db } from "@/lib/db";
import type { Outcome } from "@/lib/outcome";
import type { Call } from "../call";
import { SYSTEM } from "../actor";
import { verifyChain } from "../events/verify";
import { claimOperation } from "../operations/claim";
import { failOperation } from "../operations/fail";
import { lockOperation, OperationLost } from "../operations/lock";
import { endOverdue } from "../operations/overdue";
import { succeedOperation } from "../operations/succeed";
import { addUser, noDatabase, ownDatabase, plantNode, unlessSkipped } from "../testing";
import { acceptNode } from "./accept";
import { deleteCandidate } from "./delete";
import { joinTransition } from "./join-transition";
import { joinNode } from "./join";
import { reconsiderNode } from "./reconsider";
import { reinspectNode } from "./reinspect";
import { rejectNode } from "./reject";
import { renameNode } from "./rename";

const SEED = 20_261_120;
const NODES = 20;
const ACTORS = 8;
const LASTS_MS = 12_000;
const LASTS_MOST_MS = 60_000;
const DONE_LEAST = 50;

/** mulberry32: the same walk on every machine, as far as the interleaving lets it. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

type Target = { nodeId: string; version: number };
const COMMANDS: ((target: Target, call: Call, draw: (below: number) => number) => Promise<Outcome<unknown>>)[] = [
  (target, call) => joinNode({ ...target, role: "Worker" }, call),
  acceptNode,
  (target, call) => rejectNode(target, call),
  reconsiderNode,
  reconsiderNode,
  reinspectNode,
  (target, call, draw) => renameNode({ ...target, name: `name-${draw(NODES)}`, description: "" }, call),
  (target, call, draw) => (draw(12) ? reconsiderNode(target, call) : deleteCandidate(target, call)),
];

/** One thing that the worker may do at any moment: take an operation a step further, end it, or end what is overdue. */
async function workerAct(draw: (below: number) => number): Promise<string> {
  if (draw(10) === 0) return `overdue:${await endOverdue()}`;
  const running = await db.operation.findMany({ where: { status: { in: ["pending", "running"] } }, take: 20 });
  const picked = running[draw(Math.max(1, running.length))];
  const claimed = picked && (await claimOperation(picked.id, "storm"));
  if (!claimed) return "nothing";
  return db.$transaction(async (tx) => {
    const held = await lockOperation(tx, claimed);
    if (draw(4) === 0) await failOperation(tx, held, "", { ok: false, code: "storm", reason: "It rained." });
    else if (claimed.kind !== "reinspect" && draw(2))
      await joinTransition(
        (["provisioningBegan", "servicesInitialised", "healthChecksPassed"] as const)[draw(3)]!,
        (name) => `${name} goes on.`,
      )(tx, held); // draw(3) is 0, 1 or 2
    else if (claimed.kind === "reinspect") await succeedOperation(tx, held);
    return "step";
  });
}

describe.skipIf(noDatabase)(unlessSkipped(`${ACTORS} people on ${NODES} nodes`), { timeout: 90_000 }, () => {
  let drop: () => Promise<void>;
  beforeAll(async () => void ({ drop } = await ownDatabase()), 60_000);
  afterAll(() => drop?.());

  it("leave every rule standing", async () => {
    const planted = await Promise.all(Array.from({ length: NODES }, (_, index) => plantNode(index % 5 === 4 ? "Rejected" : "Candidate")));
    const roles: UserRole[] = ["admin", "operator", "operator", "viewer"];
    const users = await Promise.all(Array.from({ length: ACTORS }, (_, index) => addUser(`user-${index}`, roles[index % roles.length])));
    const tally = { done: 0, refused: 0, worker: 0, lost: 0 };
    const began = Date.now();
    // At least so long, and on a slow machine until enough has happened.
    const goesOn = () => Date.now() < began + LASTS_MS || (tally.done <= DONE_LEAST && Date.now() < began + LASTS_MOST_MS);

    const person = async (user: (typeof users)[number], seed: number) => {
      const draw = randomFrom(seed);
      while (goesOn()) {
        const id = planted[draw(NODES)]!.id; // draw stays below
        const version = (await db.node.findUnique({ where: { id }, select: { version: true } }))?.version ?? 1;
        const outcome = await COMMANDS[draw(COMMANDS.length)]!({ nodeId: id, version: draw(6) ? version : version - 1 }, user.call(), draw); // draw stays below
        tally[outcome.ok ? "done" : "refused"] += 1;
      }
    };
    const machine = async (seed: number) => {
      const draw = randomFrom(seed);
      while (goesOn()) {
        try {
          await workerAct(draw);
          tally.worker += 1;
        } catch (error) {
          if (!(error instanceof OperationLost)) throw error;
          tally.lost += 1;
        }
      }
    };
    await Promise.all([...users.map((user, index) => person(user, SEED + index)), machine(SEED + 100), machine(SEED + 101)]);
    console.log(
      `storm, seed ${SEED}: ${tally.done} done, ${tally.refused} refused, ${tally.worker} acts of workers, ${tally.lost} of them lost`,
    );
    expect(tally.done).toBeGreaterThan(DONE_LEAST);

    expect(await verifyChain()).toMatchObject({ value: { brokenAt: null } });
    const [locks] = await db.$queryRaw<{ deadlocks: bigint }[]>`SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`;
    expect(Number(locks?.deadlocks)).toBe(0);
    for (const { id, status, version } of planted) await expectTold(id, status, version);
    const doubled = await db.$queryRaw<
      unknown[]
    >`SELECT node_id FROM operation WHERE status IN ('pending', 'running') GROUP BY node_id HAVING count(*) > 1`;
    expect(doubled).toEqual([]);
    const nameless = await db.event.count({ where: { OR: [{ actorName: "" }, { actorKind: "user", actorId: null }] } });
    expect(nameless).toBe(0);
    expect(await db.event.count({ where: { actorKind: "system", NOT: { actorName: SYSTEM.name } } })).toBe(0);
  });

  /** The events of a node lead from where it was to where it is, edge by edge, and count its versions. */
  async function expectTold(id: string, from: string, fromVersion: number): Promise<void> {
    const node = await db.node.findUnique({ where: { id } });
    const events = await db.event.findMany({ where: { nodeId: id }, orderBy: { id: "asc" } });
    let status: string = from;
    for (const event of events.filter(({ fromStatus }) => fromStatus !== null)) {
      expect(event.fromStatus).toBe(status);
      status = event.toStatus ?? "";
    }
    expect(node?.status ?? "").toBe(status);
    const raised = events.filter(
      ({ nodeVersion, toStatus, kind }) => nodeVersion !== null && (toStatus !== null || kind === "node.renamed"),
    );
    if (node) expect([NODE_STATUS_IDS.includes(node.status), node.version]).toEqual([true, fromVersion + raised.length]);
    expect(raised.map(({ nodeVersion }) => nodeVersion)).toEqual(raised.map((_, index) => fromVersion + index + 1));
  }
});
