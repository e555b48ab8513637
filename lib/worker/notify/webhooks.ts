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
  // All of them have ended before the loop begins again, also those that a lost database did not end.
  const ended = await Promise.allSettled([sendInTurn(first, console, signal), ...others]);
  for (const one of ended) if (one.status === "rejected") throw one.reason;
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
  const secret = target.sealed ? unseal(target.sealed, notifyTargetAad(target)).reveal() : "";
  const options: PostOptions = { loopback: REGENT_DEMO || REGENT_WEBHOOK_LOOPBACK, signal, hide: hider(secret) };
  const address = target.body === "slack" ? secret : target.address;
  const requests = requestsOf(target.body, parcel, console, secret);
  // A trigger that is stepped over, and taken later, would open again what was resolved meanwhile.
  const inOrder = target.body === "pagerduty";
  let answer = "";
  for (const some of batches(requests)) {
    const answers = await Promise.all(
      some.map(({ text, headers, index }) => post(address, text, { "Idempotency-Key": keyOf(parcel.id, index), ...headers }, options)),
    );
    for (const said of answers) {
      if (!said.ok) return inOrder ? { ...said, about: "recipient" } : said;
      answer = said.value;
    }
  }
  return { ok: true, value: answer };
}

type Numbered = Request & { index: number };

/** Some at a time, and of one key one after the other: a resolve that overtakes its trigger leaves an incident open for ever. */
function batches(requests: readonly Request[]): Numbered[][] {
  const turns: Numbered[][] = [];
  const seen = new Map<string, number>();
  for (const [index, request] of requests.entries()) {
    const turn = request.key === undefined ? 0 : (seen.get(request.key) ?? 0);
    if (request.key !== undefined) seen.set(request.key, turn + 1);
    (turns[turn] ??= []).push({ ...request, index });
  }
  return turns.flatMap((turn) =>
    Array.from({ length: Math.ceil(turn.length / PAGES_AT_ONCE) }, (_, batch) =>
      turn.slice(batch * PAGES_AT_ONCE, (batch + 1) * PAGES_AT_ONCE),
    ),
  );
}

const keyOf = (id: string, index: number): string => (index === 0 ? id : `${id}-${index}`);

function requestsOf(body: string | null, parcel: Parcel, console: Console, secret: string): Request[] {
  if (body === "slack") return [slackBody(parcel, console)];
  if (body === "pagerduty") return pagerBodies(parcel, console, secret);
  return [regentBody(parcel, console, secret, Date.now())];
}

const HIDDEN = "***";

/** Receivers have been seen to repeat what they were sent. Of an address that is secret itself, a redirect may name the path alone. */
function hider(secret: string): (text: string) => string {
  const url = URL.canParse(secret) ? new URL(secret) : null;
  const forms = [secret, ...(url ? [`${url.pathname}${url.search}`, url.pathname] : [])].filter((form) => form.length > 1);
  return (text) => forms.reduce((rest, form) => rest.replaceAll(form, HIDDEN), text);
}
