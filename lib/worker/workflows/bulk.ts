import { doNextItem } from "../../services/bulk/work";
import { OperationLost } from "../../services/operations/lock";
import { ended, type Step } from "./step";

/** One line after the other, whatever one of them answers. The last line to end ends the operation: here, or where its Accept ends. */
const each: Step = async (operation) => {
  while (await doNextItem(operation)) {
    if (operation.signal.aborted) throw new OperationLost("The operation is no longer this worker's.");
  }
  return ended("", { endsElsewhere: true });
};

export const bulkSteps = { each };
