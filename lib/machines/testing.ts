/** Servers on loopback for the tests of the dialler: honest SSH that counts what it is sent, and sockets that speak as they like. */
import { createHash } from "node:crypto";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import ssh2, { type AuthContext, type Connection, type ServerChannel, type ServerConfig } from "ssh2";
import type { Address, HostKey } from "./dial";

export const PASSWORD = "correct horse";

/** An ed25519 pair that ssh2 can read back; about 1 in 200 of its own can not be. */
export function newKey(): { private: string; public: string } {
  const pair = ssh2.utils.generateKeyPairSync("ed25519");
  return ssh2.utils.parseKey(pair.private) instanceof Error ? newKey() : pair;
}

export function fingerprintOf(publicLine: string): HostKey {
  const [type = "", body = ""] = publicLine.split(" ");
  const digest = createHash("sha256").update(Buffer.from(body, "base64")).digest("base64");
  return { type, sha256: `SHA256:${digest.replace(/=+$/, "")}` };
}

/** A pin that no host has. */
export const NOBODY: HostKey = { type: "ssh-ed25519", sha256: `SHA256:${"A".repeat(43)}` };

export const HOST_KEY = newKey();
export const PIN = fingerprintOf(HOST_KEY.public);

const open = new Set<{ server: Server; sockets: Set<Socket> }>();

/** Listens on a free port of 127.0.0.1 until closeAll(). */
export function listen(speak: (socket: Socket) => void): Promise<Address> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    // The dialler hangs up as it likes; that is no fault of a server.
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    speak(socket);
  });
  open.add({ server, sockets });
  return new Promise((resolve) => {
    // A listener on an IP address, as this one, always has an AddressInfo.
    server.listen(0, "127.0.0.1", () => resolve({ ip: "127.0.0.1", port: (server.address() as AddressInfo).port }));
  });
}

/** Connections that the dialler has not closed yet. */
export const connections = (): number => [...open].reduce((sum, { sockets }) => sum + sockets.size, 0);

export async function closeAll(): Promise<void> {
  const all = [...open];
  open.clear();
  for (const { sockets } of all) for (const socket of sockets) socket.destroy();
  await Promise.all(all.map(({ server }) => new Promise((resolve) => server.close(resolve))));
}

/** After each test: nothing may be connected any more, a moment after its end at the latest. */
export async function leaveNothingOpen(): Promise<void> {
  for (let i = 0; connections() && i < 50; i++) await sleep(20);
  const left = connections();
  await closeAll();
  if (left) throw new Error(`${left} connections were left open.`);
}

/** Sends a text again and again, no faster than it is read. */
export function flood(stream: NodeJS.WritableStream & { destroyed?: boolean; closed?: boolean }, chunk: Buffer | string): void {
  let gone = false;
  stream.on("close", () => (gone = true)).on("error", () => (gone = true));
  const more = () => {
    if (!gone) stream.write(chunk, () => setImmediate(more));
  };
  more();
}

/** What of ssh2's own protocol object the hostile servers need; its types keep it to themselves. */
type Protocol = {
  _hostKeys: Record<string, { getPublicSSH: () => Buffer }>;
  _cipher: { encrypt(packet: Uint8Array): void };
  _packetRW: { write: { allocStart: number; alloc(size: number): Uint8Array; finalize(packet: Uint8Array): Uint8Array } };
  channelOpenConfirm(remote: number, local: number, window: number, packetSize: number): void;
  serviceAccept(name: string): void;
  authInfoReq(name: string, instructions: string, prompts: unknown[]): void;
  authFailure(methods: string[], partial?: boolean): void;
  authSuccess(): void;
  rekey(): void;
  requestFailure(): void;
};

// ssh2 1.17 keeps its protocol under this name, in the client's and in the server's connections.
export const protocolOf = (connection: Connection): Protocol => (connection as unknown as { _protocol: Protocol })._protocol;

/** Sends one packet, whatever it says. */
export function sendRaw(connection: Connection, payload: Buffer): void {
  const { _cipher, _packetRW } = protocolOf(connection);
  const packet = _packetRW.write.alloc(payload.length);
  packet.set(payload, _packetRW.write.allocStart);
  _cipher.encrypt(_packetRW.write.finalize(packet));
}

export const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
export const sshString = (text: string): Buffer => Buffer.concat([u32(Buffer.byteLength(text)), Buffer.from(text)]);

export type Shell = { line: string; channel: ServerChannel; connection: Connection };

export type Behaviour = {
  config?: Partial<ServerConfig>;
  /** Right after the TCP connect, before ssh2 is given the socket. */
  onSocket?: (socket: Socket) => void;
  onConnection?: (connection: Connection, socket: Socket) => void;
  /** Default: the password PASSWORD is right, all else wrong. */
  auth?: (attempt: AuthContext, connection: Connection) => void;
  /** Default: answers nothing and exits with 0. */
  exec?: (shell: Shell) => void;
  /** Refuse to run commands. */
  noExec?: boolean;
  noSession?: boolean;
};

export type SshPlace = Address & {
  /** Every attempt as the server met it: "password:wrong", "publickey?" (a query), "publickey!" (signed). */
  attempts: string[];
  lines: string[];
};

const passwordOnly = (attempt: AuthContext): void =>
  attempt.method === "password" && attempt.password === PASSWORD ? attempt.accept() : attempt.reject(["password"]);

function describe(attempt: AuthContext): string {
  if (attempt.method === "password") return `password:${attempt.password}`;
  return attempt.method === "publickey" ? `publickey${attempt.signature ? "!" : "?"}` : attempt.method;
}

/** A real SSH server; what it does not get told otherwise it does honestly. */
export async function sshServer(behaviour: Behaviour = {}): Promise<SshPlace> {
  const { auth = passwordOnly, exec = ({ channel }) => answer(channel, "") } = behaviour;
  const attempts: string[] = [];
  const lines: string[] = [];
  const bySocket = (socket: Socket) => {
    behaviour.onSocket?.(socket);
    const server = new ssh2.Server({ hostKeys: [HOST_KEY.private], ident: "OpenSSH_9.2p1 Debian-2", ...behaviour.config });
    server.on("connection", (connection) => {
      connection.on("error", () => undefined);
      behaviour.onConnection?.(connection, socket);
      connection.on("authentication", (attempt) => {
        attempts.push(describe(attempt));
        auth(attempt, connection);
      });
      connection.on("session", (accept, reject) => {
        if (behaviour.noSession) return reject();
        accept().on("exec", (acceptExec, rejectExec, { command }) => {
          lines.push(command);
          if (behaviour.noExec) return rejectExec();
          const channel = acceptExec();
          channel.on("error", () => undefined);
          exec({ line: command, channel, connection });
        });
      });
    });
    server.injectSocket(socket);
  };
  return { ...(await listen(bySocket)), attempts, lines };
}

/** Ends a command as a host does. */
export function answer(channel: ServerChannel, stdout: string | Buffer, exitCode = 0): void {
  channel.write(stdout, () => {
    channel.exit(exitCode);
    channel.end();
  });
}
