/** From an open socket to the login, or to the refusal that says what the far side did wrong. */
import type { Socket } from "node:net";
import ssh2, { type AuthenticationType, type AuthHandlerMiddleware, type ConnectConfig } from "ssh2";
import { MACHINE } from "../messages/machine";
import { done, type Outcome, type Refusal } from "../outcome";
import type { HostKey } from "../domain/requests";
import { hostKeyOf } from "./algorithms";
import { flooded, guard } from "./guard";
import { Preface, takingTurns, type Address } from "./wire";

export type Credential = { kind: "password"; user: string; password: string } | { kind: "key"; user: string; privateKey: string };

const HANDSHAKE_MS = 5000;
const LOGIN_MS = 10_000;
const PENALTY_SECONDS = 20;

/** What ssh2 is told of a credential. */
export const login = (credential: Credential): ConnectConfig =>
  credential.kind === "key"
    ? { username: credential.user, privateKey: credential.privateKey, authHandler: ["publickey"] }
    : { username: credential.user, password: credential.password, tryKeyboard: true };

/** The refusal of an address that drops who has sent wrong passwords. */
export const penalised = ({ ip }: Address): Refusal => MACHINE.penalised(ip, PENALTY_SECONDS);

/** A far side that is gone is noticed after some 20 s; the kernel alone takes a quarter of an hour while something is on its way. */
const KEEP_ALIVE_MS = 5000;
const KEEP_ALIVE_MISSED = 3;

type Handshake = {
  signal?: AbortSignal;
  /** The address has refused a password lately: a dropped connection is then its penalty, not a fault of the network. */
  recentlyRefused?: boolean;
  config: ConnectConfig;
  credential?: Credential;
  /** Asks the far side now and then whether it is there: for sessions that last longer than one may be silent. */
  keepAlive?: boolean;
  verify: (key: HostKey) => boolean;
  onBanner?: (banner: string) => void;
};

/** `flood` tells, also after the login, that the server sends more than it may; `renew` begins that count anew. */
export type Handshaken = { client: ssh2.Client; outcome: Outcome; banner: string | null; flood: AbortSignal; renew: () => void };

/** From the open socket to the login. Resolves once, whatever comes; the caller destroys client and socket. */
export function handshake(socket: Socket, address: Address, options: Handshake): Promise<Handshaken> {
  return new Promise((resolve) => {
    const client = new ssh2.Client();
    const flood = new AbortController();
    let stage: "handshake" | "login" = "handshake";
    let ended = false;
    let renew = () => {};
    const end = (outcome: Outcome) => {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      options.signal?.removeEventListener("abort", abort);
      preface.close();
      resolve({ client, outcome, banner: preface.banner, flood: flood.signal, renew: () => renew() });
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
    if (options.signal?.aborted || socket.destroyed) return abort();
    try {
      client.connect({
        ...options.config,
        ...(options.credential?.kind === "password" ? { authHandler: passwordHandler() } : {}),
        sock: socket,
        readyTimeout: 0,
        keepaliveInterval: options.keepAlive ? KEEP_ALIVE_MS : 0,
        keepaliveCountMax: KEEP_ALIVE_MISSED,
        hostVerifier: (blob: Buffer) => options.verify(hostKeyOf(blob)),
      });
      renew = guard(client, () => {
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

function lostRefusal(address: Address, { banner, silent, drops }: Preface, recentlyRefused: boolean): Refusal {
  if (drops === "shut-out" || (silent && recentlyRefused)) return penalised(address);
  return banner === null && !silent && drops === null ? MACHINE.notSsh(address.ip, address.port) : MACHINE.connectionLost(address.ip);
}
