/** A delivery as the bytes of a mail. The same delivery gives the same mail, however often it is made. */
import { createHash } from "node:crypto";
import MailComposer from "nodemailer/lib/mail-composer";
import { aboutOf, linesOf, type Line } from "../../domain/digest";
import type { Note } from "../../domain/notes";
import { plainLine } from "../../domain/plain-text";
import { db } from "../../db";
import { workerEnv } from "../../env";
import { readRegion } from "../../services/region";
import { blocksOf, nameOf, subjectOf } from "./blocks";
import { mailHtml } from "./mail-html";
import { mailText } from "./mail-text";

/** `url` without a slash at its end, null when nobody has said it. */
export type Console = { region: string; url: string | null };
export type Letter = { messageId: string; createdAt: Date; recipient: string; sender: string; notes: readonly Note[] };

export async function readConsole(): Promise<Console> {
  const { REGENT_URL } = workerEnv();
  return { region: (await readRegion(db)).name, url: REGENT_URL === undefined ? null : REGENT_URL.replace(/\/+$/, "") };
}

/** The right side of Message-IDs: the console's name, where it is one. */
export function mailHost(url: string | null): string {
  const host = url === null ? "" : new URL(url).hostname;
  return /^[a-z0-9.-]+$/i.test(host) ? host : "regent.invalid";
}

export async function compose({ messageId, createdAt, recipient, sender, notes }: Letter, { region, url }: Console): Promise<Buffer> {
  const lines = linesOf(notes);
  const blocks = blocksOf(lines, url);
  const subject = subjectOf(lines, region);
  const name = nameOf(region);
  const frame = { region: name, recipient, heading: subject.replace(/^\[.*?\] /, "") };
  const thread = threadOf(lines, mailHost(url));
  const text = mailText(blocks, frame);
  const mail = new MailComposer({
    from: { name: `Regent ${name}`, address: sender },
    to: { name: "", address: recipient },
    subject,
    messageId,
    date: createdAt,
    ...(thread ? { inReplyTo: thread, references: thread } : {}),
    headers: {
      "Auto-Submitted": "auto-generated",
      "X-Auto-Response-Suppress": "All",
      "List-Id": listId(name, mailHost(url)),
    },
    text,
    html: mailHtml(blocks, frame),
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  // Always the same for the same text, and in no text: it holds the hash of all of it.
  mail.boundaryPrefix = "regent";
  mail.baseBoundary = createHash("sha256").update(messageId).update(text).digest("hex").slice(0, 32);
  return mail.build();
}

/** Mails about one alarm on one node stand together in a reader; one that is about many stands by itself. */
function threadOf(lines: readonly Line[], host: string): string | null {
  const [only] = lines;
  return lines.length === 1 && only?.kind === "alarm" ? `<${aboutOf(only.note).replace("/", ".")}@${host}>` : null;
}

/** "Regent west-1 <west-1.regent.console.example.com>": what a mailbox sorts by. */
function listId(region: string, host: string): string {
  const label =
    plainLine(region, 60)
      .replace(/[^A-Za-z0-9-]+/g, "-")
      .replace(/^-+|-+$/g, "") || "region";
  return `<${label}.regent.${host}>`;
}
