/**
 * Logging in to machines: the only place that speaks SSH as a client. Everything the far side does wrong is a refusal with its own
 * sentence; every wait has a deadline, every answer a limit, and every way out closes the connection.
 */
import { createHash } from "node:crypto";
import type { Socket } from "node:net";
import ssh2, { type AuthenticationType, type AuthHandlerMiddleware, type ConnectConfig, type ServerHostKeyAlgorithm } from "ssh2";
import { MACHINE } from "../messages";
import { done, type Outcome, type Refusal } from "../outcome";
import type { HostKey } from "../domain/requests";
import { COMMANDS, type CommandName } from "./commands";
import { flooded, guard } from "./guard";
import { runCommand, type Answer } from "./run-command";
import { connect, limitBytes, Preface, takingTurns, type Address } from "./wire";

export type { Address } from "./wire";
export type { HostKey } from "../domain/requests";

export type Credential = { kind: "password"; user: string; password: string } | { kind: "key"; user: string; privateKey: string };

export interface Machine {
  readonly ip: string;
  /** Runs a command of the closed table; `input` is all of its standard input. */
  run(command: CommandName, input?: string): Promise<Outcome<Answer>>;
}

/** A refusal because of another host key says which one was seen, for the ceremony of trusting it. */
export type DialRefusal = Refusal & { seen?: HostKey };

const HANDSHAKE_MS = 5000;
const LOGIN_MS = 10_000;
const SESSION_MS = 60_000;
const PENALTY_SECONDS = 20;

type Rung = "tcp" | "banner" | "hostKey";
type ContactOptions = { signal?: AbortSignal; onRung?: (rung: Rung, detail: string, ms: number) => void };

/** What a server may prove itself with, the best first; a pinned type leaves nothing else to fall back to. */
const HOST_KEY_ALGORITHMS: Record<string, ServerHostKeyAlgorithm[]> = {
  "ssh-ed25519": ["ssh-ed25519"],
  "ecdsa-sha2-nistp256": ["ecdsa-sha2-nistp256"],
  "ecdsa-sha2-nistp384": ["ecdsa-sha2-nistp384"],
  "ecdsa-sha2-nistp521": ["ecdsa-sha2-nistp521"],
  "ssh-rsa": ["rsa-sha2-512", "rsa-sha2-256"],
};

