/** What a hostile machine may answer: the parser neither throws nor stalls, and lets nothing unsafe through. */
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseProbe } from "@/lib/machines/parse";

const folder = new URL("captures/", import.meta.url);
const capture = (name: string): string => readFileSync(new URL(`${name}.txt`, folder), "utf8");
const captures = readdirSync(folder)
  .filter((file) => !file.startsWith("survey-"))
  .map((file) => readFileSync(new URL(file, folder), "utf8"));

describe("any text at all", () => {
  // oxlint-disable-next-line no-control-regex -- these may not come out
  const unsafe = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;

  function strings(value: unknown): string[] {
    if (typeof value === "string") return [value];
    return value !== null && typeof value === "object" ? Object.values(value).flatMap(strings) : [];
  }
  function harmless(text: string): void {
    // Processor time: a busy machine's waiting is not the parser's.
    const begun = process.cpuUsage();
    const parsed = parseProbe(text);
    const { user, system } = process.cpuUsage(begun);
    expect((user + system) / 1000).toBeLessThan(1000);
    const said = parsed.ok ? strings(parsed.value) : [parsed.reason];
    expect(said.filter((line) => unsafe.test(line) || !Buffer.from(line).toString().startsWith(line))).toEqual([]);
  }

  const poison = fc.constantFrom(
    "\0",
    "\u001b[2J",
    "\u202e",
    "\n@@end\n",
    "\n@@files\n",
    "-1",
    "999999999999999999999",
    "'",
    "__proto__",
    "\ud800",
    "%",
    " ".repeat(3000),
    "9".repeat(3000),
    "[",
    "0-65535,",
  );
  const edit = fc.record({ at: fc.nat(), cut: fc.nat({ max: 40 }), put: fc.oneof(poison, fc.string({ maxLength: 20, unit: "binary" })) });

  it("changed captures never throw, never stall, never yield control characters", () => {
    fc.assert(
      fc.property(fc.constantFrom(...captures), fc.array(edit, { minLength: 1, maxLength: 6 }), (text, edits) => {
        harmless(edits.reduce((now, { at, cut, put }) => now.slice(0, at % now.length) + put + now.slice((at % now.length) + cut), text));
      }),
      { numRuns: 600 },
    );
  });

  it("lines deleted, doubled and swapped do no harm either", () => {
    const move = fc.record({ from: fc.nat(), to: fc.nat(), how: fc.constantFrom("delete", "double", "swap") });
    fc.assert(
      fc.property(fc.constantFrom(...captures), fc.array(move, { minLength: 1, maxLength: 10 }), (text, moves) => {
        const lines = text.split("\n");
        for (const { from, to, how } of moves) {
          const line = lines[from % lines.length] ?? "";
          if (how !== "double") lines.splice(from % lines.length, 1);
          if (how !== "delete") lines.splice(to % (lines.length + 1), 0, line);
        }
        harmless(lines.join("\n"));
      }),
      { numRuns: 400 },
    );
  });

  it("random text is refused", () => {
    fc.assert(fc.property(fc.string({ maxLength: 2000, unit: "binary" }), harmless));
    fc.assert(fc.property(fc.string({ maxLength: 2000, unit: "binary" }), (text) => harmless(`@@probe 1\n@@files\n${text}\n@@end\n`)));
  });

  it("a megabyte built to stall the parser takes under a second", () => {
    const head = (name: string): [string, string] => {
      const text = capture("debian12-gpu-worker");
      const at = text.indexOf(`@@${name}\n`) + name.length + 3;
      return [text.slice(0, at), text.slice(at)];
    };
    for (const section of [
      "files",
      "symlinks",
      "siblings",
      "disks",
      "smart",
      "addresses",
      "linkdetails",
      "pci",
      "vms",
      "services",
      "groups",
      "rss",
      "partitions",
    ]) {
      for (const line of [
        " ".repeat(4000),
        `1${" 1".repeat(1900)}`,
        "1".repeat(4000),
        "<source><address ".repeat(230),
        "0-65535",
        "[0200",
        'A="',
        "/sys/class/net/a/flags:0x1",
        "  /sys/a -> ",
      ]) {
        const [before, after] = head(section);
        harmless(`${before}${`${line}\n`.repeat(Math.floor(1_000_000 / (line.length + 1)))}${after}`);
      }
    }
  }, 120_000);
});
