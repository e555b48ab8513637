/** What may become of a user, whoever asks; and how long links for people are good. */
import { refuse, type Refusal } from "../outcome";
import { formatDuration } from "./units";
import { USER_ROLES, type UserRole } from "./permissions";

/** Minutes. */
export const LINK_LIVES = { 10: "10 minutes", 60: "1 hour", 1440: "1 day", 10080: "7 days" } as const;
export const LINK_MINUTES = 10;
export const LINK_MINUTES_MAX = 10_080;

/** "9:41" in the last hour, as a clock that runs down; longer spans in their largest units. */
export function formatLeft(ms: number): string {
  const seconds = Math.ceil(Math.max(0, ms) / 1000);
  return seconds >= 3600 ? formatDuration(ms) : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

export const PASSWORD_MIN = 12;

export type UserFacts = { id: string; name: string; role: UserRole; disabled: boolean };

export type UserChange = { what: "role"; role: UserRole } | { what: "disable" | "enable" | "remove" | "password-link" | "factor-reset" };

/** `admins` are those who can sign in now, counted with the one it is about. */
export type UserContext = { actorId: string; admins: number };

/** Why not, or null. The region always keeps somebody who may let others in, and nobody shuts the door behind himself by accident. */
export function userRefusal(change: UserChange, user: UserFacts, { actorId, admins }: UserContext): Refusal | null {
  const own = user.id === actorId;
  const isAdmin = user.role === "admin" && !user.disabled;
  switch (change.what) {
    case "role":
      if (change.role === user.role) return refuse("same-role", `${user.name} has the ${USER_ROLES[user.role].label} role already.`);
      if (isAdmin && admins <= 1) return lastAdmin(user.name);
      return own ? ownRefusal("You can not change your own role.") : null;
    case "disable":
      if (user.disabled) return refuse("disabled", `${user.name} is disabled already.`);
      if (isAdmin && admins <= 1) return lastAdmin(user.name);
      return own ? ownRefusal("You can not disable yourself.") : null;
    case "remove":
      if (isAdmin && admins <= 1) return lastAdmin(user.name);
      return own ? ownRefusal("You can not remove yourself.") : null;
    case "enable":
      return user.disabled ? null : refuse("enabled", `${user.name} is not disabled.`);
    case "password-link":
      if (user.disabled) return refuse("disabled", `${user.name} is disabled.`, { hint: "Enable the user first." });
      return own ? refuse("own-account", "Your own password is changed under Settings, Account.") : null;
    case "factor-reset":
      return own ? refuse("own-account", "Your own second factor is under Settings, Account.") : null;
  }
}

const lastAdmin = (name: string): Refusal =>
  refuse("last-admin", `${name} is the last Admin who can sign in.`, { hint: "Give somebody else the Admin role first." });

const ownRefusal = (reason: string): Refusal => refuse("own-account", reason, { hint: "Another Admin can." });
