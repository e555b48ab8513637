/** What nodemailer reports, as a sentence and as a decision: whom it is about, and whether waiting may help. */
import { plainLine } from "../../domain/plain-text";
import { SMTP, type MailPlace } from "../../messages/smtp";
import type { Refusal } from "../../outcome";

export const CONNECT_MS = 10_000;
export const GREETING_MS = 10_000;
export const SILENCE_MS = 30_000;
/** Of the far side's words. */
export const SAID_CHARACTERS = 300;

/** Of the server every mail is about, of the recipient those of one target, of the message one. `lasting`: refused for good. */
export type MailRefusal = Refusal & { about: "server" | "recipient" | "message"; lasting: boolean };

export type Mailing = MailPlace & { sender: string; recipient: string };

/** The fields of nodemailer's and of Node's errors that tell what happened. */
type Told = { message: string } & Partial<
  Record<"code" | "originalCode" | "timeoutType" | "response" | "command" | "reason", string | undefined> & {
    responseCode: number | undefined;
  }
>;

export function explain(error: Error, mailing: Mailing, hide: (text: string) => string): MailRefusal {
  const { code, originalCode, timeoutType, response, responseCode, command, reason, message }: Told = error;
  const told = { code, originalCode, timeoutType, response, responseCode, command, reason, message: hide(message) };
  const said = plainLine(hide(response ?? ""), SAID_CHARACTERS);
  const { about, refusal } = causeOf(told, said, mailing);
  return { ...refusal, about, lasting: (responseCode ?? 0) >= 500 && about !== "server" };
}

type Cause = { about: MailRefusal["about"]; refusal: Refusal };
const server = (refusal: Refusal): Cause => ({ about: "server", refusal });

function causeOf(told: Told, said: string, mailing: Mailing): Cause {
  const { code, command = "", responseCode = 0 } = told;
  if (code === "EAUTH") return server(loginCause(told, said, mailing));
  // RFC 5321, 3.8: whatever it answers with it, the server hangs up.
  if (responseCode === 421) return server(SMTP.closed(mailing, said));
  if (command === "RCPT TO")
    return { about: "recipient", refusal: (responseCode < 500 ? SMTP.later : SMTP.recipient)(mailing.recipient, said) };
  if (code === "EMESSAGE" || command === "DATA") return messageCause(told, said);
  if (command === "MAIL FROM") return responseCode === 552 ? messageCause(told, said) : server(SMTP.sender(mailing.sender, said));
  return server(connectionCause(told, said, mailing));
}

function messageCause({ responseCode = 0, response, message }: Told, said: string): Cause {
  // Without an answer nodemailer itself found it larger than the server had said that it takes.
  const tooBig =
    responseCode === 552 || (response === undefined && /size larger/i.test(message)) || /too (big|large)|size limit|exceeds/i.test(said);
  const refusal = tooBig ? SMTP.tooBig(said) : responseCode >= 400 && responseCode < 500 ? SMTP.messageLater(said) : SMTP.message(said);
  return { about: "message", refusal };
}

function loginCause({ responseCode = 0, response }: Told, said: string, place: MailPlace): Refusal {
  if (response === undefined) return SMTP.noLogin(place);
  return responseCode < 500 ? SMTP.loginLater(place, said) : SMTP.wrongLogin(place, said);
}

const CERTIFICATES: Record<string, (place: MailPlace, message: string) => Refusal> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: SMTP.selfSigned,
  SELF_SIGNED_CERT_IN_CHAIN: SMTP.selfSigned,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: SMTP.selfSigned,
  UNABLE_TO_GET_ISSUER_CERT: SMTP.selfSigned,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: SMTP.selfSigned,
  CERT_HAS_EXPIRED: SMTP.expired,
  CERT_NOT_YET_VALID: SMTP.notYet,
  ERR_TLS_CERT_ALTNAME_INVALID: SMTP.wrongName,
};
const NETWORK: Record<string, (place: MailPlace) => Refusal> = {
  ENOTFOUND: SMTP.noName,
  ENODATA: SMTP.noName,
  EAI_AGAIN: SMTP.nameServer,
  ECONNREFUSED: SMTP.refused,
  EHOSTUNREACH: SMTP.unreachable,
  ENETUNREACH: SMTP.unreachable,
  ETIMEDOUT: (place) => SMTP.noAnswer(place, CONNECT_MS / 1000),
};
const TIMES: Record<string, (place: MailPlace) => Refusal> = {
  CONNECT_TIMEOUT: (place) => SMTP.noAnswer(place, CONNECT_MS / 1000),
  GREETING_TIMEOUT: (place) => SMTP.noGreeting(place, GREETING_MS / 1000),
};

function connectionCause(told: Told, said: string, place: MailPlace): Refusal {
  const { code = "", originalCode = "", timeoutType = "", response } = told;
  const certificate = CERTIFICATES[originalCode] ?? CERTIFICATES[code] ?? certificateIn(told.message);
  if (certificate) return certificate(place, plainLine(told.reason ?? "", SAID_CHARACTERS));
  const network = NETWORK[originalCode];
  if (network) return network(place);
  if (code === "ETIMEDOUT") return (TIMES[timeoutType] ?? ((one: MailPlace) => SMTP.silent(one, SILENCE_MS / 1000)))(place);
  if (code === "EDNS") return SMTP.noName(place);
  if (/wrong version number|packet length too long|http request/i.test(told.message)) return SMTP.notTls(place);
  if (code === "ETLS")
    return response === undefined ? SMTP.tlsFailed(place, plainLine(told.message, SAID_CHARACTERS)) : SMTP.noStartTls(place, said);
  if (code === "EPROTOCOL") return told.command === "CONN" ? SMTP.notSmtp(place, said) : SMTP.other(place, said);
  if (/alert|ssl|tls/i.test(told.message)) return SMTP.tlsFailed(place, plainLine(told.message, SAID_CHARACTERS));
  return code === "ECONNECTION" || code === "ESOCKET"
    ? SMTP.closed(place, said)
    : SMTP.other(place, said || plainLine(told.message, SAID_CHARACTERS));
}

/** Where nodemailer wraps the error of an upgrade, only its words are left. */
function certificateIn(message: string) {
  if (/self[- ]signed certificate|unable to (verify|get)/i.test(message)) return SMTP.selfSigned;
  if (/certificate has expired/i.test(message)) return SMTP.expired;
  if (/not yet valid/i.test(message)) return SMTP.notYet;
  return /altnames|does not match certificate/i.test(message) ? SMTP.wrongName : undefined;
}
