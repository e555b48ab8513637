/** One simulated server's SSH daemon: real SSH on a loopback address, with OpenSSH's manners. */
import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { ServerChannel, Session } from "ssh2";
import ssh2 from "ssh2";
import { answer, replies } from "@/lib/demo/answers";
import type { Exec } from "@/lib/demo/exec";
import type { Faults } from "@/lib/demo/faults";
import { readFaults } from "@/lib/demo/faults";
import type { DemoServer } from "@/lib/demo/fleet";
import { admits } from "@/lib/demo/login";
import { Penalties } from "@/lib/demo/penalties";
import { isAway } from "@/lib/demo/boot";
import { hostKeyOf } from "@/lib/demo/state";

export type Daemon = { close: () => void; port: number };

/** Wrong passwords on one connection before it is dropped (OpenSSH's MaxAuthTries, counted as a client sees it). */
const MAX_WRONG_PASSWORDS = 3;
const LATENCY_MS = { least: 2, spread: 18 };
/** The answers of a real host are short; a client that sends more than this on stdin is cut off. */
const MAX_STDIN_BYTES = 256 * 1024;

const IDENT: Record<string, string> = { debian: "OpenSSH_10.0p2 Debian-7", ubuntu: "OpenSSH_10.2p1 Ubuntu-2ubuntu3", rocky: "OpenSSH_8.0" };

type Place = { server: DemoServer; folder: string; penalties: Penalties; sockets: Map<number, Socket> };

/** Listens at the server's address; rejects when the port is taken. Port 0 takes any free one. */
export function startDaemon(server: DemoServer, port: number, folder: string): Promise<Daemon> {
  const place: Place = { server, folder, penalties: new Penalties(), sockets: new Map() };
  const daemons = new Map<string, ssh2.Server>();
  const daemonFor = (faults: Faults): ssh2.Server => {
    const name = faults.hostKey === "new" ? "host_key_new" : "host_key";
    const daemon = daemons.get(name) ?? createDaemon(place, hostKeyOf(folder, server, name));
    daemons.set(name, daemon);
    return daemon;
  };
  // As sshd: small packets must not wait for each other.
  const listener = createServer({ noDelay: true }, (socket) => {
    welcome(place, socket, daemonFor).catch((error: unknown) => fault(place, error, socket));
  });
  return new Promise((resolve, reject) => {
    listener.once("error", reject);
    listener.listen({ host: server.ip, port }, () => {
      listener.off("error", reject);
      // A listener on an IP address, as this one, always has an AddressInfo.
      resolve({ port: (listener.address() as AddressInfo).port, close: () => close(listener, place) });
    });
  });
}

function close(listener: ReturnType<typeof createServer>, { sockets }: Place): void {
  listener.close();
  for (const socket of sockets.values()) socket.destroy();
}

/** A fault of the simulation itself, such as a full disk, costs one connection. */
function fault({ server }: Place, error: unknown, socket: Socket | undefined): void {
  process.stderr.write(`The simulated server ${server.ip} failed: ${String(error)}\n`);
  socket?.destroy();
}

/** Everything that can go wrong before SSH begins. */
async function welcome(place: Place, socket: Socket, daemonFor: (faults: Faults) => ssh2.Server): Promise<void> {
  const { server, folder, penalties, sockets } = place;
  const faults = readFaults(folder, server.ip);
  const from = socket.remotePort ?? 0;
  sockets.set(from, socket);
  socket.on("close", () => sockets.delete(from));
  // A client may reset the connection at any moment; "close" follows and is all that matters.
  socket.on("error", () => undefined);
  if (faults.refuse || isAway(server, folder)) socket.resetAndDestroy();
  else if (penalties.dropsFrom(socket.remoteAddress ?? "", Date.now())) socket.end("Not allowed at this time\r\n", () => socket.destroy());
  else if (faults.hang === "banner") socket.resume();
  else {
    if (faults.delayMs) await sleep(faults.delayMs);
    if (!socket.destroyed) daemonFor(faults).injectSocket(socket);
  }
}

