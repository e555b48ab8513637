/** For tests only: a real mail server in this process, whose misbehaviour is chosen, and certificates. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

export type Received = { from: string; to: string[]; raw: string; secure: boolean; user: string };
export type TestServer = { port: number; received: Received[]; close: () => Promise<void> };
/** Answers of the server in place of its usual ones. */
export type Refusals = {
  login?: string;
  sender?: string;
  recipient?: string;
  data?: string;
  hangAtData?: boolean;
  closeAtData?: boolean;
  breaksOffAt?: string;
  mailsPerSession?: number;
};

const failure = (answer: string): Error =>
  Object.assign(new Error(answer.replace(/^\d+ /, "")), { responseCode: Number(/^\d+/.exec(answer)?.[0] ?? 550) });

export const LOGIN = { user: "regent", password: "Kanarienvogel-7?&" };

/** Listens on loopback; `received` grows with each mail that it took. */
export async function mailServer(options: SMTPServerOptions = {}, refusals: Refusals = {}): Promise<TestServer> {
  const received: Received[] = [];
  const mails = new Map<string, number>();
  const answer = (text: string | undefined, done: (error?: Error | null) => void) => done(text ? failure(text) : null);
  const server = new SMTPServer({
    disableReverseLookup: true,
    authOptional: true,
    closeTimeout: 100,
    logger: false,
    onAuth: ({ username, password }, _session, done) =>
      refusals.login || username !== LOGIN.user || password !== LOGIN.password
        ? done(failure(refusals.login ?? "535 5.7.8 Authentication failed"))
        : done(null, { user: username }),
    onMailFrom: (_address, session, done) => {
      const carried = (mails.get(session.id) ?? 0) + 1;
      mails.set(session.id, carried);
      const most = refusals.mailsPerSession ?? Number.POSITIVE_INFINITY;
      answer(carried > most ? "421 4.7.0 Too many messages in this session" : refusals.sender, done);
    },
    onRcptTo: ({ address }, _session, done) => {
      if (address === refusals.breaksOffAt) for (const connection of server.connections) connection.close();
      else answer(refusals.recipient, done);
    },
    onData: (stream, session, done) => {
      if (refusals.closeAtData) {
        for (const connection of server.connections) connection.close();
        return;
      }
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        if (refusals.hangAtData) return;
        if (refusals.data) return done(failure(refusals.data));
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString(),
          secure: session.secure,
          user: String(session.user ?? ""),
        });
        done(null, "2.0.0 taken");
      });
    },
    ...options,
  });
  // Clients that leave in the middle are what is tested.
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo; // it listens on TCP
  return { port, received, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

export type Certificate = { key: string; cert: string };

/** Signed by itself. `days` may lie in the past. */
export function certificate({ names = "IP:127.0.0.1,DNS:localhost", days = 2 } = {}): Certificate {
  const folder = mkdtempSync(join(tmpdir(), "regent-cert-"));
  const file = (name: string) => join(folder, name);
  const openssl = (...words: string[]) => execFileSync("openssl", words, { stdio: "pipe" });
  try {
    openssl(
      "req",
      "-new",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:prime256v1",
      "-nodes",
      "-keyout",
      file("key"),
      "-out",
      file("csr"),
      "-subj",
      "/CN=mail",
      "-addext",
      `subjectAltName=${names}`,
    );
    openssl(
      "x509",
      "-req",
      "-in",
      file("csr"),
      "-signkey",
      file("key"),
      "-days",
      String(days),
      "-copy_extensions",
      "copy",
      "-out",
      file("cert"),
    );
    return { key: readFileSync(file("key"), "utf8"), cert: readFileSync(file("cert"), "utf8") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
