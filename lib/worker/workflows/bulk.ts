import { setTimeout as sleep } from "node:timers/promises";
import { doNextItem, hasRoom } from "../../services/bulk/work";
import { OperationLost } from "../../services/operations/lock";
import type { Held } from "../held";
import { ended, type Step } from "./step";

const ROOM_MS = 200;

/** One line after the other, whatever one of them answers. The last line to end ends the operation: here, or where what it began ends. */
const each: Step = async (operation) => {
  do await room(operation);
  while (await doNextItem(operation));
  return ended("", { endsElsewhere: true });
};

/** Waits until another line may begin. */
async function room(operation: Held): Promise<void> {
  for (;;) {
    if (operation.signal.aborted) throw new OperationLost("The operation is no longer this worker's.");
    if (await hasRoom(operation)) return;
    await sleep(ROOM_MS);
  }
}

export const bulkSteps = { each };
