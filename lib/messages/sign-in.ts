/** What is read before somebody is signed in. */
import { USER_ROLES, type UserRole } from "../domain/permissions";
import { refuse } from "../outcome";

export const SIGN_IN = {
  email: "E-mail",
  password: "Password",
  submit: "Sign in",
  refused: refuse("refused", "The sign-in was refused.", {
    hint: "E-mail or password is wrong, or there were too many attempts in the last five minutes.",
  }),
  unreached: refuse("unreached", "Regent did not answer.", { hint: "What you typed is kept. Check the connection and press again." }),
} as const;

/** The second step, for who has a second factor. */
export const SIGN_IN_CODE = {
  title: "Second factor",
  code: "Code",
  help: "Six digits of your authenticator app, or a recovery code.",
  submit: "Sign in",
  back: "Back",
  refused: refuse("wrong-code", "This code was refused.", {
    hint: "It is not right, was used already, or there were too many attempts. Wait for the next one.",
  }),
} as const;

/** The link that a start of Regent prints. */
export const SIGN_IN_LINK = {
  title: "Sign in by link",
  help: "The link works once. It signs you in as the administrator it was made for.",
  refused: refuse("link-invalid", "This link does not sign in any more.", {
    hint: "It was used already or has expired. Restart Regent: it prints a new one as long as no administrator has a password.",
  }),
} as const;

export const SET_UP = {
  title: "The first administrator",
  name: "Name",
  passwordHelp: "At least 12 characters.",
  submit: "Create administrator",
} as const;

const ROLE_WORDS = {
  viewer: "you see nodes, events and operations.",
  operator: "you see everything, and add, join and service nodes.",
  admin: "you also force, fence and remove nodes, and manage users and settings.",
} as const satisfies Record<UserRole, string>;

/** The page behind an invitation. */
export const INVITATION = {
  title: "Welcome to Regent",
  help: (role: UserRole): string => `You are invited with the ${USER_ROLES[role].label} role: ${ROLE_WORDS[role]}`,
  name: "Name",
  password: "Choose a password",
  submit: "Accept and sign in",
  reading: "Reading the invitation.",
  unreached: refuse("unreached", "Regent did not answer.", { hint: "Load this page again." }),
  invalid: refuse("link-invalid", "This invitation was used already, was revoked, or has expired.", {
    hint: "Ask the Admin who invited you for a new one.",
  }),
  taken: (email: string) =>
    refuse("email-taken", `${email} belongs to a user already.`, { hint: "Sign in, or ask an Admin to reset the password." }),
} as const;

/** The page behind a link that an Admin made for somebody who lost the password. */
export const PASSWORD_LINK = {
  title: "Choose a new password",
  help: "Every session of this account ends.",
  password: "New password",
  submit: "Save and sign in",
  reading: "Reading the link.",
  invalid: refuse("link-invalid", "This link was used already or has expired.", { hint: "Ask an Admin for a new one." }),
} as const;
