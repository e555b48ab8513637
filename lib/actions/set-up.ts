"use server";

import { setUp } from "../services/access/set-up";
import { acceptInvitation as accept, readInvitation as invitation } from "../services/users/accept";
import { readPasswordLink as passwordLink, resetPassword as reset } from "../services/users/password";
import { openAction } from "./action";
import { LinkInput, NewPasswordInput, SetUpInput } from "./people-inputs";

/** The actions without a session: a link that works once is the key of each. */
export const setUpRegent = openAction(SetUpInput, setUp);
export const readInvitation = openAction(LinkInput, invitation);
export const acceptInvitation = openAction(NewPasswordInput, accept);
export const readPasswordLink = openAction(LinkInput, passwordLink);
export const resetPassword = openAction(NewPasswordInput, reset);
