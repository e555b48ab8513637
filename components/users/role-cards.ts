import { USER_ROLES, type UserRole } from "@/lib/domain/permissions";
import { ROLE_HELP } from "@/lib/messages/users";

/** The roles as a choice, each with what it may. */
export const ROLE_CARDS = (Object.keys(USER_ROLES) as UserRole[]) // its own keys
  .map((value) => ({ value, label: USER_ROLES[value].label, description: ROLE_HELP[value] }));
