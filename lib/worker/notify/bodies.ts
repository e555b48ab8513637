/** What a webhook is sent: in Regent's own form, or in the one that Slack or PagerDuty understands. */
import { createHmac } from "node:crypto";
import { aboutOf, linesOf, type Line } from "../../domain/digest";
import type { Note } from "../../domain/notes";
import { plainLine } from "../../domain/plain-text";
import { MAIL } from "../../messages/mail";
import { blocksOf, nameOf, subjectOf, type Block } from "./blocks";
import type { Console } from "./compose";

export type Parcel = { id: string; createdAt: Date; notes: readonly Note[] };
/** Requests with the same `key` are sent one after the other. */
export type Request = { text: string; headers: Record<string, string>; key?: string };

const SLACK_HEADER = 150;
const SLACK_SECTION = 2900;
/** Slack takes 50 blocks; the rest is counted in the last. */
const SLACK_LINES = 40;

/** Documented in README.md: `notes` as they stand in lib/domain/notes.ts. */
export function regentBody({ id, createdAt, notes }: Parcel, { region, url }: Console, secret: string, now: number): Request {
  const text = JSON.stringify({
    version: 1,
    id,
    region,
    url,
    createdAt: createdAt.toISOString(),
    subject: subjectOf(linesOf(notes), region),
    notes,
  });
  const at = Math.floor(now / 1000);
  const signature = createHmac("sha256", secret).update(`${at}.${text}`).digest("hex");
  return { text, headers: { "X-Regent-Signature": `t=${at},v1=${signature}` } };
}

export function slackBody({ notes }: Parcel, { region, url }: Console): Request {
  const lines = linesOf(notes);
  const blocks = blocksOf(lines, url);
  const subject = subjectOf(lines, region);
  const rest = blocks.length - SLACK_LINES;
  const text = JSON.stringify({
    text: slackText(subject),
    blocks: [
      { type: "header", text: { type: "plain_text", text: plainLine(subject, SLACK_HEADER), emoji: false } },
      ...blocks.slice(0, SLACK_LINES).map((block) => section(slackLine(block))),
      ...(rest > 0 ? [section(slackText(MAIL.more(rest)))] : []),
    ],
    unfurl_links: false,
  });
  return { text, headers: {} };
}

/** Verbatim: a name that looks like a channel, a person or an address is made no link, and calls nobody. */
const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text: plainCut(text), verbatim: true } });
/** Its lines are ours; only its length is not. */
const plainCut = (text: string): string => (text.length > SLACK_SECTION ? `${text.slice(0, SLACK_SECTION)}…` : text);

/** With these three nothing is a link, a mention or a call to everybody. */
const slackText = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

function slackLine({ badge, title, figure, text, aside, links: [link] }: Block): string {
  const named = `*${slackText(badge)}*  ${link ? `<${link.href}|${slackText(title).replaceAll("|", "¦")}>` : slackText(title)}`;
  return [`${named}${figure ? `  ${slackText(figure)}` : ""}`, slackText(text), slackText(aside)].filter(Boolean).join("\n");
}

/** One for each alarm on each node, with the state it is in now; what wakes nobody (the sign of life) makes none. */
export function pagerBodies({ notes }: Parcel, console: Console, routingKey: string): Request[] {
  const all = linesOf(notes);
  // Whoever has seen a state has not seen the one that came after it.
  const newest = new Map(all.flatMap((line) => (line.kind === "alarm" ? [[aboutOf(line.note), line.note.seq] as const] : [])));
  const lines = all.filter((line) => line.kind !== "acknowledged" || (newest.get(aboutOf(line)) ?? 0) <= line.seq);
  const blocks = blocksOf(lines, console.url);
  return lines.flatMap((line, index) => {
    const block = blocks[index];
    return block ? pagesOf(line, block, console, routingKey) : [];
  });
}

type Page = { action: "trigger" | "acknowledge" | "resolve"; about: string; severity: "critical" | "error" | "warning" | "info" };

function pagesOf(line: Line, block: Block, { region }: Console, routingKey: string): Request[] {
  const source = nameOf(("node" in line && line.node) || (line.kind === "alarm" && line.note.node) || region);
  return pages(line).map(({ action, about, severity }) => ({
    headers: {},
    key: about,
    text: JSON.stringify({
      routing_key: routingKey,
      event_action: action,
      dedup_key: `regent:${about}`,
      ...(action === "trigger"
        ? {
            payload: {
              summary: plainLine(`${block.badge}: ${block.title}${block.figure ? ` (${block.figure})` : ""}`, 1024),
              source,
              severity,
              group: nameOf(region),
              custom_details: Object.fromEntries(block.facts),
            },
            links: block.links.map(({ label, href }) => ({ text: label, href })),
            client: `Regent ${nameOf(region)}`,
          }
        : {}),
    }),
  }));
}

function pages(line: Line): Page[] {
  switch (line.kind) {
    case "alarm": {
      const { note } = line;
      const severity = note.becomes === "INSUFFICIENT_DATA" ? "warning" : note.severity;
      return [{ action: note.ended || note.becomes === "OK" ? "resolve" : "trigger", about: aboutOf(note), severity }];
    }
    case "acknowledged":
      return [{ action: "acknowledge", about: aboutOf(line), severity: "info" }];
    case "summary":
      return line.alarms.map((alarm) => ({ action: "trigger", about: aboutOf(alarm), severity: alarm.severity }));
    case "isolated":
      return [{ action: line.over ? "resolve" : "trigger", about: "isolated", severity: "critical" }];
    case "event":
      return [{ action: "trigger", about: `event:${line.at}`, severity: "warning" }];
    case "test":
      return (["trigger", "resolve"] as const).map((action) => ({ action, about: `test:${line.at}`, severity: "info" }));
    case "reminder":
    case "daily":
      return [];
  }
}
