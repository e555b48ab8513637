/** What a mail says, and that nothing from a machine becomes a header, a tag or a link. */
import { describe, expect, it } from "vitest";
import type { Note } from "@/lib/domain/notes";
import { compose, mailHost } from "./compose";
import { alarmNote, URL_OF_CONSOLE } from "./testing-notify";

const CREATED = new Date("2026-11-26T12:05:00.000Z");
const letter = (...notes: Note[]) => ({
  messageId: "<4f0c@regent.example.com>",
  createdAt: CREATED,
  recipient: "ops@example.com",
  sender: "regent@example.com",
  notes,
});
const made = async (notes: Note[], region = "west-1") => (await compose(letter(...notes), { region, url: URL_OF_CONSOLE })).toString();

type Part = { headers: Record<string, string>; body: string };

/** Read as a mail reader does: unfolded headers, decoded parts. */
function parts(raw: string): { top: Record<string, string>; text: string; html: string } {
  const split = (source: string): Part => {
    const end = source.indexOf("\r\n\r\n");
    const lines = source
      .slice(0, end)
      .replace(/\r\n[ \t]+/g, " ")
      .split("\r\n");
    return {
      headers: Object.fromEntries(
        lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
      ),
      body: source.slice(end + 4),
    };
  };
  const { headers: top, body } = split(raw);
  const boundary = /boundary="?([^";]+)/.exec(top["content-type"] ?? "")?.[1] ?? "";
  const [text = "", html = ""] = body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => decoded(split(part.replace(/^\r\n/, ""))));
  return { top, text, html };
}

function decoded({ headers, body }: Part): string {
  const encoding = headers["content-transfer-encoding"];
  if (encoding === "base64") return Buffer.from(body, "base64").toString();
  if (encoding !== "quoted-printable") return body;
  const bytes = body.replace(/=\r\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString();
}

const header = (encoded = ""): string =>
  encoded
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?UTF-8\?Q\?(.*?)\?=/gi, (_, words: string) =>
      words.replaceAll("_", " ").replace(/(=[0-9A-F]{2})+/g, (hex) => Buffer.from(hex.replaceAll("=", ""), "hex").toString()),
    );

const at = "2026-11-26T12:04:31.000Z";
const nodeId = "22222222-2222-4222-8222-222222222222";
const KINDS: [Note, string, RegExp][] = [
  [alarmNote(), "ALARM: High CPU on compute-west-05 (97 % > 80 %)", /3 of 5 datapoints were greater than 80 %/],
  [alarmNote({ becomes: "OK", was: "ALARM", value: "41 %" }), "OK: High CPU on compute-west-05 (41 % ≤ 80 %)", /Before: ALARM/],
  [alarmNote({ becomes: "INSUFFICIENT_DATA", value: null }), "NO DATA: High CPU on compute-west-05", /Nothing was measured/],
  [
    alarmNote({ nodeId: null, node: null, alarm: "Headroom", value: "12 GiB", threshold: "Less than 64 GiB" }),
    "ALARM: Headroom (12 GiB < 64 GiB)",
    /Threshold: Less than 64 GiB/,
  ],
  [
    {
      kind: "summary",
      nodeId,
      node: "compute-west-07",
      mutedSince: at,
      why: "In maintenance",
      transitions: 9,
      at,
      alarms: [{ ...alarmNote(), since: at }],
    },
    "1 alarm stands on compute-west-07",
    /muted \(In maintenance\): 9 changes are in the history/,
  ],
  [
    { kind: "summary", nodeId, node: "compute-west-07", mutedSince: at, why: "In maintenance", transitions: 1, at, alarms: [] },
    "Nothing is in alarm on compute-west-07",
    /NOT MUTED/,
  ],
  [
    { kind: "reminder", nodes: [{ nodeId, node: "compute-west-03", since: at, reason: "Disks" }], at },
    "A node is still in maintenance",
    /compute-west-03: since 26 Nov 2026, 12:04:31 UTC: Disks/,
  ],
  [
    { kind: "isolated", silent: 12, total: 20, over: false, at },
    "The console is isolated: 12 of 20 nodes do not answer",
    /stands for all of them/,
  ],
  [{ kind: "isolated", silent: 0, total: 20, over: true, at }, "The console is not isolated any more", /Regent acts again/],
  [
    {
      kind: "event",
      nodeId,
      node: "compute-west-12",
      title: "compute-west-12 was forced into maintenance",
      message: "3 stop.",
      by: "Ada",
      at,
    },
    "compute-west-12 was forced into maintenance",
    /By: Ada/,
  ],
  [
    { kind: "daily", nodes: 24, active: 21, inAlarm: 0, insufficient: 1, muted: 3, delivered: 18, waiting: 0, at },
    "Regent is alive: 24 nodes, none in alarm",
    /silence means something/,
  ],
  [{ kind: "test", by: "Ada", alarm: "High CPU", at }, "A test, nothing is wrong", /as the alarm High CPU would/],
];

