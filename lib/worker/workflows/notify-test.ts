import { MailTestRequest, TestResult, WebhookTestRequest } from "../../domain/requests";
import type { Note } from "../../domain/notes";
import { db, type Tx } from "../../db";
import { NOTIFY } from "../../messages/notify";
import { done, type Outcome } from "../../outcome";
import { SYSTEM } from "../../services/actor";
import { record } from "../../services/events/record";
import { serverWorks, targetWorks } from "../../services/notify/failing";
import { beginStep, endStep } from "../../services/operations/steps";
import type { Held } from "../held";
import { compose, mailHost, readConsole, type Console } from "../notify/compose";
import { mailAccess } from "../notify/mails";
import { openSession, type MailAccess, type Mailed } from "../notify/smtp";
import { tellWebhook } from "../notify/webhooks";
import { ended, keepResult, type Step } from "./step";

const MOST_LINES = 200;

const noteOf = ({ actorName, createdAt }: Held): Note => ({ kind: "test", by: actorName, alarm: null, at: createdAt.toISOString() });

/** All rungs in one session; each is shown as it is reached. A second try begins from the first, for a session can not be taken up. */
const climb: Step = async (operation) => {
  const console = await readConsole();
  const access = await mailAccess(console.url);
  if (!access.ok) return access;
  const { address, targetId } = MailTestRequest.parse(operation.request);
  const dialogue: string[] = [];
  const sent = await sendTest(operation, {
    access: access.value,
    address,
    console,
    onLine: (line) => void (dialogue.length < MOST_LINES && dialogue.push(line)),
  });
  await keepResult(operation, { dialogue, taken: sent.ok });
  if (!sent.ok) return sent;
  return ended(sent.value, { commit: (tx) => worksAgain(tx, targetId, true) });
};

type Test = { access: MailAccess; address: string; console: Console; onLine: (line: string) => void };

async function sendTest(operation: Held, { access, address, console, onLine }: Test): Promise<Mailed<string>> {
  const session = await openSession(access, { signal: operation.signal, onLine });
  if (!session.ok) return session;
  await endStep(db, operation.id, "connect", "ok", access.security === "none" ? "Not encrypted" : "Encrypted");
  await beginStep(operation, "login");
  const known = await session.value.login();
  if (known.ok) {
    await endStep(db, operation.id, "login", "ok", access.login ?? "Not needed");
    await beginStep(operation, "send");
  }
  const sent = known.ok
    ? await session.value.send({ recipient: address, raw: await testMail(operation, address, access, console) })
    : known;
  if (sent.ok) await endStep(db, operation.id, "send", "ok", sent.value);
  session.value.leave();
  return sent;
}

const testMail = (operation: Held, recipient: string, { sender }: MailAccess, console: Console): Promise<Buffer> =>
  compose(
    {
      messageId: `<${operation.id}@${mailHost(console.url)}>`,
      createdAt: operation.createdAt,
      recipient,
      sender,
      notes: [noteOf(operation)],
    },
    console,
  );

/** Reached by the climb; after a crash in the middle of it, climbed again. */
const reached: Step = async (operation) => (TestResult.safeParse(operation.result).data?.taken ? ended("") : climb(operation));

/** What arrives as a test would arrive as an alarm: what failed does not any more, and what waits goes now. */
async function worksAgain(tx: Tx, targetId: string | null, byMail: boolean): Promise<Outcome> {
  const target = targetId === null ? null : await tx.notifyTarget.findUnique({ where: { id: targetId } });
  const again = [byMail ? await serverWorks(tx) : null, target ? await targetWorks(tx, target) : null];
  for (const message of again) if (message) await record(tx, { kind: "notify.back", message, actor: SYSTEM });
  return done(undefined);
}

export const mailTestSteps = { connect: climb, login: reached, send: reached };

const post: Step = async (operation) => {
  const { targetId } = WebhookTestRequest.parse(operation.request);
  const target = await db.notifyTarget.findUnique({ where: { id: targetId } });
  if (!target) return NOTIFY.targetGone;
  const { id, createdAt, signal } = operation;
  const sent = await tellWebhook(target, { id, createdAt, notes: [noteOf(operation)] }, await readConsole(), signal);
  await keepResult(operation, { dialogue: [`POST ${target.address}`, sent.ok ? sent.value : sent.reason], taken: sent.ok });
  return sent.ok ? ended(sent.value, { commit: (tx) => worksAgain(tx, targetId, false) }) : sent;
};

export const webhookTestSteps = { post };
