import { refusal } from "../../domain/lifecycle";
import { db, type Tx } from "../../db";
import { reportFault } from "../../log";
import { AUTO_ACCEPTED } from "../../messages/region-settings";
import { SYSTEM } from "../actor";
import { lockRegion, readRegion, type RegionRow } from "../region";
import { contextFor, factsForGuards } from "./guard";
import { approve } from "./join";

/**
 * Accepts every candidate that an administrator could accept now, while the region does not require one. Returns how many it were.
 * Several workers may do so at once: each is decided again with the region locked, and the others find it accepted.
 */
export async function acceptWaiting(): Promise<number> {
  const region = await readRegion(db);
  if (region.settings.requireManualApproval) return 0;
  let accepted = 0;
  for (const { id } of await db.node.findMany({ where: { status: "Candidate" }, select: { id: true }, orderBy: { createdAt: "asc" } })) {
    try {
      // Asked without the lock first: a candidate that has to wait keeps nobody else waiting, however often it is asked.
      if ((await acceptable(db, id, region)) && (await db.$transaction((tx) => acceptIfStill(tx, id)))) accepted += 1;
    } catch (error) {
      reportFault(error, { nodeId: id }); // the others do not wait for it
    }
  }
  return accepted;
}

async function acceptable(tx: Tx, id: string, region: RegionRow) {
  const node = region.settings.requireManualApproval ? null : await tx.node.findUnique({ where: { id } });
  // What an Admin may, Regent may here: it is an Admin who has said so.
  return node && refusal("accept", factsForGuards(node), await contextFor(tx, node, region, "admin")) === null ? node : null;
}

async function acceptIfStill(tx: Tx, id: string): Promise<boolean> {
  const region = await lockRegion(tx);
  const node = await acceptable(tx, id, region);
  if (!node) return false;
  const call = { actor: SYSTEM, idempotencyKey: null };
  return (await approve(tx, "accept", { node, region }, node.role, call, undefined, AUTO_ACCEPTED(node.name, node.role))).ok;
}
