/** Sends what is due to webhooks: several at once, for each waits for somebody else. */
import { notifyTargetAad } from "../../domain/sealing";
import { workerEnv } from "../../env";
import type { NotifyTarget } from "../../generated/prisma/client";
import { reportFault } from "../../log";
import { NOTIFY } from "../../messages/notify";
import { claim, giveBack, type Claimed } from "../../services/notify/claim";
import { arrived, missed } from "../../services/notify/outcome";
import { unseal } from "../reach";
import { pagerBodies, regentBody, slackBody, type Parcel, type Request } from "./bodies";
import type { Console } from "./compose";
import { post, type Posted, type PostOptions } from "./post";

const AT_ONCE = 4;
/** Requests of one delivery at once; PagerDuty takes 960 a minute. */
const PAGES_AT_ONCE = 8;

/** Takes and sends until nothing is due. */
export async function sendWebhooks(readConsole: () => Promise<Console>, signal: AbortSignal): Promise<void> {
  const first = await claim("webhook");
  if (!first) return;
  const console = await readConsole();
  const others = Array.from({ length: AT_ONCE - 1 }, async () => sendInTurn(await claim("webhook"), console, signal));
  await Promise.all([sendInTurn(first, console, signal), ...others]);
}

async function sendInTurn(first: Claimed | null, console: Console, signal: AbortSignal): Promise<void> {
  for (let next = first; next; next = signal.aborted ? null : await claim("webhook")) {
    const sent = await guarded(next, console, signal);
    if (sent.ok) await arrived(next, sent.value);
    else if (signal.aborted) await giveBack(next);
    else await missed(next, sent);
  }
}

async function guarded(claimed: Claimed, console: Console, signal: AbortSignal): Promise<Posted> {
  try {
    return await tellWebhook(claimed.target, claimed, console, signal);
  } catch (error) {
    return { ...NOTIFY.fault(reportFault(error, { delivery: claimed.id })), about: "message", lasting: false };
  }
}

/** All requests of one delivery. The far side may get one again, and knows it by its Idempotency-Key or its dedup_key. */
export async function tellWebhook(target: NotifyTarget, parcel: Parcel, console: Console, signal: AbortSignal): Promise<Posted> {
  const { REGENT_DEMO, REGENT_WEBHOOK_LOOPBACK } = workerEnv();
  const options: PostOptions = { loopback: REGENT_DEMO || REGENT_WEBHOOK_LOOPBACK, signal };
  const secret = target.sealed ? unseal(target.sealed, notifyTargetAad(target)).reveal() : "";
  const address = target.body === "slack" ? secret : target.address;
  const requests = requestsOf(target.body, parcel, console, secret);
  let answer = "";
  for (let index = 0; index < requests.length; index += PAGES_AT_ONCE) {
    const some = requests.slice(index, index + PAGES_AT_ONCE);
    const answers = await Promise.all(
      some.map(({ text, headers }, at) => post(address, text, { "Idempotency-Key": keyOf(parcel.id, index + at), ...headers }, options)),
    );
    for (const said of answers) {
      if (!said.ok) return hideIn(said, secret);
      answer = said.value;
    }
  }
  return { ok: true, value: answer.replaceAll(secret || "\0", "***") };
}

const keyOf = (id: string, index: number): string => (index === 0 ? id : `${id}-${index}`);

function requestsOf(body: string | null, parcel: Parcel, console: Console, secret: string): Request[] {
  if (body === "slack") return [slackBody(parcel, console)];
  if (body === "pagerduty") return pagerBodies(parcel, console, secret);
  return [regentBody(parcel, console, secret, Date.now())];
}

/** Receivers have been seen to repeat what they were sent. */
const hideIn = (refused: Exclude<Posted, { ok: true }>, secret: string): Posted =>
  secret ? { ...refused, reason: refused.reason.replaceAll(secret, "***") } : refused;
