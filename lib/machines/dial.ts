/**
 * Logging in to machines: the only way in. Everything the far side does wrong is a refusal with its own sentence; every wait has a
 * deadline, every answer a limit, and every way out closes the connection.
 */
import { MACHINE } from "../messages/machine";
import { done, type Outcome, type Refusal } from "../outcome";
import type { HostKey } from "../domain/requests";
import { algorithms } from "./algorithms";
import { handshake, login, penalised, type Credential } from "./handshake";
import { isLong, session, type Machine, type SessionOptions } from "./session";
import { connect, type Address } from "./wire";

export type { Address } from "./wire";
export type { HostKey } from "../domain/requests";
export type { Credential } from "./handshake";
export type { Conversation } from "./converse";
export type { Machine } from "./session";

/** A refusal because of another host key says which one was seen, for the ceremony of trusting it. */
export type DialRefusal = Refusal & { seen?: HostKey };

type Rung = "tcp" | "banner" | "hostKey";
type ContactOptions = { signal?: AbortSignal; onRung?: (rung: Rung, detail: string, ms: number) => void };

/** TCP, banner, host key, then hang up: the key is refused inside the handshake, so no authentication is ever attempted. */
export async function readHostKey(
  address: Address,
  { signal, onRung }: ContactOptions = {},
): Promise<Outcome<{ banner: string; hostKey: HostKey }>> {
  let since = performance.now();
  const reached = (rung: Rung, detail: string) => {
    onRung?.(rung, detail, Math.round(performance.now() - since));
    since = performance.now();
  };
  const wire = await connect(address, signal);
  if (wire.ok || wire.answered) reached("tcp", `Port ${address.port} reachable`);
  if (!wire.ok) return wire;
  let seen: HostKey | null = null;
  const verdict = await handshake(wire.value, address, {
    ...(signal ? { signal } : {}),
    config: { username: "regent", algorithms: algorithms(), authHandler: [] },
    onBanner: (banner) => reached("banner", banner),
    verify: (key) => {
      seen = key;
      return false;
    },
  });
  verdict.client.destroy();
  wire.value.destroy();
  if (seen === null || verdict.banner === null) return verdict.outcome.ok ? MACHINE.connectionLost(address.ip) : verdict.outcome;
  reached("hostKey", (seen as HostKey).type);
  return done({ banner: verdict.banner, hostKey: seen });
}

export type DialOptions = SessionOptions & {
  /** The address has refused a password lately: a dropped connection is then its penalty, not a fault of the network. */
  recentlyRefused?: boolean;
  /** Waited for between the connection and the handshake, which costs processor time; what it gives is called after the login. */
  admit?: () => Promise<() => void>;
};

/** Logs in to the pinned key, does the work, and always hangs up. Nothing secret is sent to another key than the pinned one. */
export async function withMachine<T>(
  address: Address,
  pinned: HostKey,
  credential: Credential,
  work: (machine: Machine) => Promise<Outcome<T>>,
  options: DialOptions = {},
): Promise<Outcome<T>> {
  const wire = await connect(address, options.signal);
  if (!wire.ok) {
    const dropped = wire.code === "connection-lost" && options.recentlyRefused && !options.signal?.aborted;
    return dropped ? penalised(address) : wire;
  }
  let seen: HostKey | null = null;
  const admitted = await options.admit?.();
  const { client, outcome, flood, renew } = await handshake(wire.value, address, {
    ...options,
    config: { ...login(credential), algorithms: algorithms(pinned.type) },
    credential,
    keepAlive: isLong(options),
    verify: (key) => {
      seen = key;
      return key.type === pinned.type && key.sha256 === pinned.sha256;
    },
  }).finally(admitted);
  try {
    if (!outcome.ok) return await explained(outcome, address, pinned, seen, options.signal);
    return await session({ client, socket: wire.value, flood, renew }, address, credential, work, options);
  } finally {
    client.destroy();
    wire.value.destroy();
  }
}

/** A server that no longer offers the pinned type of key has another key: read it, so that it can be compared. */
async function explained(
  refusal: Refusal,
  address: Address,
  pinned: HostKey,
  seen: HostKey | null,
  signal: AbortSignal | undefined,
): Promise<DialRefusal> {
  if (seen && (seen.sha256 !== pinned.sha256 || seen.type !== pinned.type)) return { ...MACHINE.hostKeyChanged(address.ip), seen };
  if (refusal.code !== "no-host-key") return refusal;
  const contact = await readHostKey(address, signal ? { signal } : {});
  return contact.ok ? { ...MACHINE.hostKeyChanged(address.ip), seen: contact.value.hostKey } : contact;
}
