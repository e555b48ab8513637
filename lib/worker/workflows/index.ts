import type { OperationKind, StepName } from "../../domain/operations";
import { addSteps } from "./add";
import { bulkSteps } from "./bulk";
import { contactSteps } from "./contact";
import { inspectSteps } from "./inspect";
import { joinSteps } from "./join";
import { modifySteps } from "./modify";
import { reinspectSteps } from "./reinspect";
import type { Step } from "./step";

export type { StepEnd } from "./step";

const WORKFLOWS = {
  contact: contactSteps,
  inspect: inspectSteps,
  add: addSteps,
  modify: modifySteps,
  reinspect: reinspectSteps,
  join: joinSteps,
  accept: joinSteps,
  bulk: bulkSteps,
} satisfies { [K in OperationKind]: Record<StepName<K>, Step> };

/** The code behind each step of a kind, by the step's name. */
export const stepsOf = (kind: OperationKind): Record<string, Step> => WORKFLOWS[kind];
