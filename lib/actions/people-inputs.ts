/** The shape of what is asked of people, and of what they ask for themselves. */
import { z } from "zod";
import { Mailbox } from "../domain/mail-server";
import { USER_ROLES, type UserRole } from "../domain/permissions";
import { LINK_MINUTES_MAX, PASSWORD_MIN } from "../domain/users";

const newPassword = z
  .string()
  .min(PASSWORD_MIN, `The password needs at least ${PASSWORD_MIN} characters.`)
  .max(1000, "The password has at most 1,000 characters.");
const personName = z
  .string()
  .trim()
  .min(1, "Name is missing.")
  .max(80, "Name has at most 80 characters.")
  .regex(/^[^\p{Cc}\p{Cf}\p{Surrogate}]*$/u, "The name has characters that can not be shown.");

export const SetUpInput = z.strictObject({
  token: z.string().min(1, "The set-up link is not complete.").max(200),
  name: personName,
  email: z.email("This is not an e-mail address.").max(200),
  password: newPassword,
});

const linkToken = z.string().min(1, "The link is not complete.").max(200);
export const LinkInput = z.strictObject({ token: linkToken });
export const NewPasswordInput = z.strictObject({ token: linkToken, password: newPassword });

const minutes = z.number().int().min(1).max(LINK_MINUTES_MAX, "A link is good for 7 days at most.");
const userRole = z.enum(Object.keys(USER_ROLES) as UserRole[], { message: "Choose a role." }); // its own keys
const aUser = { userId: z.uuid() };
export const UserInput = z.strictObject(aUser);
export const InviteInput = z.strictObject({ email: Mailbox, name: personName, role: userRole, minutes });
export const InvitationInput = z.strictObject({ invitationId: z.uuid() });
export const UserRoleInput = z.strictObject({ ...aUser, role: userRole });
export const EnableUserInput = z.strictObject({ ...aUser, enabled: z.boolean() });
export const PasswordLinkInput = z.strictObject({ ...aUser, minutes });
export const SessionInput = z.strictObject({ sessionId: z.uuid() });

/** Empty for somebody who has none. */
const presentPassword = z.string().max(1000, "The password has at most 1,000 characters.");
const code = z.string().trim().min(1, "Code is missing.").max(100, "A code is shorter than that.");
export const PasswordInput = z.strictObject({ present: presentPassword, password: newPassword });
export const BeginFactorInput = z.strictObject({ present: presentPassword });
export const ConfirmFactorInput = z.strictObject({ code });
export const FactorProofInput = z.strictObject({ present: presentPassword, code });
