/** Who may do what. Every door (page, action, service) asks this one table. */
import { refuse, type Refusal } from "../outcome";

export const USER_ROLES = {
  viewer: { label: "Viewer", rank: 0 },
  operator: { label: "Operator", rank: 1 },
  admin: { label: "Admin", rank: 2 },
} as const satisfies Record<string, { label: string; rank: number }>;

export type UserRole = keyof typeof USER_ROLES;

/** Each permission with the least role that has it. */
export const PERMISSIONS = {
  "node.read": "viewer",
  "node.configure": "viewer",
  "event.read": "viewer",
  "operation.read": "viewer",
  "self.preferences": "viewer",
  "self.account": "viewer",
  "view.save": "viewer",
  "view.share": "operator",
  "node.add": "operator",
  "node.modify": "operator",
  "node.join": "operator",
  "node.accept": "operator",
  "node.reject": "operator",
  "node.reconsider": "operator",
  "node.delete": "operator",
  "node.rename": "operator",
  "node.tag": "operator",
  "node.inspect": "operator",
  "node.maintenance": "operator",
  "node.activate": "operator",
  "node.power-on": "operator",
  "maintenance.plan": "operator",
  "alarm.manage": "operator",
  "node.force": "admin",
  "node.remove": "admin",
  "node.retrust": "admin",
  "node.power": "admin",
  "node.fence": "admin",
  "user.manage": "admin",
  "settings.manage": "admin",
  "view.manage": "admin",
  "wall.manage": "admin",
} as const satisfies Record<string, UserRole>;

export type Permission = keyof typeof PERMISSIONS;

export const permits = (role: UserRole, permission: Permission): boolean =>
  USER_ROLES[role].rank >= USER_ROLES[PERMISSIONS[permission]].rank;

/** "You need the Operator role." */
export const permissionRefusal = (permission: Permission): Refusal =>
  refuse("forbidden", `You need the ${USER_ROLES[PERMISSIONS[permission]].label} role.`, { hint: "An Admin can change your role." });
