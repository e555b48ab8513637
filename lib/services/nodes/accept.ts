import { db } from "../../db";
import type { Outcome } from "../../outcome";
import type { Call } from "../call";
import { permitted } from "./guard";
import { approve } from "./join";
import { alreadyStarted, type Started } from "./queue";

/** Accepts a candidate in the role that was chosen when it was added. */
export async function acceptNode(input: { nodeId: string; version: number }, call: Call): Promise<Outcome<Started>> {
  return (
    (await alreadyStarted(call)) ??
    db.$transaction(async (tx) => {
      const allowed = await permitted(tx, "accept", input, call.actor);
      return allowed.ok ? approve(tx, "accept", allowed.value, allowed.value.node.role, call) : allowed;
    })
  );
}
