"use server";

import { COMMANDS } from "../domain/lifecycle";
import { BulkInput, OperationInput } from "./inputs";
import { action } from "./action";
import { cancelBulk as cancel } from "../services/bulk/cancel";
import { retryBulk as retry } from "../services/bulk/retry";
import { startBulk as start } from "../services/bulk/start";

export const startBulk = action(BulkInput, ({ command }) => COMMANDS[command].permission, start);
/** Which permission these two need, the operation knows: their services ask for it. */
export const cancelBulk = action(OperationInput, "operation.read", cancel);
export const retryBulk = action(OperationInput, "operation.read", retry);
