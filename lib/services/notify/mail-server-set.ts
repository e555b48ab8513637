import { X509Certificate } from "node:crypto";
import { isLoopbackHost, type Security } from "../../domain/mail-server";
import { mailServerAad } from "../../domain/sealing";
import { db } from "../../db";
import { sharedEnv } from "../../env";
import { NOTIFY } from "../../messages/notify";
import { SMTP } from "../../messages/smtp";
import { done, type Outcome } from "../../outcome";
import { seal } from "../../secrets";
import type { Call } from "../call";
import { record } from "../events/record";
import { lockRegion } from "../region";
import { dueNow } from "./failing";

/** `login` and `authority` are null where there is none; an empty password is the one that is known. */
export type MailServerInput = {
  host: string;
  port: number;
  security: Security;
  login: string | null;
  password: string;
  authority: string | null;
  sender: string;
};

/** Sets the region's mail server. The password is sealed here; it is kept for the same host and user, and for no other. */
export async function setMailServer(input: MailServerInput, { actor }: Call): Promise<Outcome> {
  const { host, port, security, login, password, authority, sender } = input;
  if (security === "none" && login !== null && !isLoopbackHost(host)) return SMTP.clearPassword(host);
  if (authority !== null && !isCertificate(authority)) return NOTIFY.badAuthority;
  return db.$transaction(async (tx) => {
    const { now } = await lockRegion(tx);
    const known = await tx.mailServer.findUnique({ where: { id: 1 } });
    const kept = known?.host === host && known.login === login ? known.sealed : null;
    const typed =
      login !== null && password !== "" ? seal(sharedEnv().REGENT_SEAL_PUBLIC_KEY, password, mailServerAad({ host, login })) : null;
    const sealed = login === null ? null : (typed ?? kept);
    if (login !== null && sealed === null) return NOTIFY.passwordMissing;
    const facts = { host, port, security, login, sealed, authority, sender, setAt: now, failingSince: null, problem: null };
    await tx.mailServer.upsert({ where: { id: 1 }, create: facts, update: facts });
    await dueNow(tx);
    await record(tx, {
      kind: "notify.server",
      message: NOTIFY.serverEvent(actor.name, host, port),
      actor,
      details: { host, port, security, login, sender },
    });
    return done(undefined);
  });
}

/** Removes it, with its password. What is to be told by mail waits for another one. */
export const removeMailServer = (_input: unknown, { actor }: Call): Promise<Outcome> =>
  db.$transaction(async (tx) => {
    await lockRegion(tx);
    const [gone] = await tx.$queryRaw<{ host: string }[]>`DELETE FROM mail_server RETURNING host`;
    if (!gone) return NOTIFY.serverGone;
    await record(tx, { kind: "notify.server", severity: "warning", message: NOTIFY.serverGoneEvent(actor.name, gone.host), actor });
    return done(undefined);
  });

/** Every block of it, so that a private key pasted along is not kept. */
function isCertificate(pem: string): boolean {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0 || pem.replace(/-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g, "").trim() !== "")
    return false;
  try {
    return blocks.every((block) => new X509Certificate(block).subject !== undefined);
  } catch {
    return false; // its words are about ASN.1
  }
}
