/**
 * One request to a webhook. Its name is looked up once, every address of it is judged, and the connection goes to the one that was
 * judged: a name that changes its mind between the two reaches nothing. Redirects are not followed.
 */
import { lookup } from "node:dns/promises";
import { request as http, type IncomingMessage } from "node:http";
import { request as https } from "node:https";
import type { LookupFunction } from "node:net";
import { plainLine } from "../../domain/plain-text";
import { WEBHOOK } from "../../messages/webhook";
import { done, type Outcome, type Refusal } from "../../outcome";
import { forbidden, hostOf, webhookUrl } from "../../services/notify/webhook-address";
import type { Missed } from "../../services/notify/outcome";

export const DEADLINE_MS = 10_000;
const ANSWER_BYTES = 64 * 1024;
const SAID_CHARACTERS = 300;

/** `hide` takes out of the far side's words what nobody may read. */
export type PostOptions = { loopback: boolean; signal: AbortSignal; deadlineMs?: number; hide?: (text: string) => string };
export type Posted = { ok: true; value: string } | Missed;

/** Answers with the far side's words once it has taken the text with a status from 200 to 299. */
export async function post(address: string, text: string, headers: Record<string, string>, options: PostOptions): Promise<Posted> {
  const { deadlineMs = DEADLINE_MS, hide = (said) => said } = options;
  const deadline = AbortSignal.timeout(deadlineMs);
  const signal = AbortSignal.any([deadline, options.signal]);
  const judged = webhookUrl(address, options.loopback);
  if (!judged.ok) return lasting(judged);
  const url = judged.value;
  const host = hostOf(url);
  try {
    const place = await resolve(host, options.loopback, signal);
    return place.ok ? await exchange(url, place.value, { text, headers, hide }, signal) : lasting(place);
  } catch (error) {
    return { ...explain(error, host, deadline.aborted, deadlineMs), about: "recipient", lasting: false };
  }
}

const lasting = (refusal: Refusal): Missed => ({ ...refusal, about: "recipient", lasting: true });

type Place = { address: string; family: number };

/** All of its addresses must be allowed: which one a receiver would be reached by is not ours to guess. */
async function resolve(host: string, loopback: boolean, signal: AbortSignal): Promise<Outcome<Place>> {
  const places = await Promise.race([lookup(host, { all: true }), aborted(signal)]);
  for (const { address } of places) {
    const what = forbidden(address, loopback);
    if (what) return WEBHOOK.forbidden(host === address ? host : `${host} (${address})`, what);
  }
  const [place] = places;
  return place ? done(place) : WEBHOOK.noName(host);
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true }));

const pinned =
  ({ address, family }: Place): LookupFunction =>
  (_host, { all }, answer) =>
    all ? answer(null, [{ address, family }]) : answer(null, address, family);

type Parcel = { text: string; headers: Record<string, string>; hide: (text: string) => string };

function exchange(url: URL, place: Place, { text, headers, hide }: Parcel, signal: AbortSignal): Promise<Posted> {
  const body = Buffer.from(text);
  return new Promise((settle, reject) => {
    const options = {
      method: "POST",
      // A connection of its own: one that is kept could lead where its name no longer leads.
      agent: false,
      lookup: pinned(place),
      signal,
      headers: { "Content-Type": "application/json; charset=utf-8", "Content-Length": body.length, "User-Agent": "Regent", ...headers },
    };
    const request = (url.protocol === "https:" ? https : http)(url, options, (answer) => {
      // Before it is cut: half a secret is one, too.
      read(answer).then((said) => settle(judge(answer, hostOf(url), (words) => plainLine(hide(words), SAID_CHARACTERS), said)), reject);
    });
    request.on("error", reject);
    request.end(body);
  });
}

/** No more than so much, whatever is sent. */
async function read(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer) {
    const part = chunk as Buffer; // no encoding is set
    chunks.push(part.subarray(0, ANSWER_BYTES - length));
    length += part.length;
    if (length >= ANSWER_BYTES) break; // which also ends the connection
  }
  return Buffer.concat(chunks).toString();
}

const FOR_NOW = [408, 409, 425, 429];

/** What is refused for what it says: none of these is about who asks, or where. */
const ABOUT_TEXT = [400, 413, 422];

function judge({ statusCode = 0, headers }: IncomingMessage, host: string, line: (words: string) => string, words: string): Posted {
  const said = line(words);
  if (statusCode >= 200 && statusCode < 300) return { ok: true, value: `${statusCode} ${said}`.trim() };
  if (statusCode >= 300 && statusCode < 400) return lasting(WEBHOOK.redirected(host, statusCode, line(headers.location ?? "")));
  if (ABOUT_TEXT.includes(statusCode)) return { ...WEBHOOK.rejected(host, statusCode, said), about: "message", lasting: true };
  if (statusCode >= 400 && statusCode < 500 && !FOR_NOW.includes(statusCode)) return lasting(WEBHOOK.rejected(host, statusCode, said));
  return { ...WEBHOOK.busy(host, statusCode, said), about: "recipient", lasting: false };
}

const NETWORK: Record<string, (host: string) => Refusal> = {
  ENOTFOUND: WEBHOOK.noName,
  ENODATA: WEBHOOK.noName,
  EAI_AGAIN: WEBHOOK.noName,
  ECONNREFUSED: WEBHOOK.refused,
  EHOSTUNREACH: WEBHOOK.unreachable,
  ENETUNREACH: WEBHOOK.unreachable,
  ECONNRESET: WEBHOOK.closed,
};

function explain(error: unknown, host: string, late: boolean, deadlineMs: number): Refusal {
  const { code = "", message }: NodeJS.ErrnoException = error instanceof Error ? error : new Error(String(error));
  if (late) return WEBHOOK.slow(host, deadlineMs / 1000);
  const known = NETWORK[code];
  if (known) return known(host);
  if (/CERT|SIGNATURE|SELF_SIGNED|ALTNAME|ISSUER/.test(code)) return WEBHOOK.certificate(host, plainLine(message, SAID_CHARACTERS));
  return WEBHOOK.failed(host, plainLine(message, SAID_CHARACTERS));
}
