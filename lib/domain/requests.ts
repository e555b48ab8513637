/** What an operation carries from the dialog to the worker, and what it carries back. Kept as JSON in its row; never a password. */
import { z } from "zod";
import { Inventory } from "./inventory";
import { CONVERGED_MACS_MAX } from "./several";

const Mac = z.string().regex(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/);
export const Converged = z.array(Mac);
export const Role = z.enum(["Worker", "Control"]);
/** Whether somebody compared the host key on the server's own screen. */
export const Trust = z.enum(["verified", "unverified"]);
export type Trust = z.infer<typeof Trust>;

export const HostKey = z.strictObject({ type: z.string().max(64), sha256: z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/) });
export type HostKey = z.infer<typeof HostKey>;

/** Another key than the trusted one that an address showed, or the trusted one itself after somebody revoked it. */
export type DistrustedKey = { type: string; sha256: string; seenAt: string; revoked?: { by: string; reason: string } };

export const ContactResult = z.strictObject({ banner: z.string(), hostKey: HostKey });

export const InspectRequest = z.strictObject({ user: z.string(), role: Role, hostKey: HostKey, trust: Trust });
export type InspectRequest = z.infer<typeof InspectRequest>;
export const Verdict = z.strictObject({
  adequate: z.boolean(),
  results: z.array(z.strictObject({ requirement: z.string(), have: z.string(), need: z.string(), ok: z.boolean() })),
});
export type Verdict = z.infer<typeof Verdict>;
export const InspectResult = z.strictObject({
  privilege: z.enum(["root", "sudo", "none"]).optional(),
  inventory: Inventory,
  verdict: Verdict.optional(),
  suggestedMacs: Converged.optional(),
  inspectedAt: z.iso.datetime(),
});
export type InspectResult = z.infer<typeof InspectResult>;

export const AddRequest = z.strictObject({ inspectionId: z.uuid(), macs: Converged.min(1).max(CONVERGED_MACS_MAX) });
export type AddRequest = z.infer<typeof AddRequest>;
export const ModifyRequest = z.strictObject({ user: z.string(), macs: Converged.min(1).max(CONVERGED_MACS_MAX), newPassword: z.boolean() });
export type ModifyRequest = z.infer<typeof ModifyRequest>;
export const JoinRequest = z.strictObject({ role: Role });
export type JoinRequest = z.infer<typeof JoinRequest>;

export const PowerRequest = z.strictObject({ address: z.string(), port: z.number().int(), login: z.string() });
export type PowerRequest = z.infer<typeof PowerRequest>;
/** manual: an administrator asked for it, whatever the node says. */
export const FenceRequest = z.strictObject({ manual: z.boolean() });

/** `targetId` where the mailbox is one of the targets. */
export const MailTestRequest = z.strictObject({ address: z.string(), targetId: z.uuid().nullable() });
export const WebhookTestRequest = z.strictObject({ targetId: z.uuid() });
/** What was said on both sides, line by line, without secrets; and whether the far side took it. */
export const TestResult = z.strictObject({ dialogue: z.array(z.string()), taken: z.boolean() });

/** A key pair of Regent's own, made before it is installed so that a second try installs the same one. */
export const KeyPair = z.strictObject({ publicKey: z.string(), sealedPrivate: z.string() });
export type KeyPair = z.infer<typeof KeyPair>;

/** Why an operation, or one line of it, failed: a refusal as its row keeps it. */
export const StoredRefusal = z.object({ code: z.string(), reason: z.string(), hint: z.string().optional(), field: z.string().optional() });
export type StoredRefusal = z.infer<typeof StoredRefusal>;
