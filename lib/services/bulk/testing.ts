/** For tests only: work on many nodes in a database of its own, with two operators, done here as the worker does it. */
import { db } from "../../db";
import type { BulkCommand } from "../../domain/bulk";
import type { NodeStatus } from "../../domain/status";
import type { Node } from "../../generated/prisma/client";
import type { Outcome } from "../../outcome";
import type { Call } from "../call";
import { renameNode } from "../nodes/rename";
import { claimOperation } from "../operations/claim";
import { operationDetail } from "../operations/read";
import { beginStep } from "../operations/steps";
import { addUser, ownDatabase, plantNode } from "../testing";
import { startBulk, type NewBulk } from "./start";
import { doNextItem } from "./work";

export type BulkBench = Awaited<ReturnType<typeof openBulkBench>>;

export async function openBulkBench() {
  const { drop } = await ownDatabase();
  const [ada, bob] = [await addUser("Ada"), await addUser("Bob")];

  const plant = (count: number, status: NodeStatus = "Candidate") => Promise.all(Array.from({ length: count }, () => plantNode(status)));
  const targets = (nodes: Node[]) => nodes.map(({ id, version }) => ({ nodeId: id, version }));
  const idOf = (answer: Outcome<{ operationId: string }>) => (answer.ok ? answer.value.operationId : `refused: ${answer.reason}`);
  const start = async (command: BulkCommand, nodes: Node[], more: Partial<NewBulk> = {}, call: Call = ada.call()) =>
    idOf(await startBulk({ command, targets: targets(nodes), ...more }, call));

  /** As the worker does it; at most `lines` of them. */
  async function work(id: string, lines = Infinity): Promise<void> {
    const held = await claimOperation(id, "test");
    if (!held) return;
    await beginStep(held, "each");
    for (let count = 0; count < lines && (await doNextItem(held)); count += 1);
  }
  const rename = async (node: Node, who = bob) =>
    renameNode({ nodeId: node.id, version: node.version, name: `${node.name}-b`, description: "" }, who.call());
  const seen = async (id: string) => {
    const view = await operationDetail(id);
    return view
      ? {
          status: view.status,
          label: view.label,
          states: view.items.map(({ state }) => state),
          codes: view.items.map(({ refusal }) => refusal?.code ?? null),
        }
      : null;
  };
  const eventsOf = async (nodes: Node[]) =>
    (await db.event.findMany({ where: { nodeId: { in: nodes.map(({ id }) => id) } }, orderBy: { id: "asc" } })).map(
      ({ transition, kind, operationId }) => ({
        what: transition ?? kind,
        operationId,
      }),
    );

  return { drop, ada, bob, plant, targets, idOf, start, work, rename, seen, eventsOf };
}
