/** Every way we know in which a server can be wrong or hostile, and what Regent says of it. `ip` stands for its address. */
import type { Socket } from "node:net";
import ssh2, { type AuthContext, type Connection, type ServerChannel } from "ssh2";
import type { Address } from "./dial";
import {
  answer,
  flood,
  HOST_KEY,
  listen,
  newKey,
  PASSWORD,
  protocolOf,
  sendRaw,
  sshServer,
  sshString,
  u32,
  type Behaviour,
  type Shell,
} from "./testing";

export type Hostile = {
  name: string;
  start: () => Promise<Address>;
  code: string;
  says: string | RegExp;
  /** The longest it may take, milliseconds. */
  withinMs: number;
  /** Text on the command's standard input. */
  input?: string;
  command?: "whoami" | "probe" | "installKey";
  recentlyRefused?: boolean;
};

/** A busy machine adds to each of them. */
const SOON = 8000;
const HANDSHAKE = 5000 + SOON;
const LOGIN = 10_000 + SOON;
const COMMAND = 10_000 + SOON;
const LOST = "The connection to 127.0.0.1 ended before it had answered.";
const NOT_SSH = /^127\.0\.0\.1 answered on port \d+, but not as an SSH service\.$/;
const SILENT = (seconds: number) => new RegExp(`^127\\.0\\.0\\.1 did not answer on port \\d+ within ${seconds} s\\.$`);
const PENALTY = "127.0.0.1 drops connections from this console after several refused passwords. Wait 20 s before trying again.";
const WRONG = "127.0.0.1 rejected the user or password.";
const LOGIN_FLOOD = "127.0.0.1 answered “log in” with more than 256 KiB.";
const FLOOD = "127.0.0.1 sent far more than an SSH session needs, so the connection was closed.";
const SLOW = "127.0.0.1 did not finish “whoami” within 10 s.";
const BIG = "127.0.0.1 answered “whoami” with more than 256 KiB.";

const raw = (speak: (socket: Socket) => void) => (): Promise<Address> => listen((socket) => speak(socket.resume()));
const ssh = (behaviour: Behaviour) => (): Promise<Address> => sshServer(behaviour);
const shell = (exec: (shell: Shell) => void) => ssh({ exec });
const keyboard = (ask: (attempt: AuthContext & { method: "keyboard-interactive" }, connection: Connection) => void) =>
  ssh({
    auth: (attempt, connection) =>
      attempt.method === "keyboard-interactive" ? ask(attempt, connection) : attempt.reject(["keyboard-interactive"]),
  });

/** One byte a second, for ever. */
function drip(write: (byte: string) => boolean): void {
  const timer = setInterval(() => write("a") || clearInterval(timer), 1000);
  timer.unref();
}

/** Sends packets by their bytes, again and again, in rounds that leave the others their turn. */
function pour(connection: Connection, channel: ServerChannel | null, packet: Buffer): void {
  let gone = false;
  connection.on("close", () => (gone = true)).on("end", () => (gone = true));
  const timer = setInterval(() => {
    if (gone) return clearInterval(timer);
    for (let i = 0; i < 500; i++) sendRaw(connection, packet);
  }, 10);
  timer.unref();
  channel?.on("close", () => (gone = true));
}

const EOF = 96;
const DATA_STDERR = 95;
const CHANNEL_REQUEST = 98;
const GLOBAL_REQUEST = 80;

