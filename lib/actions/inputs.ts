/** The shape of every request, with the sentence for each way it can be wrong. */
import { z } from "zod";
import { normaliseMac, notAMac, notAnIPv4, parseIPv4 } from "../domain/address";
import { BULK_COMMANDS, BULK_MAX } from "../domain/bulk";
import { parsePlaces } from "../domain/networks";
import { isHost, Mailbox, SECURITIES } from "../domain/mail-server";
import { FORCE_REASON_MIN } from "../domain/maintenance";
import { PLAN_NODES_MAX } from "../domain/maintenance-plan";
import { HostKey, Trust } from "../domain/requests";
import { SCREEN_TOKEN } from "../domain/wall-pairing";
import { CONVERGED_MACS_MAX, SEVERAL_MAX } from "../domain/several";
import { sshUserFault } from "../domain/ssh-user";
import { normaliseTag, TAGS_PER_NODE } from "../domain/tags";
import { BULK } from "../messages/bulk";
import { PLAN_DIALOG } from "../messages/plan";
import { SEVERAL } from "../messages/several";

const ip = z
  .string()
  .max(64)
  .transform((typed, issue) => {
    const address = parseIPv4(typed.trim());
    if (address) return address;
    issue.addIssue({ code: "custom", message: notAnIPv4(typed.trim()) });
    return z.NEVER;
  });

const mac = z
  .string()
  .max(64)
  .transform((typed, issue) => {
    const address = normaliseMac(typed);
    if (address) return address;
    issue.addIssue({ code: "custom", message: notAMac(typed.trim()) });
    return z.NEVER;
  });

const distinctMacs = z
  .array(mac)
  .max(CONVERGED_MACS_MAX, SEVERAL.bounds.macs)
  .refine((list) => new Set(list).size === list.length, "A Converged MAC Address is listed twice.");
const macs = distinctMacs.min(1, "Add at least one Converged MAC Address.");

const user = z
  .string()
  .trim()
  .superRefine((typed, issue) => {
    const fault = sshUserFault(typed);
    if (fault) issue.addIssue({ code: "custom", message: fault });
  });
const password = z.string().min(1, "SSH Password is missing.").max(1000, "SSH Password has at most 1,000 characters.");
const role = z.enum(["Worker", "Control"], { message: "Choose a Node Type." });
// oxlint-disable-next-line no-control-regex -- line breaks and tabs may pass, these may not: PostgreSQL refuses NUL, pages the rest
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const printable = (text: string): boolean => !/\p{Surrogate}/u.test(text) && !CONTROL.test(text);
const written = (max: number, tooLong: string) =>
  z.string().trim().max(max, tooLong).refine(printable, "The text has characters that can not be shown.");

const isLine = (text: string): boolean => !/\p{Cc}/u.test(text);

const reason = written(500, "A reason has at most 500 characters.");

/** A node and the version of it that the administrator was looking at. */
const onNode = { nodeId: z.uuid(), version: z.number().int().min(1) };

export const ContactInput = z.strictObject({ ip });
export const InspectInput = z.strictObject({ ip, user, password, role, hostKey: HostKey, trust: Trust });
export const AddInput = z.strictObject({ inspectionId: z.uuid(), macs });
const byAddress = (list: readonly { ip: string }[]): boolean => new Set(list.map((one) => one.ip)).size === list.length;
/** Without MAC addresses, the machine is asked for them. */
export const LookInput = z.strictObject({
  servers: z
    .array(z.strictObject({ ip, user, role, macs: distinctMacs }))
    .min(1, SEVERAL.nothing)
    .max(SEVERAL_MAX, SEVERAL.bounds.servers)
    .refine(byAddress, "An IP is listed twice."),
});
export const AddSeveralInput = z.strictObject({
  lookId: z.uuid(),
  trusted: z
    .array(z.strictObject({ ip, trust: Trust }))
    .min(1, SEVERAL.noneTrusted)
    .max(SEVERAL_MAX, SEVERAL.bounds.servers)
    .refine(byAddress, "An IP is listed twice."),
  password,
});
export const ModifyInput = z.strictObject({ ...onNode, user, password: z.string().max(1000), macs });
export const NodeInput = z.strictObject(onNode);
export const AcceptInput = NodeInput;
export const DeleteInput = NodeInput;
export const JoinInput = z.strictObject({ ...onNode, role });
export const RejectInput = z.strictObject({ ...onNode, reason: reason.optional() });
export const RenameInput = z.strictObject({
  ...onNode,
  name: z
    .string()
    .trim()
    .min(1, "Name is required.")
    .max(63, "Name has at most 63 characters.")
    .regex(/^[A-Za-z0-9._-]+$/, "Name has only letters, digits and . - _"),
  description: written(500, "Description has at most 500 characters."),
});
export const RetrustInput = z.strictObject({
  ...onNode,
  hostKey: HostKey,
  reason: reason.min(10, "Say in at least 10 characters why the key changed."),
});

