/**
 * What a delivery says, in the one form that mail, text and chat are made of. All text from outside is cleaned here: one line each,
 * bounded, without control characters. Escaping is for those who write HTML.
 */
import { countOthers, countStates, type AlarmLine, type Line } from "../../domain/digest";
import { FLAPS, ranges } from "../../domain/notify";
import { plainLine } from "../../domain/plain-text";
import { dayWords, figure, MAIL, momentWords, spanWords, STATE_WORDS } from "../../messages/mail";

const NAME_CHARACTERS = 120;
const TEXT_CHARACTERS = 1000;
const SUBJECT_CHARACTERS = 180;

export type Tone = "alarm" | "noData" | "good" | "notice";
export type Link = { label: string; href: string };
export type Block = {
  tone: Tone;
  badge: string;
  title: string;
  /** "97 % > 80 %", in place of a long explanation. */
  figure: string | null;
  text: string;
  /** Where there are several blocks, a line of it in place of the facts. */
  aside: string;
  facts: readonly (readonly [label: string, value: string])[];
  links: readonly Link[];
  /** Of how many changes, and which: every one is named. */
  numbers: string;
};

export const nameOf = (text: string): string => plainLine(text, NAME_CHARACTERS);
const textOf = (text: string): string => plainLine(text, TEXT_CHARACTERS);

/** @param url the console's address without a slash at its end, or null when nobody has said it */
export const blocksOf = (lines: readonly Line[], url: string | null): Block[] => lines.map((line) => blockOf(line, url));

export function subjectOf(lines: readonly Line[], region: string): string {
  const [only] = lines;
  const what = only && lines.length === 1 ? oneSubject(only) : MAIL.many(countStates(lines), countOthers(lines));
  return plainLine(MAIL.subject(nameOf(region), what), SUBJECT_CHARACTERS);
}

function oneSubject(line: Line): string {
  if (line.kind !== "alarm") return blockOf(line, null).title;
  const { note, was } = line;
  const compared =
    was.length > 1 ? MAIL.flappedSubject(was.length) : figure(note.value && nameOf(note.value), nameOf(note.threshold), note.becomes);
  const title = `${stateOf(note)}: ${MAIL.alarm(nameOf(note.alarm), note.node && nameOf(note.node))}`;
  return compared ? `${title} (${compared})` : title;
}

/** What nobody watches any more is in no state. */
const stateOf = ({ becomes, ended }: AlarmLine["note"]): string => (ended ? MAIL.ended : STATE_WORDS[becomes]);
const TONES = { ALARM: "alarm", INSUFFICIENT_DATA: "noData", OK: "good" } as const;

type Fact = readonly [label: string, value: string | null];
const known = (facts: readonly Fact[]): Block["facts"] => facts.flatMap(([label, value]) => (value ? [[label, value] as const] : []));

const linkTo = (url: string | null, path: string, label: string): Link[] => (url === null ? [] : [{ label, href: `${url}${path}` }]);
const nodeLink = (url: string | null, nodeId: string | null): Link[] =>
  nodeId === null ? [] : linkTo(url, `/nodes/${nodeId}`, MAIL.links.node);

const { facts } = MAIL;

function alarmBlock({ note, was }: AlarmLine, url: string | null): Block {
  const [first, last] = [was.at(0) ?? note, was.at(-1) ?? note];
  const numbers = ranges(was.map(({ seq }) => seq));
  const state = stateOf(note);
  const spoken = was.length >= FLAPS ? MAIL.flapped : MAIL.changed;
  const compared = figure(note.value && nameOf(note.value), nameOf(note.threshold), note.becomes);
  const changes = was.length > 1 ? spoken(was.length, ...spanWords(first.at, last.at), state, numbers) : null;
  return {
    tone: note.ended ? "notice" : TONES[note.becomes],
    badge: state,
    title: MAIL.alarm(nameOf(note.alarm), note.node && nameOf(note.node)),
    figure: compared,
    text: changes ?? textOf(note.reason),
    aside: [facts.severityOf(note.severity), MAIL.since(dayWords(note.at)), changes ? null : MAIL.transition(numbers)]
      .filter(Boolean)
      .join(" · "),
    facts: known([
      [facts.node, note.node && nameOf(note.node)],
      [facts.metric, nameOf(note.metric)],
      [facts.value, note.value ? nameOf(note.value) : facts.noValue],
      [facts.threshold, textOf(note.threshold)],
      [facts.since, momentWords(note.at)],
      [facts.reason, changes && textOf(note.reason)],
      [facts.severity, facts.severityOf(note.severity)],
      [facts.before, STATE_WORDS[note.was]],
      [facts.transition, numbers],
      [facts.description, textOf(note.description)],
    ]),
    links: [...linkTo(url, `/alarms/${note.alarmId}`, MAIL.links.alarm), ...nodeLink(url, note.nodeId)],
    numbers,
  };
}

type Other<Kind extends Line["kind"]> = Extract<Line, { kind: Kind }>;
const NO_NUMBERS = { figure: null, numbers: "" } as const;

