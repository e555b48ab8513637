/** A TCP connection to a machine, with a deadline for the connect and a limit on what may come before the login. */
import { createConnection, type Socket } from "node:net";
import { MACHINE } from "../messages";
import { done, type Outcome, type Refusal } from "../outcome";

export type Address = { ip: string; port: number };

export const CONNECT_MS = 5000;

export function connect({ ip, port }: Address, signal?: AbortSignal): Promise<Outcome<Socket>> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: ip, port, noDelay: true });
    const end = (outcome: Outcome<Socket>) => {
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
    socket.once("connect", () => end(done(socket)));
  });
}

function connectRefusal({ ip, port }: Address, { code }: NodeJS.ErrnoException): Refusal {
  if (code === "ECONNREFUSED") return MACHINE.refused(ip, port);
  if (code === "EHOSTUNREACH" || code === "ENETUNREACH" || code === "EHOSTDOWN") return MACHINE.unreachable(ip);
  return code === "ETIMEDOUT" ? MACHINE.timeout(ip, port, CONNECT_MS / 1000) : MACHINE.connectionLost(ip);
}

const PREFACE_MAX_BYTES = 256 * 1024;

/** Watches what comes before the login is done: the first line, and how much in all. */
export class Preface {
  banner: string | null = null;
  private head = Buffer.alloc(0);
  private bytes = 0;
  private open = true;

  constructor(socket: Socket, onBanner: (banner: string) => void, onFlood: () => void) {
    socket.on("data", (chunk: Buffer) => {
      if (!this.open) return;
      this.bytes += chunk.length;
      if (this.bytes > PREFACE_MAX_BYTES) return onFlood();
      if (this.banner !== null) return;
      this.head = Buffer.concat([this.head, chunk.subarray(0, 1024)]);
      // Lines before the identification are allowed by the protocol, and shown to nobody.
      const line = /(?:^|\n)(SSH-[^\r\n]{1,250})\r?\n/.exec(this.head.toString("latin1"))?.[1];
      if (line === undefined) return;
      this.banner = line.replace(/[^\x20-\x7e]/g, "?");
      onBanner(this.banner);
    });
  }

  get silent(): boolean {
    return this.bytes === 0;
  }

  /** The login is done: commands have limits of their own. */
  close(): void {
    this.open = false;
  }
}
