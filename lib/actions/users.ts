"use server";

import { enableUser as enable } from "../services/users/enable";
import { resetFactor as factor } from "../services/users/factor";
import { inviteUser as invite, revokeInvitation as revoke } from "../services/users/invite";
import { makePasswordLink as passwordLink } from "../services/users/password";
import { removeUser as remove } from "../services/users/remove";
import { changeRole as role } from "../services/users/role";
import { listSessions as sessions } from "../services/users/sessions";
import { action } from "./action";
import { EnableUserInput, InvitationInput, InviteInput, PasswordLinkInput, UserInput, UserRoleInput } from "./people-inputs";

export const inviteUser = action(InviteInput, "user.manage", invite);
export const revokeInvitation = action(InvitationInput, "user.manage", revoke);
export const changeRole = action(UserRoleInput, "user.manage", role);
export const enableUser = action(EnableUserInput, "user.manage", enable);
export const removeUser = action(UserInput, "user.manage", remove);
export const makePasswordLink = action(PasswordLinkInput, "user.manage", passwordLink);
export const resetFactor = action(UserInput, "user.manage", factor);
export const listSessions = action(UserInput, "user.manage", sessions);