function summaryBlock(note: Other<"summary">, url: string | null): Block {
  const node = note.node && nameOf(note.node);
  return {
    ...NO_NUMBERS,
    tone: note.alarms.length > 0 ? "alarm" : "notice",
    badge: MAIL.summary.badge(note.alarms.length),
    title: MAIL.summary.title(note.alarms.length, node),
    text: MAIL.summary.text(textOf(note.why), note.transitions),
    aside: `${facts.mutedSince} ${momentWords(note.mutedSince)}`,
    facts: known([
      ...note.alarms.map((alarm): Fact => [
        nameOf(alarm.alarm),
        [
          figure(alarm.value && nameOf(alarm.value), nameOf(alarm.threshold), "ALARM"),
          MAIL.since(dayWords(alarm.since)),
          textOf(alarm.reason),
        ]
          .filter(Boolean)
          .join(" · "),
      ]),
      [facts.mutedSince, momentWords(note.mutedSince)],
      [facts.mutedWhy, textOf(note.why)],
    ]),
    links: [...nodeLink(url, note.nodeId), ...linkTo(url, "/alarms", MAIL.links.alarms)],
  };
}

const acknowledgedBlock = (note: Other<"acknowledged">, url: string | null): Block => ({
  ...NO_NUMBERS,
  tone: "notice",
  badge: MAIL.acknowledged.badge,
  title: MAIL.alarm(nameOf(note.alarm), note.node && nameOf(note.node)),
  text: MAIL.acknowledged.text(nameOf(note.by), textOf(note.said)),
  aside: momentWords(note.at),
  facts: known([
    [facts.by, nameOf(note.by)],
    [facts.at, momentWords(note.at)],
  ]),
  links: [...linkTo(url, `/alarms/${note.alarmId}`, MAIL.links.alarm), ...nodeLink(url, note.nodeId)],
});

const reminderBlock = (note: Other<"reminder">, url: string | null): Block => ({
  ...NO_NUMBERS,
  tone: "notice",
  badge: MAIL.reminder.badge,
  title: MAIL.reminder.title(note.nodes.length),
  text: MAIL.reminder.text,
  aside: note.nodes.map(({ node }) => nameOf(node)).join(", "),
  facts: note.nodes.map(
    ({ node, since, reason }) => [nameOf(node), MAIL.reminder.entry(momentWords(since), reason && textOf(reason))] as const,
  ),
  links: note.nodes.length === 1 ? nodeLink(url, note.nodes[0]?.nodeId ?? null) : linkTo(url, "/nodes", MAIL.links.nodes),
});

const isolatedBlock = (note: Other<"isolated">, url: string | null): Block => ({
  ...NO_NUMBERS,
  tone: note.over ? "good" : "alarm",
  badge: note.over ? MAIL.isolated.over : MAIL.isolated.badge,
  title: note.over ? MAIL.isolated.overTitle : MAIL.isolated.title(note.silent, note.total),
  text: note.over ? MAIL.isolated.overText : MAIL.isolated.text,
  aside: momentWords(note.at),
  facts: known([[facts.at, momentWords(note.at)]]),
  links: linkTo(url, "/nodes", MAIL.links.nodes),
});

const eventBlock = (note: Other<"event">, url: string | null): Block => ({
  ...NO_NUMBERS,
  tone: "notice",
  badge: MAIL.event.badge,
  title: nameOf(note.title),
  text: textOf(note.message),
  aside: `${nameOf(note.by)}, ${momentWords(note.at)}`,
  facts: known([
    [facts.node, note.node && nameOf(note.node)],
    [facts.by, nameOf(note.by)],
    [facts.at, momentWords(note.at)],
  ]),
  links: nodeLink(url, note.nodeId),
});

const dailyBlock = (note: Other<"daily">, url: string | null): Block => ({
  ...NO_NUMBERS,
  tone: note.inAlarm > 0 ? "notice" : "good",
  badge: MAIL.daily.badge,
  title: MAIL.daily.title(note.nodes, note.inAlarm),
  text: MAIL.daily.text,
  aside: momentWords(note.at),
  facts: (["nodes", "active", "inAlarm", "insufficient", "muted", "delivered", "waiting"] as const).map(
    (key) => [facts[key], String(note[key])] as const,
  ),
  links: linkTo(url, "/alarms", MAIL.links.alarms),
});

const testBlock = (note: Other<"test">, url: string | null): Block => ({
  ...NO_NUMBERS,
  tone: "good",
  badge: MAIL.test.badge,
  title: MAIL.test.title,
  text: MAIL.test.text(nameOf(note.by), note.alarm && nameOf(note.alarm)),
  aside: momentWords(note.at),
  facts: known([
    [facts.by, nameOf(note.by)],
    [facts.at, momentWords(note.at)],
  ]),
  links: linkTo(url, "/settings/notifications", MAIL.links.settings),
});

function blockOf(line: Line, url: string | null): Block {
  switch (line.kind) {
    case "alarm":
      return alarmBlock(line, url);
    case "acknowledged":
      return acknowledgedBlock(line, url);
    case "summary":
      return summaryBlock(line, url);
    case "reminder":
      return reminderBlock(line, url);
    case "isolated":
      return isolatedBlock(line, url);
    case "event":
      return eventBlock(line, url);
    case "daily":
      return dailyBlock(line, url);
    case "test":
      return testBlock(line, url);
  }
}
