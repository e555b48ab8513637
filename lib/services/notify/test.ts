import { MailTestRequest, TestResult, WebhookTestRequest } from "../../domain/requests";
import { db } from "../../db";
import { NOTIFY } from "../../messages/notify";
import { SMTP } from "../../messages/smtp";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { startOnce, type Started } from "../nodes/start-once";
import { startOperation } from "../operations/start";
import { readRegion } from "../region";

/** Sends a test mail through the mail server that is set. The worker does it: only it can open the password. */
export const testMail = ({ address }: { address: string }, call: Call): Promise<Outcome<Started>> => testMailTo(address, null, call);

const testMailTo = (address: string, targetId: string | null, call: Call): Promise<Outcome<Started>> =>
  startOnce(
    call,
    { kind: "mailTest", isSame: async (_tx, { request }) => MailTestRequest.safeParse(request).data?.address === address },
    async (tx) => {
      if ((await tx.mailServer.count()) === 0) return SMTP.noServer;
      const { now } = await readRegion(tx);
      return done({ operationId: await startOperation(tx, { kind: "mailTest", call, request: { address, targetId }, now }) });
    },
  );

/** Tells a target that this is a test. */
export async function testTarget({ targetId }: { targetId: string }, call: Call): Promise<Outcome<Started>> {
  const target = await db.notifyTarget.findUnique({ where: { id: targetId } });
  if (!target) return NOTIFY.targetGone;
  if (!target.enabled) return NOTIFY.isOff(target.name);
  if (target.kind === "email") return testMailTo(target.address, targetId, call);
  return startOnce(
    call,
    { kind: "webhookTest", isSame: async (_tx, { request }) => WebhookTestRequest.safeParse(request).data?.targetId === targetId },
    async (tx) => {
      const { now } = await readRegion(tx);
      return done({ operationId: await startOperation(tx, { kind: "webhookTest", call, request: { targetId }, now }) });
    },
  );
}

/** What was said in a test, as far as it has come; null: nothing yet, or no such test. */
export async function readTestDialogue({ operationId }: { operationId: string }): Promise<Outcome<string[] | null>> {
  const test = await db.operation.findFirst({
    where: { id: operationId, kind: { in: ["mailTest", "webhookTest"] } },
    select: { result: true },
  });
  return done(TestResult.safeParse(test?.result).data?.dialogue ?? null);
}
