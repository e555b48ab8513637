/** For tests only: a database with targets, notes to tell, and a clock that is moved by moving everything back. */
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AlarmNote, Note } from "@/lib/domain/notes";
import { mailServerAad } from "@/lib/domain/sealing";
import { db } from "@/lib/db";
import { seal } from "@/lib/secrets";
import { enqueue } from "@/lib/services/notify/enqueue";
import { ownDatabase } from "@/lib/services/testing";
import { LOGIN } from "./testing-smtp";

export const URL_OF_CONSOLE = "https://regent.example.com";

/** A database, and the environment in which this process may open what is sealed. */
export async function notifyBench(server?: string) {
  const database = await ownDatabase(server);
  const secrets = mkdtempSync(join(tmpdir(), "regent-seal-"));
  const keyFile = join(secrets, "seal.key");
  writeFileSync(keyFile, database.sealPrivateKey, { mode: 0o600 });
  Object.assign(process.env, { REGENT_SEAL_PRIVATE_KEY_FILE: keyFile, REGENT_URL: URL_OF_CONSOLE });
  const drop = async () => {
    await database.drop();
    rmSync(secrets, { recursive: true });
  };
  return { ...database, keyFile, drop };
}

export async function setServer(port: number, more: { authority?: string; security?: string } = {}): Promise<void> {
  const server = {
    host: "127.0.0.1",
    port,
    security: more.security ?? "none",
    login: LOGIN.user,
    sealed: seal(process.env.REGENT_SEAL_PUBLIC_KEY ?? "", LOGIN.password, mailServerAad({ host: "127.0.0.1", login: LOGIN.user })),
    authority: more.authority ?? null,
    sender: "regent@example.com",
  };
  await db.mailServer.upsert({ where: { id: 1 }, create: server, update: server });
}

export const addTarget = async (address: string, name = address): Promise<string> =>
  (await db.notifyTarget.create({ data: { kind: "email", name, address } })).id;

let numbers = 0;

export const alarmNote = (facts: Partial<AlarmNote> = {}): AlarmNote => ({
  kind: "alarm",
  alarmId: randomUUID(),
  alarm: "High CPU",
  severity: "critical",
  nodeId: randomUUID(),
  node: "compute-west-05",
  metric: "CPU",
  value: "97 %",
  threshold: "Greater than 80 %, 3 out of 5 datapoints of 1 minute",
  reason: "3 of 5 datapoints were greater than 80 %: 97, 95 and 91 %.",
  description: "",
  seq: (numbers += 1),
  was: "OK",
  becomes: "ALARM",
  at: "2026-11-26T12:04:31.000Z",
  ...facts,
});

export const tellTo = (targetId: string, ...notes: Note[]): Promise<number> =>
  db.$transaction((tx) =>
    enqueue(
      tx,
      notes.map((note) => ({ targetId, note })),
    ),
  );

/** So many seconds pass, for everything that is told. A sender that holds what this waits for, and waits for what this holds, goes first. */
export async function pass(seconds: number, tries = 5): Promise<void> {
  const span = `${seconds} seconds`;
  try {
    await db.$transaction([
      db.$executeRaw`UPDATE notification SET created_at = created_at - ${span}::interval, due_at = due_at - ${span}::interval`,
      db.$executeRaw`UPDATE delivery SET created_at = created_at - ${span}::interval, next_at = next_at - ${span}::interval,
                     leased_until = leased_until - ${span}::interval, ended_at = ended_at - ${span}::interval`,
      db.$executeRaw`UPDATE sign_of_life SET told_at = told_at - ${span}::interval`,
    ]);
  } catch (error) {
    if (tries === 1 || !String(error).includes(DEADLOCK)) throw error;
    await pass(seconds, tries - 1);
  }
}

const DEADLOCK = "40P01";
