/** Every command in every status for every role: the server's answer is the lifecycle table's. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMMAND_NAMES, COMMANDS, refusal, regionFacts, transition, type CommandName } from "@/lib/domain/lifecycle";
import { sampleInventory } from "@/lib/domain/inventory.sample";
import type { UserRole } from "@/lib/domain/permissions";
import { DEFAULT_SETTINGS } from "@/lib/domain/settings";
import { NODE_STATUS_IDS, type NodeStatus } from "@/lib/domain/status";
import { db } from "@/lib/db";
import type { Node } from "@/lib/generated/prisma/client";
import type { Outcome } from "@/lib/outcome";
import type { Call } from "../call";
import { addUser, noDatabase, OTHER_KEY, ownDatabase, plantNode, unlessSkipped } from "../testing";
import { confirmOff } from "../fencing/confirm-off";
import { setPower } from "../fencing/power-set";
import { acceptNode } from "./accept";
import { deleteCandidate } from "./delete";
import { permitted } from "./guard";
import { joinNode } from "./join";
import { modifyCandidate } from "./modify";
import { reconsiderNode } from "./reconsider";
import { reinspectNode } from "./reinspect";
import { rejectNode } from "./reject";
import { renameNode } from "./rename";
import { retrustHostKey } from "./retrust";
import { tagNode } from "./tag";

const ROLES: UserRole[] = ["viewer", "operator", "admin"];
type Service = (node: Node, call: Call) => Promise<Outcome<unknown>>;
const at = ({ id, version }: Node) => ({ nodeId: id, version });

const SERVICES: Partial<Record<CommandName, Service>> = {
  join: (node, call) => joinNode({ ...at(node), role: "Worker" }, call),
  accept: (node, call) => acceptNode(at(node), call),
  reject: (node, call) => rejectNode({ ...at(node), reason: "Not ours" }, call),
  delete: (node, call) => deleteCandidate(at(node), call),
  reconsider: (node, call) => reconsiderNode(at(node), call),
  modify: (node, call) => modifyCandidate({ ...at(node), user: "root", password: "pw-of-a-test", macs: node.convergedMacs }, call),
  rename: (node, call) => renameNode({ ...at(node), name: `${node.name}-b`, description: "" }, call),
  reinspect: (node, call) => reinspectNode(at(node), call),
  tags: ({ id }, call) => tagNode({ nodeId: id, add: ["rack-A"], remove: [] }, call),
  power: (node, call) => setPower({ ...at(node), address: "10.8.0.1", port: 623, login: "admin", password: "pw-of-a-bmc" }, call),
  confirmOff: (node, call) => confirmOff({ ...at(node), name: node.name, reason: "Both cords are pulled" }, call),
  retrust: (node, call) =>
    retrustHostKey({ ...at(node), hostKey: { type: OTHER_KEY.type, sha256: OTHER_KEY.sha256 }, reason: "Reinstalled today" }, call),
};

/** Where a node goes at once; the other commands leave it where it is. */
const GOES: Partial<Record<CommandName, Parameters<typeof transition>[1]>> = {
  join: "join",
  accept: "accept",
  reject: "reject",
  delete: "deleteCandidate",
  reconsider: "reconsider",
  confirmOff: "fenceConfirmed",
};
const STARTS: CommandName[] = ["join", "accept", "modify", "reinspect", "retrust", "power"];

describe.skipIf(noDatabase)(unlessSkipped("every command x status x role"), { timeout: 180_000 }, () => {
  let drop: () => Promise<void>;
  const users = {} as Record<UserRole, Awaited<ReturnType<typeof addUser>>>; // filled before the first test
  beforeAll(async () => {
    ({ drop } = await ownDatabase());
    for (const role of ROLES) users[role] = await addUser(role, role);
  }, 60_000);
  afterAll(() => drop?.());

  const actorOf = (role: UserRole) => users[role].call().actor;
  const expected = (
    command: CommandName,
    status: NodeStatus,
    role: UserRole,
    hostKeyChanged: boolean,
    facts: Pick<Node, "name" | "ip" | "role">,
    all: Node[],
  ) =>
    refusal(
      command,
      {
        ...facts,
        status,
        hostKeyChanged,
        inspectedAt: new Date(),
        verdict: { adequate: true, results: [] },
        inventory: sampleInventory(),
        convergedMacs: ["b8:ce:f6:01:02:20"],
        metrics: null,
        hasBmc: false,
      },
      { role, now: new Date(), settings: DEFAULT_SETTINGS, region: regionFacts(all), activeOperation: null },
    );

  it("decides as the table does, on a fresh view and on a stale one", async () => {
    const nodes: Node[] = [];
    for (const status of NODE_STATUS_IDS)
      for (const hostKeyChanged of [undefined, OTHER_KEY]) nodes.push(await plantNode(status, { hostKeyChanged }));
    let cases = 0;
    for (const command of COMMAND_NAMES)
      for (const node of nodes)
        for (const role of ROLES)
          for (const version of [node.version, node.version - 1]) {
            const answer = await db.$transaction((tx) => permitted(tx, command, { nodeId: node.id, version }, actorOf(role)));
            const table = expected(command, node.status, role, node.hostKeyChanged !== null, node, nodes);
            const stale = version !== node.version && table?.code !== "forbidden" && (table !== null || COMMANDS[command].needsFreshView);
            const what = `${command} ${node.status} ${role} ${version}`;
            if (stale) expect(answer, what).toMatchObject({ ok: false, code: "stale" });
            else if (table) expect(answer, what).toEqual(table);
            else expect(answer, what).toMatchObject({ ok: true });
            cases += 1;
          }
    expect(cases).toBe(COMMAND_NAMES.length * NODE_STATUS_IDS.length * 2 * ROLES.length * 2);
    await db.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      await tx.node.deleteMany();
    });
  });

  it.each(Object.keys(SERVICES) as CommandName[])("%s does what is allowed and nothing else", async (command) => {
    // the keys of the table above
    const service = SERVICES[command]!; // it has this key
    for (const status of NODE_STATUS_IDS)
      for (const role of ROLES) {
        const what = `${command} ${status} ${role}`;
        const node = await plantNode(status, command === "retrust" ? { hostKeyChanged: OTHER_KEY } : {});
        const answer = await service(node, users[role].call());
        const table = expected(command, status, role, command === "retrust", node, [node]);
        const after = await db.node.findUnique({ where: { id: node.id } });
        const [events, operations] = [
          await db.event.findMany({ where: { nodeId: node.id } }),
          await db.operation.findMany({ where: { nodeId: node.id } }),
        ];
        if (table) {
          expect(answer, what).toEqual(table);
          expect([after, events, operations], what).toEqual([node, [], []]);
          continue;
        }
        expect(answer, what).toMatchObject({ ok: true });
        const edge = GOES[command] ? transition(status, GOES[command]) : null;
        expect(after?.status ?? null, what).toBe(edge ? edge.to : status);
        expect(operations.length, what).toBe(STARTS.includes(command) ? 1 : 0);
        expect(
          events.map((event) => event.transition),
          what,
        ).toEqual(edge ? [edge.id] : ["modify", "reinspect", "power"].includes(command) ? [] : [null]);
        for (const event of events)
          expect([event.actorId, event.actorName, event.nodeVersion], what).toEqual([users[role].id, role, after?.version ?? node.version]);
      }
  });
});
