/** What may be done on a machine after the login: commands of the closed table, within one budget of bytes and one deadline. */
import type { Socket } from "node:net";
import type ssh2 from "ssh2";
import { MACHINE } from "../messages/machine";
import type { Outcome, Refusal } from "../outcome";
import { COMMANDS, KEPT_COMMANDS, type CommandName, type KeptCommandName } from "./commands";
import { converse, type Conversation } from "./converse";
import { flooded } from "./guard";
import type { Credential } from "./handshake";
import { runCommand, type Answer } from "./run-command";
import { limitBytes, type Address } from "./wire";

export interface Machine {
  readonly ip: string;
  /** Runs a command of the closed table; `input` is all of its standard input. */
  run(command: CommandName, input?: string): Promise<Outcome<Answer>>;
  /** Starts a command that answers one question after the other. For a session that is kept. */
  converse(command: KeptCommandName): Promise<Outcome<Conversation>>;
}

export type SessionOptions = {
  signal?: AbortSignal;
  /** For the whole session, milliseconds; beside it each command has its own limit. "kept" has no end of its own. */
  sessionMs?: number | "kept";
};

const SESSION_MS = 60_000;
/** Longer than usual; "kept" has its own questions to notice a silent machine by. */
export const isLong = ({ sessionMs }: SessionOptions): boolean => typeof sessionMs === "number" && sessionMs > SESSION_MS;
/** Of all commands' output. */
const SESSION_MAX_BYTES = 4 * 1024 * 1024;
/** Over the wire an output is longer, the more so the shorter its writes; all else in a session is short. */
const WIRE_FACTOR = 3;
const WIRE_EXTRA_BYTES = 1024 * 1024;

/** Does the work; ends it when its time or its bytes are spent, the signal comes, or the server floods. The caller hangs up. */
export async function session<T>(
  { client, socket, flood, renew }: { client: ssh2.Client; socket: Socket; flood: AbortSignal; renew: () => void },
  { ip }: Address,
  credential: Credential,
  work: (machine: Machine) => Promise<Outcome<T>>,
  options: SessionOptions,
): Promise<Outcome<T>> {
  const sessionMs = options.sessionMs ?? SESSION_MS;
  const budget = { bytes: SESSION_MAX_BYTES };
  let renewWire = () => {};
  const machine: Machine = {
    ip,
    converse: (name) => {
      const command = KEPT_COMMANDS[name];
      const renewAll = () => {
        renew();
        renewWire();
      };
      return converse(client, { ip, name, line: command.exec, timeoutMs: command.timeoutMs, maxBytes: command.maxBytes, renew: renewAll });
    },
    run: (name, input = "") => {
      // A migration is asked once a second how far it is: each answer is bounded, and how many there are is ours to decide.
      renew();
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
    if (sessionMs !== "kept")
      timer = setTimeout(() => resolve(MACHINE.commandTimeout(ip, "the whole session", sessionMs / 1000)), sessionMs);
    abort = () => resolve(MACHINE.connectionLost(ip));
    options.signal?.addEventListener("abort", abort, { once: true });
    flood.addEventListener("abort", () => resolve(flooded(ip)), { once: true });
    const wireMax = () => WIRE_EXTRA_BYTES + WIRE_FACTOR * (SESSION_MAX_BYTES - budget.bytes);
    renewWire = limitBytes(socket, wireMax, (limit) => resolve(MACHINE.outputTooLarge(ip, "the whole session", limit)));
  });
  try {
    if (options.signal?.aborted) return MACHINE.connectionLost(ip);
    return await Promise.race([work(machine), cut]);
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", abort);
  }
}