function createDaemon(place: Place, hostKey: string): ssh2.Server {
  const ident = IDENT[place.server.hardware.os.id] ?? "OpenSSH_10.0p2";
  return new ssh2.Server({ hostKeys: [hostKey], ident }, (connection, { ip, port }) => {
    let wrong = 0;
    // What the far side breaks ends its connection and nothing else.
    connection.on("error", () => undefined);
    connection.on("authentication", (context) => {
      if (readFaults(place.folder, place.server.ip).hang === "auth") return;
      if (admits(place.server, place.folder, context)) return context.accept();
      if (context.method === "password") {
        wrong += 1;
        place.penalties.wrongPassword(ip, Date.now());
      }
      if (wrong >= MAX_WRONG_PASSWORDS) connection.end();
      else context.reject(["publickey", "password"]);
    });
    connection.on("session", (accept) => serve(place, accept(), port));
  });
}

function serve(place: Place, session: Session, from: number): void {
  session.on("exec", (accept, _, { command }) => {
    execute(place, command, accept(), from).catch((error: unknown) => fault(place, error, place.sockets.get(from)));
  });
  // No terminal is needed for commands; a refused one is what `ssh -T` users see as well.
  session.on("shell", (_, reject) => reject());
  session.on("pty", (_, reject) => reject());
}

async function execute({ server, folder, sockets }: Place, command: string, channel: ServerChannel, from: number): Promise<void> {
  channel.on("error", () => undefined);
  const exec = (stdin: Promise<string>): Exec => ({
    server,
    folder,
    faults: readFaults(folder, server.ip),
    stdin,
    out: (text) => write(channel, text),
    err: (text) => void channel.stderr.write(text),
    gone: () => channel.destroyed || !channel.writable,
    drop: () => sockets.get(from)?.destroy(),
    cut: () => sockets.forEach((socket) => socket.destroy()),
  });
  const reply = replies(command);
  const exitCode = reply
    ? await converse(channel, (line) => reply(line, exec(NOTHING)), folder, server.ip)
    : await once(command, exec(readAll(channel)));
  if (exitCode === null) return;
  if (!channel.writable) return;
  channel.exit(exitCode);
  channel.end();
}

const NOTHING = Promise.resolve("");

const latencyMs = ({ delayMs = 0 }: Faults): number => delayMs + LATENCY_MS.least + Math.random() * LATENCY_MS.spread;

/** Null: it hangs, and nobody will ever answer. */
async function once(command: string, exec: Exec): Promise<number | null> {
  if (exec.faults.hang === "exec") return null;
  await sleep(latencyMs(exec.faults));
  return answer(command, exec);
}

const closed = (channel: ServerChannel): Promise<void> => new Promise((resolve) => channel.once("close", resolve));

const UNKNOWN_LINE = 64;
const LINE_MAX = 256;

/** Answers line by line until the client closes its end. Faults count from the next line on. */
async function converse(channel: ServerChannel, reply: (line: string) => string | null, folder: string, ip: string): Promise<number> {
  let rest = "";
  for await (const chunk of channel as AsyncIterable<Buffer>) {
    const lines = (rest + chunk.toString("latin1")).split("\n");
    rest = lines.pop()?.slice(0, LINE_MAX) ?? "";
    for (const line of lines) {
      const faults = readFaults(folder, ip);
      if (faults.hang === "exec") await closed(channel);
      await sleep(latencyMs(faults));
      const text = reply(line);
      if (text === null) return UNKNOWN_LINE;
      await write(channel, text);
    }
  }
  return 0;
}

/** Resolves when the client can take more, or is gone. */
function write(channel: ServerChannel, text: string | Buffer): Promise<void> {
  if (!channel.writable || channel.write(text)) return Promise.resolve();
  return new Promise((resolve) => {
    const go = () => {
      channel.off("drain", go).off("close", go);
      resolve();
    };
    channel.on("drain", go).on("close", go);
  });
}

/** All that the client sends until it closes its end of the pipe. */
function readAll(channel: ServerChannel): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  return new Promise((resolve) => {
    channel.on("data", (part: Buffer) => {
      size += part.length;
      if (size > MAX_STDIN_BYTES) channel.destroy();
      else parts.push(part);
    });
    const finish = () => resolve(Buffer.concat(parts).toString("utf8"));
    channel.on("end", finish).on("close", finish);
  });
}
