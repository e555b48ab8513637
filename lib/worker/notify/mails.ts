/** Sends what is due by mail: one delivery after the other over one session, each marked before the next is taken. */
import { mailServerAad } from "../../domain/sealing";
import { db } from "../../db";
import { reportFault } from "../../log";
import { NOTIFY } from "../../messages/notify";
import { SMTP } from "../../messages/smtp";
import { done, type Outcome } from "../../outcome";
import { arrived, missed } from "../../services/notify/outcome";
import { claim, giveBack, type Claimed } from "../../services/notify/claim";
import { unseal } from "../reach";
import { compose, mailHost, type Console } from "./compose";
import { MailLine } from "./mail-line";
import type { Mail, MailAccess, Mailed } from "./smtp";

/** The mail server as it is set, with its password opened. Refused where none is set, or where it does not open. */
export async function mailAccess(url: string | null): Promise<Outcome<MailAccess>> {
  const server = await db.mailServer.findUnique({ where: { id: 1 } });
  if (!server) return SMTP.noServer;
  const { host, port, login, sealed, authority, sender } = server;
  const security = server.security as MailAccess["security"]; // PostgreSQL allows no other
  try {
    const password = sealed && login !== null ? unseal(sealed, mailServerAad({ host, login })) : null;
    return done({ host, port, security, login, password, authority, sender, name: mailHost(url) });
  } catch {
    return NOTIFY.sealedElsewhere; // opening says no more than that
  }
}

/** Takes and sends until nothing is due. */
export async function sendMails(readConsole: () => Promise<Console>, signal: AbortSignal): Promise<void> {
  const line = new MailLine(signal);
  try {
    while (!signal.aborted) {
      const next = await claim("email");
      if (!next) return;
      const sent: Mailed<string> = await guarded(next, async () => {
        const console = await readConsole();
        const access = await mailAccess(console.url);
        if (!access.ok) return { ...access, about: "server", lasting: false };
        return line.send(access.value, await mailOf(next, access.value.sender, console));
      });
      if (sent.ok) await arrived(next, sent.value);
      else if (signal.aborted) await giveBack(next);
      else await missed(next, sent);
    }
  } finally {
    line.leave();
  }
}

async function mailOf({ messageId, createdAt, notes, target }: Claimed, sender: string, console: Console): Promise<Mail> {
  const recipient = target.address;
  return { recipient, raw: await compose({ messageId, createdAt, recipient, sender, notes }, console) };
}

/** A fault of ours with one delivery must not keep the others: it is logged, and this one is tried again later. */
async function guarded(claimed: Claimed, work: () => Promise<Mailed<string>>): Promise<Mailed<string>> {
  try {
    return await work();
  } catch (error) {
    const reference = reportFault(error, { delivery: claimed.id });
    return { ...NOTIFY.fault(reference), about: "message", lasting: false };
  }
}
