/** What is read before somebody is signed in. */

export const SIGN_IN = {
  email: "E-mail",
  password: "Password",
  submit: "Sign in",
  refused: "The sign-in was refused.",
  refusedHelp: "E-mail or password is wrong, or there were too many attempts in the last five minutes.",
} as const;

/** The link that a start of Regent prints. */
export const SIGN_IN_LINK = {
  title: "Sign in by link",
  help: "The link works once. It signs you in as the administrator it was made for.",
  refused: "This link does not sign in any more.",
  refusedHelp: "It was used already or has expired. Restart Regent: it prints a new one as long as no administrator has a password.",
} as const;

export const SET_UP = {
  title: "The first administrator",
  name: "Name",
  passwordHelp: "At least 12 characters.",
  submit: "Create administrator",
} as const;