export const RevokeTrustInput = z.strictObject({
  ...onNode,
  reason: reason.min(10, "Say in at least 10 characters why the key is revoked."),
});

const forcedReason = reason.min(FORCE_REASON_MIN, `Say in at least ${FORCE_REASON_MIN} characters why it has to be forced.`);
const typedName = z.string().trim().max(63, "This is not the name of the node.");
export const MaintenanceInput = z.strictObject({ ...onNode, reason: reason.optional() });
export const ExtendInput = z.strictObject({ nodeId: z.uuid() });
export const ForceInput = z.strictObject({ nodeId: z.uuid(), challengeId: z.uuid(), name: typedName, reason: forcedReason });
export const ActivateInput = z.strictObject({ ...onNode, bringBack: z.boolean() });
export const RemoveInput = z.strictObject({
  ...onNode,
  checkOnly: z.boolean().optional(),
  recordOnly: z.boolean(),
  name: typedName.optional(),
  reason: reason.optional(),
});
const port = z.coerce
  .number({ message: "Port is a number." })
  .int("Port is a whole number.")
  .min(1, "Port is missing.")
  .max(65_535, "Ports go up to 65535.");
const bmcLogin = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9._@-]{1,16}$/, "The user of a BMC has 1 to 16 letters, digits and . _ - @");
/** IPMI knows no longer one. */
const bmcPassword = z
  .string()
  .max(20, "The password of a BMC has at most 20 characters.")
  .regex(/^[ -~]*$/, "The password of a BMC has only letters, digits and signs of ASCII.");
export const PowerInput = z.strictObject({
  ...onNode,
  address: ip,
  port: port.default(623),
  login: bmcLogin,
  password: bmcPassword,
});
export const FenceInput = z.strictObject({ ...onNode, reason: reason.min(10, "Say in at least 10 characters why the node is fenced.") });
export const ConfirmOffInput = z.strictObject({
  ...onNode,
  name: z.string().trim().max(63),
  reason: reason.min(10, "Say in at least 10 characters how you know that the host is off."),
});

const moment = z.iso.datetime({ message: PLAN_DIALOG.noMoment }).transform((text) => new Date(text));
export const PlanInput = z.strictObject({
  name: written(60, "Name has at most 60 characters.").refine((name) => name !== "", "Name is missing."),
  reason,
  nodeIds: z
    .array(z.uuid())
    .min(1, PLAN_DIALOG.noNodes)
    .max(PLAN_NODES_MAX, `At most ${PLAN_NODES_MAX} nodes in one plan.`)
    .refine((list) => new Set(list).size === list.length, "A node is listed twice."),
  from: moment.nullable(),
  to: moment.nullable(),
  reboot: z.boolean(),
  activate: z.boolean(),
  bringBack: z.boolean(),
});
export const CancelPlanInput = z.strictObject({ planId: z.uuid() });
export const GoOnPlanInput = z.strictObject({ planId: z.uuid(), skip: z.boolean(), to: moment.nullable().optional() });

export const SaveViewInput = z.strictObject({
  name: written(60, "Name has at most 60 characters.").refine((name) => name !== "", "Name is missing."),
  address: z.string().max(16_000, "The address of this view is too long."),
  shared: z.boolean(),
});
export const DeleteViewInput = z.strictObject({ viewId: z.uuid() });
const places = z
  .string()
  .max(2000, "The addresses are too long.")
  .transform((typed, issue) => {
    const read = parsePlaces(typed);
    if (read.ok) return read.value;
    issue.addIssue({ code: "custom", message: `${read.reason} ${read.hint ?? ""}`.trim() });
    return z.NEVER;
  });
