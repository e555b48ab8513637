/** A TCP connection to a machine, with a deadline for the connect and a limit on what may come before the login. */
import { createConnection, type Socket } from "node:net";
import { MACHINE } from "../messages/machine";
import type { Refusal } from "../outcome";

export type Address = { ip: string; port: number };

export const CONNECT_MS = 5000;
const KEEP_ALIVE_MS = 10_000;

/** `answered`: a host took the connection, and broke it before this side had seen it open. */
export type ConnectRefusal = Refusal & { answered?: true };

type Connected = { ok: true; value: Socket } | ConnectRefusal;

export function connect({ ip, port }: Address, signal?: AbortSignal): Promise<Connected> {
  if (signal?.aborted) return Promise.resolve(MACHINE.connectionLost(ip));
  return new Promise((resolve) => {
    // A command may run for half an hour and say nothing: a host that lost its power meanwhile is noticed by the kernel within 20 s.
    const socket = createConnection({ host: ip, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS });
    const end = (outcome: Connected) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      socket.off("error", failed);
      if (!outcome.ok) socket.destroy();
      resolve(outcome);
    };
    const failed = (error: NodeJS.ErrnoException) => end(connectRefusal({ ip, port }, error));
    const abort = () => end(MACHINE.connectionLost(ip));
    const timer = setTimeout(() => end(MACHINE.timeout(ip, port, CONNECT_MS / 1000)), CONNECT_MS);
    signal?.addEventListener("abort", abort, { once: true });
    socket.once("error", failed);
    socket.once("connect", () => {
      // Who waits for a login finds it broken when its turn comes; an error that nobody hears would end the process.
      socket.on("error", () => undefined);
      end({ ok: true, value: socket });
    });
  });
}

function connectRefusal({ ip, port }: Address, { code }: NodeJS.ErrnoException): ConnectRefusal {
  if (code === "ECONNREFUSED") return MACHINE.refused(ip, port);
  if (code === "EHOSTUNREACH" || code === "ENETUNREACH" || code === "EHOSTDOWN") return MACHINE.unreachable(ip);
  // The answer to a first packet that nobody wants is ECONNREFUSED; only a connection that was taken can be reset.
  if (code === "ECONNRESET") return { ...MACHINE.connectionLost(ip), answered: true };
  return code === "ETIMEDOUT" ? MACHINE.timeout(ip, port, CONNECT_MS / 1000) : MACHINE.connectionLost(ip);
}

/**
 * Lets a socket have one chunk a turn of the event loop, and writes what answers it at once. Left alone, libuv reads 2 MB of one
 * socket before another gets its turn, and the tens of thousands of small packets in them take seconds.
 */
export function takingTurns(socket: Socket): Socket {
  return socket.on("data", () => {
    socket.pause().cork();
    setImmediate(() => {
      socket.uncork();
      socket.resume();
    });
  });
}

/**
 * Calls back when more bytes have come than the limit is by then, whatever they say: ssh2 answers much of it, and keeps the answers.
 * Returns how to begin the count anew.
 */
export function limitBytes(socket: Socket, maxBytes: () => number, onFlood: (limitBytes: number) => void): () => void {
  let bytes = 0;
  socket.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes()) onFlood(maxBytes());
  });
  return () => void (bytes = 0);
}

const PREFACE_MAX_BYTES = 256 * 1024;
const LINE_MAX = 256;

/** Watches what comes before the login is done: the first line, and how much in all. */
export class Preface {
  banner: string | null = null;
  /** What sshd says instead of a banner: to a source of wrong passwords, and to everybody while too many knock. */
  drops: "shut-out" | "busy" | null = null;
  private line = "";
  private bytes = 0;
  private open = true;

  constructor(socket: Socket, onBanner: (banner: string) => void, onFlood: () => void) {
    socket.on("data", (chunk: Buffer) => {
      if (!this.open) return;
      this.bytes += chunk.length;
      if (this.bytes > PREFACE_MAX_BYTES) return onFlood();
      if (this.banner !== null) return;
      const lines = (this.line + chunk.toString("latin1")).split("\n");
      this.line = lines.pop()?.slice(0, LINE_MAX) ?? "";
      for (const line of lines) if (this.banner === null) this.read(line, onBanner);
    });
  }

  /** Lines before the identification are allowed by the protocol, and shown to nobody. */
  private read(line: string, onBanner: (banner: string) => void): void {
    if (line.startsWith("Not allowed at this time")) this.drops = "shut-out";
    if (line.startsWith("Exceeded MaxStartups")) this.drops = "busy";
    const banner = /^(SSH-[^\r]{1,250})\r?$/.exec(line)?.[1];
    if (banner === undefined) return;
    this.banner = banner.replace(/[^\x20-\x7e]/g, "?");
    onBanner(this.banner);
  }

  get silent(): boolean {
    return this.bytes === 0;
  }

  /** The login is done: commands have limits of their own. */
  close(): void {
    this.open = false;
  }
}
