/** The kinds of events, and how the log is filtered. */
import { z } from "zod";
import { isOperationKind, OPERATIONS } from "./operations";

export const EVENT_KINDS = {
  "node.added": "Added",
  "node.modified": "Modified",
  "node.status": "Status changed",
  "node.inspected": "Inspected",
  "node.renamed": "Renamed",
  "node.tagged": "Tagged",
  "node.deleted": "Deleted",
  "node.restarted": "Restarted",
  "node.host-key-changed": "Host key changed",
  "node.host-key-back": "Host key is back",
  "node.host-key-trusted": "Host key trusted",
  "node.host-key-revoked": "Host key revoked",
  "node.power": "BMC set",
  "node.power-on": "Powered on",
  "fence.began": "Fencing began",
  "fence.pending": "Fencing pending",
  "region.isolated": "Console isolated",
  "region.reached": "Console not isolated any more",
  "operation.cancelled": "Operation cancelled",
  "maintenance.continued": "Maintenance continued",
  "maintenance.extended": "Deadline extended",
  "maintenance.plan": "Plan and outcome",
  "maintenance.vm-lost": "VM stopped after its move",
  "maintenance.vm-twice": "VM runs on two nodes",
  "maintenance.move-back": "VMs asked back",
  "maintenance.moved-back": "VMs moved back",
  "maintenance.activation": "Activation asked for",
  "maintenance.removal": "Removal asked for",
  "maintenance.housekeeping": "Skipped housekeeping",
  "plan.made": "Maintenance planned",
  "plan.began": "Plan began",
  "plan.stopped": "Plan stopped",
  "plan.continued": "Plan continued",
  "plan.ended": "Plan ended",
  "plan.cancelled": "Plan cancelled",
  "plan.restart": "Restart asked for",
  "view.shared": "View shared",
  "view.deleted": "Shared view deleted",
  "wall.made": "Wall link made",
  "wall.moved": "Wall link allowed elsewhere",
  "wall.revoked": "Wall link revoked",
  "alarm.made": "Alarm made",
  "alarm.changed": "Alarm changed",
  "alarm.deleted": "Alarm deleted",
  "alarm.muted": "Alarm muted",
  "alarm.acknowledged": "Alarm acknowledged",
  "alarm.tested": "Test message sent",
  "alarm.state": "Alarm changed state",
  "alarm.window-made": "Mute window made",
  "alarm.window-removed": "Mute window removed",
  "settings.changed": "Settings changed",
  "notify.server": "Mail server set",
  "notify.target": "Notification target changed",
  "notify.failing": "Notifications fail",
  "notify.back": "Notifications work again",
  "notify.dead": "Notification given up",
  "access.signed-in": "Signed in",
  "access.set-up": "Set up",
  "access.code-refused": "Code refused",
  "user.invited": "User invited",
  "user.invitation-revoked": "Invitation revoked",
  "user.joined": "Invitation accepted",
  "user.role": "Role changed",
  "user.disabled": "User disabled",
  "user.enabled": "User enabled",
  "user.removed": "User removed",
  "user.password-link": "Password link made",
  "user.password": "Password changed",
  "user.session-ended": "Session ended",
  "factor.set": "Second factor set up",
  "factor.removed": "Second factor removed",
  "factor.reset": "Second factor reset",
  "factor.codes": "Recovery codes renewed",
} as const satisfies Record<string, string>;

const FAILED = /^operation\.(\w+)$/;

/** An operation that failed has its own kind as its word; what a later version writes has its word as it stands. */
export function kindLabel(kind: string): string {
  if (Object.hasOwn(EVENT_KINDS, kind)) return EVENT_KINDS[kind as keyof typeof EVENT_KINDS]; // just asked
  const operation = FAILED.exec(kind)?.[1] ?? "";
  return isOperationKind(operation) ? `${OPERATIONS[operation].label} failed` : kind;
}

export const SEVERITY_LABELS = { info: "Info", warning: "Warning", error: "Error" } as const;
export type Severity = keyof typeof SEVERITY_LABELS;

/** Where an event came from, by who acted. */
export const SOURCES = { user: "Console", system: "Regent itself", deadline: "A deadline" } as const;

export const sourceOf = (actorKind: string): string =>
  Object.hasOwn(SOURCES, actorKind) ? SOURCES[actorKind as keyof typeof SOURCES] : actorKind;

const word = z
  .string()
  .regex(/^\P{Cc}{1,200}$/u)
  .optional()
  .catch(undefined);

/** As it stands in the address; what is not understood there filters nothing. `before` is the event after which a page begins. */
export const EventFilter = z.object({
  severity: z.enum(["info", "warning", "error"]).optional().catch(undefined),
  kind: word,
  actor: word,
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional()
    .catch(undefined),
});
export type EventFilter = z.infer<typeof EventFilter>;
