import type { OperationKind, StepName } from "../../domain/operations";
import { activateSteps } from "./activate";
import { addSteps } from "./add";
import { bulkSteps } from "./bulk";
import { cancelMaintenanceSteps } from "./cancel-maintenance";
import { contactSteps } from "./contact";
import { forceMaintenanceSteps } from "./force-maintenance";
import { fenceSteps } from "./fence";
import { inspectSteps } from "./inspect";
import { joinSteps } from "./join";
import { mailTestSteps, webhookTestSteps } from "./notify-test";
import { maintenanceSteps } from "./maintenance";
import { modifySteps } from "./modify";
import { moveBackSteps } from "./move-back";
import { powerCycleSteps, powerOnSteps, powerSteps } from "./power";
import { rebootSteps } from "./reboot";
import { reinspectSteps } from "./reinspect";
import { removeSteps } from "./remove";
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
  maintenance: maintenanceSteps,
  cancelMaintenance: cancelMaintenanceSteps,
  moveBack: moveBackSteps,
  forceMaintenance: forceMaintenanceSteps,
  activate: activateSteps,
  reboot: rebootSteps,
  remove: removeSteps,
  power: powerSteps,
  powerOn: powerOnSteps,
  powerCycle: powerCycleSteps,
  fence: fenceSteps,
  unfence: unfenceSteps,
  mailTest: mailTestSteps,
  webhookTest: webhookTestSteps,
  bulk: bulkSteps,
} satisfies { [K in OperationKind]: Record<StepName<K>, Step> };

/** The code behind each step of a kind, by the step's name. */
export const stepsOf = (kind: OperationKind): Record<string, Step> => WORKFLOWS[kind];