export const MakeWallLinkInput = z.strictObject({
  name: written(60, "Name has at most 60 characters.").refine((name) => name !== "", "Name is missing."),
  /** null: none of the saved ones. */
  viewId: z.uuid().nullable(),
  /** Without a saved view, what an address of the heatmap shows; null: all nodes. */
  address: z.string().max(16_000, "The address of this view is too long.").nullable(),
  /** From where it may be opened, as it is typed. */
  networks: places,
  /** What a screen that shows nothing yet has made for itself. */
  screen: z.string().regex(SCREEN_TOKEN, "This is not the code of a screen. Scan it again.").nullable(),
});
export const MoveWallLinkInput = z.strictObject({ linkId: z.uuid(), networks: places });
export const RevokeWallLinkInput = z.strictObject({ linkId: z.uuid() });

const tag = z
  .string()
  .max(500)
  .transform((typed, issue) => {
    const named = normaliseTag(typed);
    if (named.ok) return named.value;
    issue.addIssue({ code: "custom", message: named.reason });
    return z.NEVER;
  });
const tags = z.array(tag).max(TAGS_PER_NODE, `At most ${TAGS_PER_NODE} tags at once.`);

export const BulkInput = z
  .strictObject({
    command: z.enum(BULK_COMMANDS),
    targets: z
      .array(NodeInput)
      .min(1, "Select at least one node.")
      .max(BULK_MAX, BULK.tooMany)
      .refine((list) => new Set(list.map(({ nodeId }) => nodeId)).size === list.length, "A node is listed twice."),
    reason: reason.optional(),
    add: tags.optional(),
    remove: tags.optional(),
  })
  .refine(({ command, add = [], remove = [] }) => command !== "tags" || add.length + remove.length > 0, BULK.noChange);
export const OperationInput = z.strictObject({ operationId: z.uuid() });

export const TagsInput = z.strictObject({ nodeId: z.uuid(), add: tags, remove: z.array(z.string().max(1000)).max(1000) });

const empty = <T extends z.ZodType>(schema: T) => z.union([z.literal("").transform(() => null), schema]);
export const MailServerInput = z.strictObject({
  host: z
    .string()
    .trim()
    .min(1, "Host is missing.")
    .max(255, "Host has at most 255 characters.")
    .refine(isHost, "Write the host's name or address alone, as in mail.example.com."),
  port,
  security: z.enum(Object.keys(SECURITIES) as (keyof typeof SECURITIES)[], { message: "Choose how the connection is secured." }), // its own keys
  /** Empty: none. */
  login: empty(
    z
      .string()
      .trim()
      .max(254, "User has at most 254 characters.")
      .regex(/^\P{Cc}+$/u, "User has characters that can not be sent."),
  ),
  password: z
    .string()
    .max(1000, "The password has at most 1,000 characters.")
    .regex(/^\P{Cc}*$/u, "The password has characters that can not be sent."),
  authority: empty(z.string().trim().max(20_000, "The authority has at most 20,000 characters.")),
  sender: Mailbox,
});
export const MailTestInput = z.strictObject({ address: Mailbox });

const targetName = written(60, "Name has at most 60 characters.")
  .refine((name) => name !== "", "Name is missing.")
  .refine(isLine, "Name is one line.");
const mailTarget = { kind: z.literal("email"), name: targetName, address: Mailbox };
const webhookTarget = {
  kind: z.literal("webhook"),
  name: targetName,
  address: z.string().trim().min(1, "Address is missing.").max(1900, "The address has at most 1,900 characters."),
  body: z.enum(["regent", "slack", "pagerduty"], { message: "Choose the form of what it is told." }),
  secret: z
    .string()
    .max(1000, "The secret has at most 1,000 characters.")
    .regex(/^[!-~]*$/, "The secret has only letters, digits and signs of ASCII."),
};
export const AddTargetInput = z.discriminatedUnion("kind", [z.strictObject(mailTarget), z.strictObject(webhookTarget)]);
const target = { targetId: z.uuid() };
export const TargetInput = z.strictObject(target);
export const ChangeTargetInput = z.discriminatedUnion("kind", [
  z.strictObject({ ...target, ...mailTarget }),
  z.strictObject({ ...target, ...webhookTarget }),
]);
export const EnableTargetInput = z.strictObject({ ...target, enabled: z.boolean() });
export const RemoveTargetInput = z.strictObject({ ...target, anyway: z.boolean() });
