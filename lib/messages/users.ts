/** The people of the console, in the settings, and the links by which they come in. */
import { USER_ROLES, type UserRole } from "../domain/permissions";
import { refuse } from "../outcome";

const label = (role: UserRole): string => USER_ROLES[role].label;

/** What each role may, each more than the one before it. */
export const ROLE_HELP = {
  viewer: "Sees nodes, events and operations.",
  operator: "Also adds, joins and services nodes.",
  admin: "Also forces, fences, removes, trusts host keys and manages users and settings.",
} as const satisfies Record<UserRole, string>;

export const USERS = {
  title: "Users",
  help: "Who may sign in, and what each may do. A change holds from the next request on, in every browser that is open.",
  notAdmin: "Here an Admin invites people, gives them their role, and ends their sessions.",
  invite: "Invite user",
  columns: { name: "Name", role: "Role", seen: "Last seen", sessions: "Open sessions", factor: "Second factor", state: "State" },
  never: "Never",
  you: "You",
  actions: "Actions",
  actionsOf: (name: string): string => `Actions for ${name}`,
  states: { active: "Active", disabled: "Disabled", invited: "Invited", expired: "Invitation expired" },
  goodFor: (span: string): string => `good for ${span}`,
  factors: { on: "On", off: "Off" },
  role: "Role",
  changeRole: "Change role",
  disable: "Disable",
  enable: "Enable",
  remove: "Remove",
  resetPassword: "Reset password",
  resetFactor: "Reset second factor",
  sessions: "Sessions",
  revoke: "Revoke invitation",
  inviteAgain: "Invite again",
  unreached: refuse("unreached", "Regent did not answer.", { hint: "Look at the list of users before you try again." }),
  gone: refuse("user-gone", "There is no such user any more."),
  invitationGone: refuse("invitation-gone", "This invitation was used, revoked, or replaced by a newer one."),
  taken: (email: string) =>
    refuse("email-taken", `${email} belongs to a user already.`, { field: "email", hint: "Change that user's role instead." }),
  tooMany: (most: number) =>
    refuse("too-many-invitations", `${most} invitations are open, which is the most.`, { hint: "Revoke those that nobody needs." }),
} as const;

export const INVITE = {
  title: "Invite user",
  submit: "Make invitation",
  email: "E-mail",
  emailHelp: "What the person signs in with. Regent sends nothing to it: you hand the link over.",
  name: "Name",
  nameHelp: "As events name the person, up to 80 characters.",
  role: "Role",
  life: "The link is good for",
  made: (name: string): string => `Invitation for ${name}`,
  once: "Hand this link over by a way that only this person reads. It works once, and is shown only now: Regent keeps its hash and no copy.",
  link: "invitation link",
  countdown: (span: string): string => `Good for ${span}.`,
  over: "This link has expired. Make a new one.",
  revoked: (name: string): string => `The invitation of ${name} was revoked.`,
  revokeTitle: (name: string): string => `Revoke the invitation of ${name}?`,
  revokeHelp: "Its link never works again. You can invite the person anew.",
} as const;

export const USER_DIALOGS = {
  roleTitle: (name: string): string => `Change the role of ${name}`,
  roleHelp: "It holds from the person's next request on. An Admin who becomes less loses the invitations and password links that are open.",
  save: "Save",
  roleChanged: (name: string, role: UserRole): string => `${name} has the ${label(role)} role.`,
  disableTitle: (name: string): string => `Disable ${name}?`,
  disableHelp:
    "Every session ends at once, and nobody can sign in as this user. Operations that are under way go on. Enable brings the user back.",
  disabled: (name: string): string => `${name} is disabled.`,
  enabled: (name: string): string => `${name} may sign in again.`,
  removeTitle: (name: string): string => `Remove ${name}?`,
  removeHelp: "The account goes for good, with its saved views, shared ones too. Events keep the name.",
  removed: (name: string): string => `${name} was removed.`,
  passwordTitle: (name: string): string => `Reset the password of ${name}`,
  passwordHelp:
    "You get a link that works once. With it the person chooses a new password, and every session of the account ends. A second factor stays.",
  passwordSubmit: "Make link",
  passwordMade: (name: string): string => `Password link for ${name}`,
  passwordLink: "password link",
  factorTitle: (name: string): string => `Reset the second factor of ${name}?`,
  factorHelp:
    "For somebody who lost the phone and the recovery codes. Make sure by another way that it is this person who asks: from then on the password alone signs in.",
  factorReset: (name: string): string => `The second factor of ${name} was reset.`,
  sessionsTitle: (name: string): string => `Sessions of ${name}`,
} as const;

/** What the log says: who, whom; from where stands in the details. */
export const USER_EVENTS = {
  invited: (who: string, name: string, email: string, role: UserRole): string =>
    `${who} invited ${name} (${email}) with the ${label(role)} role.`,
  revoked: (who: string, name: string): string => `${who} revoked the invitation of ${name}.`,
  joined: (name: string, role: UserRole, by: string): string => `${name} accepted the invitation of ${by} and has the ${label(role)} role.`,
  role: (who: string, name: string, from: UserRole, to: UserRole): string =>
    `${who} changed the role of ${name} from ${label(from)} to ${label(to)}.`,
  disabled: (who: string, name: string): string => `${who} disabled ${name}; every session ended.`,
  enabled: (who: string, name: string): string => `${who} enabled ${name}.`,
  removed: (who: string, name: string, email: string): string => `${who} removed ${name} (${email}).`,
  passwordLink: (who: string, name: string): string => `${who} made a link with which ${name} can choose a new password.`,
  passwordByLink: (name: string): string => `${name} chose a new password by link; every session ended.`,
  password: (name: string): string => `${name} changed the password; every other session ended.`,
  session: (who: string, name: string, own: boolean): string =>
    own ? `${who} ended a session of their own.` : `${who} ended a session of ${name}.`,
  factorSet: (name: string): string => `${name} set up a second factor.`,
  factorRemoved: (name: string): string => `${name} removed the second factor.`,
  factorReset: (who: string, name: string): string => `${who} reset the second factor of ${name}.`,
  codes: (name: string): string => `${name} made new recovery codes; the old ones do not work any more.`,
  codeRefused: (name: string, by: string): string => `A sign-in as ${name} by ${by} gave a code that was refused.`,
} as const;
