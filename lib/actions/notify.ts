"use server";

import { z } from "zod";
import { removeMailServer as removeServer, setMailServer as setServer } from "../services/notify/mail-server-set";
import { enableTarget as enable, removeTarget as remove } from "../services/notify/target-end";
import { addTarget as add, changeTarget as change } from "../services/notify/target-set";
import { readTestDialogue as dialogue, testMail as mail, testTarget as test } from "../services/notify/test";
import { action } from "./action";
import {
  AddTargetInput,
  ChangeTargetInput,
  EnableTargetInput,
  MailServerInput,
  MailTestInput,
  OperationInput,
  RemoveTargetInput,
  TargetInput,
} from "./inputs";

export const setMailServer = action(MailServerInput, "settings.manage", setServer);
export const removeMailServer = action(z.strictObject({}), "settings.manage", removeServer);
export const testMail = action(MailTestInput, "settings.manage", mail);
export const addTarget = action(AddTargetInput, "settings.manage", add);
export const changeTarget = action(ChangeTargetInput, "settings.manage", change);
export const enableTarget = action(EnableTargetInput, "settings.manage", enable);
export const removeTarget = action(RemoveTargetInput, "settings.manage", remove);
export const testTarget = action(TargetInput, "settings.manage", test);
export const readTestDialogue = action(OperationInput, "settings.manage", dialogue);