describe("a mail", () => {
  it.each(KINDS)("of each kind says what it is, in both forms: %#", async (note, subject, says) => {
    const { top, text, html } = parts(await made([note]));
    expect(header(top.subject)).toBe(`[Regent west-1] ${subject}`);
    expect(text).toMatch(says);
    expect(text).toContain(URL_OF_CONSOLE);
    const shown = html
      .replace(/<style>[^]*?<\/style>/, "")
      .replace(/<[^>]+>/g, "\n")
      .replaceAll("&amp;", "&")
      .replaceAll("&gt;", ">")
      .replaceAll("&lt;", "<")
      .replaceAll("&#39;", "'");
    for (const line of text
      .split("\n")
      .map((one) => one.replace(/^.*?: /, ""))
      .filter((one) => one.length > 3 && !one.includes("http")))
      expect(shown).toContain(line.split(" (")[0]);
  });

  it("carries what mail programs go by", async () => {
    const note = alarmNote();
    const { top } = parts(await made([note]));
    expect(top).toMatchObject({
      from: '"Regent west-1" <regent@example.com>',
      to: "ops@example.com",
      "message-id": "<4f0c@regent.example.com>",
      "in-reply-to": `<${note.alarmId}.${note.nodeId}@regent.example.com>`,
      date: "Thu, 26 Nov 2026 12:05:00 +0000",
      "auto-submitted": "auto-generated",
      "x-auto-response-suppress": "All",
      "list-id": "<west-1.regent.regent.example.com>",
    });
    expect(parts(await made([note, alarmNote()])).top["in-reply-to"]).toBeUndefined();
  });

  it("is the same, to the byte, however often it is made", async () => {
    const notes = [alarmNote(), alarmNote({ becomes: "OK", was: "ALARM" })];
    expect(await made(notes)).toBe(await made(notes));
  });

  it("names every change of many, also those for which there is no room", async () => {
    const notes = Array.from({ length: 1000 }, (_, index) => alarmNote({ node: `compute-${index}`, seq: 5000 + index }));
    const { text, html, top } = parts(await made(notes));
    expect(header(top.subject)).toBe("[Regent west-1] 1,000 alarms");
    for (const { seq, node } of notes) {
      expect(text).toContain(`transition ${seq}`);
      expect(html).toContain(`transition ${seq}`);
      expect(html).toContain(`on ${node}`);
    }
  });

  const HOSTILE = [
    "x\r\nBcc: victim@example.com",
    "x\nSubject: Hello",
    "x\r\n\r\n<h1>New body</h1>",
    "=?UTF-8?Q?=0D=0ABcc:_victim@example.com?=",
    "\u202Egnihtyna\u202C",
    "\u0000\u001b[31mred",
    `<script>alert(1)</script><img src=x onerror="alert(1)">`,
    `"><a href="https://evil.example">click</a>`,
    "x".repeat(10_240),
    "&".repeat(10_240),
    "--regent-4f0cregentexamplecom-Part_1\r\nContent-Type: text/html\r\n\r\nhello",
  ];

  it.each(HOSTILE)("is not changed by what a machine or a person wrote: %#", async (evil) => {
    const standing = { alarm: evil, node: evil, metric: evil, value: evil, threshold: evil, reason: evil, description: evil };
    const clean = { alarm: "x", node: "x", metric: "x", value: "x", threshold: "x", reason: "x", description: "x" };
    const all = (facts: typeof clean): Note[] => [
      alarmNote({ ...facts, alarmId: nodeId, nodeId, seq: 1 }),
      {
        kind: "summary",
        nodeId,
        node: facts.node,
        mutedSince: at,
        why: facts.reason,
        transitions: 1,
        at,
        alarms: [{ ...alarmNote({ ...facts, alarmId: nodeId, nodeId }), since: at }],
      },
      { kind: "reminder", nodes: [{ nodeId, node: facts.node, since: at, reason: facts.reason }], at },
      { kind: "event", nodeId, node: facts.node, title: facts.alarm, message: facts.reason, by: facts.metric, at },
      { kind: "test", by: facts.metric, alarm: facts.alarm, at },
    ];
    const tags = (html: string) => html.replace(/>[^<]*</g, "><").replace(/white-space:nowrap;/g, "");
    for (const [index, note] of all(standing).entries()) {
      const [wrong, right] = [parts(await made([note], evil)), parts(await made([all(clean)[index] ?? note], "x"))];
      expect(Object.keys(wrong.top)).toEqual(Object.keys(right.top));
      expect(header(wrong.top.subject).length).toBeLessThanOrEqual(200);
      expect(header(wrong.top.subject)).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
      expect(wrong.top.from).toMatch(/ <regent@example\.com>$/);
      expect(tags(wrong.html)).toBe(tags(right.html));
      expect(wrong.html.replace(/\s/g, "")).not.toMatch(/[\u202e\p{Cc}]/u);
      expect(wrong.text.split("\n").length).toBe(right.text.split("\n").length);
    }
  });

  it("stays a mail where the console's name is none", async () => {
    expect([mailHost(null), mailHost("http://[::1]:3000"), mailHost("https://regent.example.com")]).toEqual([
      "regent.invalid",
      "regent.invalid",
      "regent.example.com",
    ]);
    const raw = (await compose(letter(alarmNote()), { region: "…", url: null })).toString();
    expect(parts(raw).top["list-id"]).toBe("<region.regent.regent.invalid>");
    expect(parts(raw).text).not.toMatch(/https?:/);
  });
});
