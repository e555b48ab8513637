import type { OperationKind, StepName } from "../../domain/operations";
import { addSteps } from "./add";
import { bulkSteps } from "./bulk";
import { contactSteps } from "./contact";
import { fenceSteps } from "./fence";
import { inspectSteps } from "./inspect";
import { joinSteps } from "./join";
import { modifySteps } from "./modify";
import { powerCycleSteps, powerOnSteps, powerSteps } from "./power";
import { reinspectSteps } from "./reinspect";
import type { Step } from "./step";
import { unfenceSteps } from "./unfence";

export type { StepEnd } from "./step";

const WORKFLOWS = {
  contact: contactSteps,
  inspect: inspectSteps,
  add: addSteps,
  modify: modifySteps,
  reinspect: reinspectSteps,
  join: joinSteps,
  accept: joinSteps,
  power: powerSteps,
  powerOn: powerOnSteps,
  powerCycle: powerCycleSteps,
  fence: fenceSteps,
  unfence: unfenceSteps,
  bulk: bulkSteps,
} satisfies { [K in OperationKind]: Record<StepName<K>, Step> };

/** The code behind each step of a kind, by the step's name. */
export const stepsOf = (kind: OperationKind): Record<string, Step> => WORKFLOWS[kind];
