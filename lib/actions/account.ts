"use server";

import { beginFactor as begin, confirmFactor as confirm, removeFactor as remove, renewCodes as renew } from "../services/users/factor";
import { changePassword as password } from "../services/users/password";
import { endSession as end } from "../services/users/sessions";
import { action } from "./action";
import { BeginFactorInput, ConfirmFactorInput, FactorProofInput, PasswordInput, SessionInput } from "./people-inputs";

export const changePassword = action(PasswordInput, "self.account", password);
export const beginFactor = action(BeginFactorInput, "self.account", begin);
export const confirmFactor = action(ConfirmFactorInput, "self.account", confirm);
export const renewCodes = action(FactorProofInput, "self.account", renew);
export const removeFactor = action(FactorProofInput, "self.account", remove);
/** One's own; who may manage users ends those of others as well. */
export const endSession = action(SessionInput, "self.account", end);
