/**
 * The one door of every server action: origin, session, role, rate, shape, then one service.
 * What the service refuses is returned as it stands; a fault becomes a short reference.
 */
import { headers } from "next/headers";
import type { z } from "zod";
import { clientOf, currentUser } from "../auth";
import { permits, permissionRefusal, type Permission } from "../domain/permissions";
import { webEnv } from "../env";
import { reportFault } from "../log";
import { refuse, type Outcome, type Refusal } from "../outcome";
import type { Call } from "../services/call";
import { mayKnock } from "../services/access/knock";
import { takeToken } from "../services/access/rate";

type Service<Input, Value> = (input: Input, call: Call) => Promise<Outcome<Value>>;

const ACTIONS_PER_MINUTE = 600;

/** @param permission of the action, or what of its input says which */
export function action<Schema extends z.ZodType, Value>(
  schema: Schema,
  permission: Permission | ((input: z.output<Schema>) => Permission),
  service: Service<z.output<Schema>, Value>,
) {
  const fixed = typeof permission === "string" ? permission : null;
  return (input: z.input<Schema>, idempotencyKey?: string): Promise<Outcome<Value>> =>
    guarded(fixed ?? "by input", async () => {
      const actor = await currentUser();
      if (!actor)
        return refuse("signed-out", "You are signed out.", { hint: "Sign in again in another tab; what you typed is still here." });
      if (fixed && !permits(actor.role, fixed)) return permissionRefusal(fixed);
      if (!(await takeToken(`action:${actor.id}`, ACTIONS_PER_MINUTE, 60))) return tooMany();
      const parsed = schema.safeParse(input);
      if (!parsed.success) return shapeRefusal(parsed.error);
      const needed = typeof permission === "string" ? permission : permission(parsed.data);
      if (!permits(actor.role, needed)) return permissionRefusal(needed);
      const key = typeof idempotencyKey === "string" && idempotencyKey.length <= 64 ? idempotencyKey : null;
      const { id, name, role, sessionHash } = actor;
      const { address: from } = await clientOf();
      return service(parsed.data, { actor: { kind: "user", id, name, role }, idempotencyKey: key, sessionHash, from });
    });
}

type OpenService<Input, Value> = (input: Input, client: { from: string }) => Promise<Outcome<Value>>;

/** An action before anybody can sign in; what the input proves is the service's to check. */
export function openAction<Schema extends z.ZodType, Value>(schema: Schema, service: OpenService<z.output<Schema>, Value>) {
  return (input: z.input<Schema>): Promise<Outcome<Value>> =>
    guarded("open", async () => {
      const { address: from } = await clientOf();
      if (!(await mayKnock(from))) return tooMany();
      const parsed = schema.safeParse(input);
      return parsed.success ? service(parsed.data, { from }) : shapeRefusal(parsed.error);
    });
}

const tooMany = (): Refusal => refuse("too-many", "Too many requests.", { hint: "Try again in a few seconds." });

/** Refuses foreign requests, and turns a fault into its reference. */
async function guarded<Value>(door: string, work: () => Promise<Outcome<Value>>): Promise<Outcome<Value>> {
  const foreign = await foreignRequest();
  if (foreign) return foreign;
  try {
    return await work();
  } catch (error) {
    const reference = reportFault(error, { door });
    return refuse("fault", `Regent failed inside itself. Nothing was changed. Reference ${reference}.`, {
      hint: "Try again; the log has the cause under this reference.",
    });
  }
}

/** The first thing that is wrong with what was typed, at its field. */
function shapeRefusal(error: z.ZodError): Refusal {
  const [issue] = error.issues;
  const field = issue?.path.map(String).join(".");
  return refuse("bad-input", issue?.message ?? "The request is not complete.", field ? { field } : {});
}

/**
 * Next runs a server action without an Origin header, and trusts X-Forwarded-Host: both are how another site's page could
 * act in an administrator's name. Only a listed origin passes; where browsers say where a request comes from, it must be here.
 */
async function foreignRequest(): Promise<Refusal | null> {
  const sent = await headers();
  const site = sent.get("sec-fetch-site");
  const allowed = isOwnOrigin(sent.get("origin")) && (site === null || site === "same-origin");
  return allowed
    ? null
    : refuse("foreign-origin", "The request did not come from a page of this console.", {
        hint: "Open the console under the address it was configured with.",
      });
}

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/** The configured address, the further ones of REGENT_ORIGINS, and, for a console on loopback, its other loopback names. */
export function isOwnOrigin(origin: string | null): boolean {
  if (!origin || !URL.canParse(origin)) return false;
  const { REGENT_URL, REGENT_ORIGINS } = webEnv();
  const own = new URL(REGENT_URL);
  const names = LOOPBACK.includes(own.hostname) ? LOOPBACK.map((name) => `${own.protocol}//${name}${own.port ? `:${own.port}` : ""}`) : [];
  const further = REGENT_ORIGINS.split(/\s+/).flatMap((text) => (URL.canParse(text) ? new URL(text).origin : []));
  return [own.origin, ...further, ...names].includes(origin);
}
