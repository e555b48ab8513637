import { NODE_ROLES } from "@/lib/domain/roles";

/** The Node Type dropdown of every dialog. */
export const ROLE_OPTIONS = Object.entries(NODE_ROLES).map(([value, { label, description }]) => ({ value, label, description }));
