"use server";

import { ActivateInput, ExtendInput, ForceInput, MaintenanceInput, NodeInput, RemoveInput } from "./inputs";
import { action } from "./action";
import { activateNode as activate } from "../services/maintenance/activate";
import { beginMaintenance as begin } from "../services/maintenance/begin";
import { cancelMaintenance as cancel } from "../services/maintenance/cancel";
import { forceMaintenance as force } from "../services/maintenance/force";
import { challengeForce as challenge } from "../services/maintenance/force-challenge";
import { continueMaintenance as goOn, extendMaintenance as extend } from "../services/maintenance/go-on";
import { moveBack as back } from "../services/maintenance/move-back";
import { removeNode as remove } from "../services/maintenance/remove";

export const beginMaintenance = action(MaintenanceInput, "node.maintenance", begin);
export const cancelMaintenance = action(NodeInput, "node.maintenance", cancel);
export const continueMaintenance = action(NodeInput, "node.maintenance", goOn);
export const extendMaintenance = action(ExtendInput, "node.maintenance", extend);
export const moveBack = action(ExtendInput, "node.maintenance", back);
export const challengeForce = action(NodeInput, "node.force", challenge);
export const forceMaintenance = action(ForceInput, "node.force", force);
export const activateNode = action(ActivateInput, "node.activate", activate);
export const removeNode = action(RemoveInput, "node.remove", remove);
