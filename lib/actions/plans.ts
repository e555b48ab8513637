"use server";

import { CancelPlanInput, GoOnPlanInput, PlanInput } from "./inputs";
import { action } from "./action";
import { cancelPlan as cancel } from "../services/maintenance/plan/cancel";
import { goOnWithPlan as goOn } from "../services/maintenance/plan/go-on";
import { planMaintenance as plan } from "../services/maintenance/plan/make";

export const planMaintenance = action(PlanInput, "maintenance.plan", plan);
export const cancelPlan = action(CancelPlanInput, "maintenance.plan", cancel);
export const goOnWithPlan = action(GoOnPlanInput, "maintenance.plan", goOn);