const algorithms = (hostKeyType?: string): ConnectConfig["algorithms"] => ({
  kex: [
    "curve25519-sha256",
    "curve25519-sha256@libssh.org",
    "ecdh-sha2-nistp256",
    "ecdh-sha2-nistp384",
    "diffie-hellman-group14-sha256",
    "diffie-hellman-group16-sha512",
  ],
  cipher: ["aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "aes128-ctr", "aes256-ctr"],
  hmac: ["hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com", "hmac-sha2-256", "hmac-sha2-512"],
  serverHostKey: hostKeyType ? (HOST_KEY_ALGORITHMS[hostKeyType] ?? []) : Object.values(HOST_KEY_ALGORITHMS).flat(),
  compress: ["none"],
});

function hostKeyOf(blob: Buffer): HostKey {
  const length = blob.readUInt32BE(0);
  const type = blob.subarray(4, 4 + Math.min(length, 64)).toString("latin1");
  return { type, sha256: `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}` };
}

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
  if (!wire.ok) return wire;
  reached("tcp", `Port ${address.port} reachable`);
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

export type SessionOptions = {
  signal?: AbortSignal;
  /** For the whole session, milliseconds; beside it each command has its own limit. */
  sessionMs?: number;
  /** The address has refused a password lately: a dropped connection is then its penalty, not a fault of the network. */
  recentlyRefused?: boolean;
};

/** Logs in to the pinned key, does the work, and always hangs up. Nothing secret is sent to another key than the pinned one. */
export async function withMachine<T>(
  address: Address,
  pinned: HostKey,
  credential: Credential,
  work: (machine: Machine) => Promise<Outcome<T>>,
  options: SessionOptions = {},
): Promise<Outcome<T>> {
  const wire = await connect(address, options.signal);
  if (!wire.ok) {
    const dropped = wire.code === "connection-lost" && options.recentlyRefused && !options.signal?.aborted;
    return dropped ? MACHINE.penalised(address.ip, PENALTY_SECONDS) : wire;
  }
  let seen: HostKey | null = null;
  const { client, outcome, flood } = await handshake(wire.value, address, {
    ...options,
    config: { ...login(credential), algorithms: algorithms(pinned.type) },
    credential,
    verify: (key) => {
      seen = key;
      return key.type === pinned.type && key.sha256 === pinned.sha256;
    },
  });
  try {
    if (!outcome.ok) return await explained(outcome, address, pinned, seen, options.signal);
    return await session({ client, socket: wire.value, flood }, address, credential, work, options);
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

const login = (credential: Credential): ConnectConfig =>
  credential.kind === "key"
    ? { username: credential.user, privateKey: credential.privateKey, authHandler: ["publickey"] }
    : { username: credential.user, password: credential.password, tryKeyboard: true };

type Handshake = SessionOptions & {
  config: ConnectConfig;
  credential?: Credential;
  verify: (key: HostKey) => boolean;
  onBanner?: (banner: string) => void;
};

/** `flood` tells, also after the login, that the server sends more than it may. */
type Handshaken = { client: ssh2.Client; outcome: Outcome; banner: string | null; flood: AbortSignal };

/** From the open socket to the login. Resolves once, whatever comes; the caller destroys client and socket. */
function handshake(socket: Socket, address: Address, options: Handshake): Promise<Handshaken> {
  return new Promise((resolve) => {
    const client = new ssh2.Client();
    const flood = new AbortController();
    let stage: "handshake" | "login" = "handshake";
    let ended = false;
    const end = (outcome: Outcome) => {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      options.signal?.removeEventListener("abort", abort);
      preface.close();
      resolve({ client, outcome, banner: preface.banner, flood: flood.signal });
    };
    const late = (ms: number) =>
      setTimeout(() => {
        // Something else that greets and waits, such as a mail server, is not silent.
        const other = preface.banner === null && !preface.silent;
        end(other ? MACHINE.notSsh(address.ip, address.port) : MACHINE.timeout(address.ip, address.port, ms / 1000));
      }, ms);
    let timer = late(HANDSHAKE_MS);
    const abort = () => end(MACHINE.connectionLost(address.ip));
    options.signal?.addEventListener("abort", abort, { once: true });
    const preface = new Preface(
      takingTurns(socket),
      (banner) => options.onBanner?.(banner),
      () => end(MACHINE.outputTooLarge(address.ip, "log in", 256 * 1024)),
    );
    const lost = () => end(lostRefusal(address, preface, options.recentlyRefused ?? false));
    const wrong = () => end(loginRefusal(address, options.credential));
    // Errors after the end are the far side's reaction to our hanging up.
    client.on("error", (error) => {
      if (/no matching host key/i.test(error.message)) end({ ...MACHINE.hostKeyChanged(address.ip), code: "no-host-key" });
      else if (stage === "login" && refusesLogin(error)) wrong();
      else lost();
    });
    socket.on("error", lost);
    socket.on("close", lost);
    client.on("handshake", () => {
      // Keys may be renewed as often as the server likes; that buys it no time.
      if (stage === "login") return;
      stage = "login";
      clearTimeout(timer);
      timer = late(LOGIN_MS);
    });
    client.on("ready", () => end(done(undefined)));
    client.on("change password", wrong);
    let answered = false;
    // Only for a question: ssh2 itself answers requests that ask nothing.
    client.on("keyboard-interactive", (_name, _instructions, _language, asked, answer) => {
      if (answered || asked.length !== 1 || asked[0]?.echo || options.credential?.kind !== "password") return wrong();
      answered = true;
      answer([options.credential.password]);
    });
    if (options.signal?.aborted) return abort();
    try {
      client.connect({
        ...options.config,
        ...(options.credential?.kind === "password" ? { authHandler: passwordHandler() } : {}),
        sock: socket,
        readyTimeout: 0,
        keepaliveInterval: 0,
        hostVerifier: (blob: Buffer) => options.verify(hostKeyOf(blob)),
      });
      guard(client, () => {
        end(flooded(address.ip));
        flood.abort();
      });
    } catch (error) {
      // ssh2 throws for a private key it can not parse: ours, so it is a fault of ours.
      socket.destroy();
      throw error;
    }
  });
}

/** "password" once; a server that only asks by keyboard-interactive is answered once. Nothing is tried twice: servers count. */
function passwordHandler(): AuthHandlerMiddleware {
  let tries = 0;
  // ssh2 passes null before the first try; its types do not say so.
  return (left: AuthenticationType[] | null, partial: boolean | null, next) => {
    tries += 1;
    if (tries === 1) return next("password");
    // Partial: the password was right, and the server asks for something that Regent does not have.
    const byKeyboard = tries === 2 && !partial && left?.includes("keyboard-interactive") && !left.includes("password");
    // Its types want a method, its code takes false for "no more".
    next((byKeyboard ? "keyboard-interactive" : false) as AuthenticationType);
  };
}

/** sshd that allows a single try (MaxAuthTries 1) disconnects instead of refusing. */
const refusesLogin = (error: Error & { level?: string }): boolean =>
  error.level === "client-authentication" || /too many authentication failures/i.test(error.message);

const loginRefusal = ({ ip }: Address, credential: Credential | undefined): Refusal =>
  credential?.kind === "key" ? MACHINE.keyRefused(ip, credential.user) : MACHINE.authRefused(ip);

function lostRefusal({ ip, port }: Address, { banner, silent, drops }: Preface, recentlyRefused: boolean): Refusal {
  if (drops === "shut-out" || (silent && recentlyRefused)) return MACHINE.penalised(ip, PENALTY_SECONDS);
  return banner === null && !silent && drops === null ? MACHINE.notSsh(ip, port) : MACHINE.connectionLost(ip);
}

/** Of all commands' output. */
const SESSION_MAX_BYTES = 4 * 1024 * 1024;
/** Over the wire an output is longer, the more so the shorter its writes; all else in a session is short. */
const WIRE_FACTOR = 3;
const WIRE_EXTRA_BYTES = 1024 * 1024;

async function session<T>(
  { client, socket, flood }: { client: ssh2.Client; socket: Socket; flood: AbortSignal },
  { ip }: Address,
  credential: Credential,
  work: (machine: Machine) => Promise<Outcome<T>>,
  options: SessionOptions,
): Promise<Outcome<T>> {
  const sessionMs = options.sessionMs ?? SESSION_MS;
  const budget = { bytes: SESSION_MAX_BYTES };
  const machine: Machine = {
    ip,
    run: (name, input = "") => {
      const command = COMMANDS[name];
      const line = command.privileged && credential.user !== "root" && command.execSudo !== null ? command.execSudo : command.exec;
      return runCommand(client, {
        ip,
        name,
        line,
        input,
        timeoutMs: command.timeoutMs,
        maxBytes: Math.max(0, Math.min(command.maxBytes, budget.bytes)),
        spent: (bytes) => void (budget.bytes -= bytes),
      });
    },
  };
  let timer: NodeJS.Timeout | undefined;
  let abort = () => {};
  const cut = new Promise<Refusal>((resolve) => {
    timer = setTimeout(() => resolve(MACHINE.commandTimeout(ip, "the whole session", sessionMs / 1000)), sessionMs);
    abort = () => resolve(MACHINE.connectionLost(ip));
    options.signal?.addEventListener("abort", abort, { once: true });
    flood.addEventListener("abort", () => resolve(flooded(ip)), { once: true });
    const wireMax = () => WIRE_EXTRA_BYTES + WIRE_FACTOR * (SESSION_MAX_BYTES - budget.bytes);
    limitBytes(socket, wireMax, (limit) => resolve(MACHINE.outputTooLarge(ip, "the whole session", limit)));
  });
  try {
    if (options.signal?.aborted) return MACHINE.connectionLost(ip);
    return await Promise.race([work(machine), cut]);
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", abort);
  }
}