const BEFORE_LOGIN: Hostile[] = [
  { name: "accepts and closes", start: raw((socket) => socket.end()), code: "connection-lost", says: LOST, withinMs: SOON },
  { name: "accepts and resets", start: raw((socket) => socket.resetAndDestroy()), code: "connection-lost", says: LOST, withinMs: SOON },
  { name: "says nothing", start: raw(() => undefined), code: "timeout", says: SILENT(5), withinMs: HANDSHAKE },
  {
    name: "is a web server",
    start: raw((socket) => socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n<html></html>")),
    code: "not-ssh",
    says: NOT_SSH,
    withinMs: SOON,
  },
  {
    name: "is TLS",
    start: raw((socket) => socket.end(Buffer.from("15030100020246", "hex"))),
    code: "not-ssh",
    says: NOT_SSH,
    withinMs: SOON,
  },
  {
    name: "has one endless line for a banner",
    start: raw((socket) => flood(socket, "A".repeat(4096))),
    code: "not-ssh",
    says: NOT_SSH,
    withinMs: SOON,
  },
  {
    name: "has endless lines for a banner",
    start: raw((socket) => flood(socket, "hello\r\n".repeat(500))),
    code: "not-ssh",
    says: NOT_SSH,
    withinMs: SOON,
  },
  {
    name: "drips its banner",
    start: raw((socket) => drip((byte) => socket.writable && socket.write(byte))),
    code: "not-ssh",
    says: NOT_SSH,
    withinMs: HANDSHAKE,
  },
  {
    name: "stalls in the handshake",
    start: raw((socket) => socket.write("SSH-2.0-Stalled\r\n")),
    code: "timeout",
    says: SILENT(5),
    withinMs: HANDSHAKE,
  },
  {
    name: "sends rubbish after its banner",
    start: raw((socket) => flood(socket, `SSH-2.0-Rubbish\r\n${"\xff".repeat(2000)}`)),
    code: "connection-lost",
    says: LOST,
    withinMs: SOON,
  },
  {
    name: "shuts out after refused passwords",
    start: raw((socket) => socket.end("Not allowed at this time\r\n")),
    code: "penalised",
    says: PENALTY,
    withinMs: SOON,
  },
  {
    name: "closes at once after a refused password",
    start: raw((socket) => socket.end()),
    recentlyRefused: true,
    code: "penalised",
    says: PENALTY,
    withinMs: SOON,
  },
  {
    name: "resets at once after a refused password",
    start: raw((socket) => socket.resetAndDestroy()),
    recentlyRefused: true,
    code: "penalised",
    says: PENALTY,
    withinMs: SOON,
  },
];

const IN_LOGIN: Hostile[] = [
  {
    name: "pours 1 MB of banners before the login",
    start: ssh({
      auth: (_attempt, connection) =>
        pour(connection, null, Buffer.concat([Buffer.from([53]), sshString("B".repeat(4000)), sshString("")])),
    }),
    code: "output-too-large",
    says: LOGIN_FLOOD,
    withinMs: SOON,
  },
  { name: "never answers the password", start: ssh({ auth: () => undefined }), code: "timeout", says: SILENT(10), withinMs: LOGIN },
  {
    name: "renews its keys for ever instead of answering",
    start: ssh({
      auth: (_attempt, connection) => void setInterval(() => protocolOf(connection).rekey(), 3000).unref(),
    }),
    code: "timeout",
    says: SILENT(10),
    withinMs: LOGIN,
  },
  {
    name: "hangs up at the password",
    start: ssh({ auth: (_attempt, connection) => connection.end() }),
    code: "connection-lost",
    says: LOST,
    withinMs: SOON,
  },
  {
    name: "allows one try and disconnects",
    start: ssh({
      auth: (_attempt, connection) =>
        sendRaw(connection, Buffer.concat([Buffer.from([1]), u32(2), sshString("Too many authentication failures"), sshString("")])),
    }),
    code: "auth-refused",
    says: WRONG,
    withinMs: SOON,
  },
  {
    name: "wants a new password first",
    start: ssh({
      auth: (_attempt, connection) => sendRaw(connection, Buffer.concat([Buffer.from([60]), sshString("Change it"), sshString("")])),
    }),
    code: "auth-refused",
    says: WRONG,
    withinMs: SOON,
  },
  {
    name: "asks 5,000 questions at once",
    start: keyboard((_attempt, connection) =>
      protocolOf(connection).authInfoReq(
        "",
        "",
        Array.from({ length: 5000 }, () => ({ prompt: "", echo: false })),
      ),
    ),
    code: "output-too-large",
    says: FLOOD,
    withinMs: SOON,
  },
  {
    name: "asks 200,000 times for nothing",
    start: keyboard((_attempt, connection) =>
      pour(connection, null, Buffer.concat([Buffer.from([60]), sshString(""), sshString(""), sshString(""), u32(0)])),
    ),
    code: "output-too-large",
    says: FLOOD,
    withinMs: SOON * 2,
  },
  {
    name: "asks 200,000 times for a password",
    start: keyboard((_attempt, connection) =>
      pour(
        connection,
        null,
        Buffer.concat([Buffer.from([60]), sshString(""), sshString(""), sshString(""), u32(1), sshString("Password: "), Buffer.from([0])]),
      ),
    ),
    code: "auth-refused",
    says: WRONG,
    withinMs: SOON,
  },
  {
    name: "announces 30 million questions, for which ssh2 makes room",
    start: keyboard((_attempt, connection) =>
      sendRaw(connection, Buffer.concat([Buffer.from([60]), sshString(""), sshString(""), sshString(""), u32(30_000_000)])),
    ),
    code: "output-too-large",
    says: FLOOD,
    withinMs: SOON,
  },
  {
    name: "renews its keys as fast as it can",
    start: shell(({ connection }) => {
      const again = (): void => protocolOf(connection).rekey();
      connection.on("rekey", () => setImmediate(again));
      again();
    }),
    code: "output-too-large",
    says: FLOOD,
    withinMs: COMMAND,
  },
  {
    name: "announces 4 billion questions and asks none",
    start: keyboard((_attempt, connection) =>
      sendRaw(connection, Buffer.concat([Buffer.from([60]), sshString(""), sshString(""), sshString(""), u32(2 ** 32 - 1)])),
    ),
    code: "output-too-large",
    says: FLOOD,
    withinMs: SOON,
  },
  { name: "proves its host key with another", start: impostor, code: "connection-lost", says: LOST, withinMs: SOON },
];

/** Shows the pinned key's public half and signs with a key of its own. */
function impostor(): Promise<Address> {
  const shown = ssh2.utils.parseKey(HOST_KEY.public);
  if (shown instanceof Error) throw shown;
  const onConnection = (connection: Connection) => {
    for (const key of Object.values(protocolOf(connection)._hostKeys)) key.getPublicSSH = () => shown.getPublicSSH();
  };
  return sshServer({ config: { hostKeys: [newKey().private] }, onConnection });
}

const IN_COMMANDS: Hostile[] = [
  { name: "says nothing after the command", start: shell(() => undefined), code: "command-timeout", says: SLOW, withinMs: COMMAND },
  {
    name: "drips one byte a second",
    start: shell(({ channel }) => drip((byte) => channel.writable && channel.write(byte))),
    code: "command-timeout",
    says: SLOW,
    withinMs: COMMAND,
  },
  {
    name: "answers but never closes",
    start: shell(({ channel }) => {
      channel.write("all\n");
      channel.exit(0);
    }),
    code: "command-timeout",
    says: SLOW,
    withinMs: COMMAND,
  },
  {
    name: "has endless output",
    start: shell(({ channel }) => flood(channel, "A".repeat(16_384))),
    code: "output-too-large",
    says: BIG,
    withinMs: SOON,
  },
  {
    name: "has endless errors",
    start: shell(({ channel }) => flood(channel.stderr, "A".repeat(16_384))),
    code: "output-too-large",
    says: BIG,
    withinMs: SOON,
  },
  {
    name: "has lines of 1 MB",
    start: shell(({ channel }) => flood(channel, `${"A".repeat(2 ** 20)}\n`)),
    code: "output-too-large",
    says: BIG,
    withinMs: SOON,
  },
  {
    name: "ends without an exit status",
    start: shell(({ channel }) => channel.close()),
    code: "connection-lost",
    says: LOST,
    withinMs: SOON,
  },
  { name: "refuses the channel", start: ssh({ noSession: true }), code: "connection-lost", says: LOST, withinMs: SOON },
  { name: "refuses the command", start: ssh({ noExec: true }), code: "connection-lost", says: LOST, withinMs: SOON },
  {
    name: "hangs up in the command",
    start: shell(({ connection }) => connection.end()),
    code: "connection-lost",
    says: LOST,
    withinMs: SOON,
  },
  {
    name: "disconnects with a reason and keeps the socket",
    start: shell(({ connection }) => sendRaw(connection, Buffer.concat([Buffer.from([1]), u32(2), sshString("bye"), sshString("")]))),
    code: "connection-lost",
    says: LOST,
    withinMs: SOON,
  },
  {
    name: "sends errors after their end",
    start: shell(({ channel, connection }) => {
      sendRaw(connection, Buffer.concat([Buffer.from([EOF]), u32(0)]));
      sendRaw(connection, Buffer.concat([Buffer.from([DATA_STDERR]), u32(0), u32(1), sshString("late")]));
      setTimeout(() => channel.close(), 200);
    }),
    code: "connection-lost",
    says: LOST,
    withinMs: SOON,
  },
  {
    name: "names a channel that can not be",
    start: shell(({ connection }) => sendRaw(connection, Buffer.concat([Buffer.from([EOF]), u32(2 ** 32 - 1)]))),
    code: "connection-lost",
    says: LOST,
    withinMs: SOON,
  },
  {
    name: "takes input in packets of no bytes",
    start: ssh({
      onConnection: (connection) => {
        const protocol = protocolOf(connection);
        const confirm = protocol.channelOpenConfirm.bind(protocol);
        protocol.channelOpenConfirm = (remote, local, window) => confirm(remote, local, window, 0);
      },
    }),
    command: "installKey",
    input: "ssh-ed25519 AAAA test\n",
    code: "connection-lost",
    says: LOST,
    withinMs: SOON,
  },
  {
    name: "pours questions about the connection",
    start: shell(({ connection, channel }) =>
      pour(connection, channel, Buffer.concat([Buffer.from([GLOBAL_REQUEST]), sshString("?".repeat(200)), Buffer.from([1])])),
    ),
    code: "output-too-large",
    says: FLOOD,
    withinMs: COMMAND,
  },
  {
    name: "pours questions about the channel",
    start: shell(({ connection, channel }) =>
      pour(
        connection,
        channel,
        Buffer.concat([Buffer.from([CHANNEL_REQUEST]), u32(0), sshString("keepalive@openssh.com"), Buffer.from([1])]),
      ),
    ),
    code: "output-too-large",
    says: FLOOD,
    withinMs: COMMAND,
  },
  {
    name: "answers the probe with NUL, ANSI and no sense",
    command: "probe",
    start: shell(({ channel }) => answer(channel, "@@probe 1\n@@files\n/etc/hostname:\u0000\u001b[31m\u202e\n@@end\n")),
    code: "bad-answer",
    says: /^[^\n]{10,200}\.$/,
    withinMs: SOON,
  },
];

export const HOSTILE: readonly Hostile[] = [...BEFORE_LOGIN, ...IN_LOGIN, ...IN_COMMANDS];
export const RIGHT_PASSWORD = { kind: "password", user: "root", password: PASSWORD } as const;
