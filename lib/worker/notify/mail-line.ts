/** The way to the mail server during one run: a session that is opened when it is first needed, and anew when it has come to its end. */
import { openSession, type Mail, type MailAccess, type Mailed, type MailSession } from "./smtp";
import type { MailRefusal } from "./smtp-explain";

/** How a session ends that was well until then. */
const BROKE_OFF = ["mail-closed", "mail-silent", "mail-failed"];
/** Many servers take so many mails in a session, or keep one so long, and then say 421 and hang up. */
const hungUp = (sent: Mailed<string>): boolean => !sent.ok && sent.code === "mail-closed";

export class MailLine {
  private session: MailSession | null = null;
  /** By the session that is open. */
  private carried = 0;

  constructor(private readonly signal: AbortSignal) {}

  async send(access: MailAccess, mail: Mail): Promise<Mailed<string>> {
    const used = this.carried > 0;
    const sent = await this.sendOnce(access, mail);
    // The lease of a delivery has room for a second attempt only where the first one ended at once.
    return used && hungUp(sent) && !this.signal.aborted ? this.sendOnce(access, mail) : sent;
  }

  /** After a refusal some servers want to be greeted anew, and a session that broke is gone. */
  private async sendOnce(access: MailAccess, mail: Mail): Promise<Mailed<string>> {
    const session = await this.open(access);
    if (!session.ok) return session;
    const sent = await session.value.send(mail);
    if (sent.ok) this.carried += 1;
    else this.leave();
    return sent.ok ? sent : ofThisMail(sent);
  }

  private async open(access: MailAccess): Promise<Mailed<MailSession>> {
    if (this.session) return { ok: true, value: this.session };
    const session = await openSession(access, { signal: this.signal });
    if (!session.ok) return session;
    const known = await session.value.login();
    if (!known.ok) {
      session.value.leave();
      return known;
    }
    this.session = session.value;
    return session;
  }

  leave(): void {
    this.session?.leave();
    this.session = null;
    this.carried = 0;
  }
}

/**
 * A server that greets, knows us, and breaks off at one mail may do so at this recipient alone: one that looks him up where nobody
 * answers. The others are not put off for it; when it is the server, the next of them finds that out by itself.
 */
const ofThisMail = (refusal: MailRefusal): MailRefusal => (BROKE_OFF.includes(refusal.code) ? { ...refusal, about: "recipient" } : refusal);
