/** From the raw text of a machine to lines and words that are safe to keep: what every parser in this folder begins with. */
import type { Refusal } from "@/lib/outcome";
import { refuse } from "@/lib/outcome";

/** The most that is read of one answer; the dialler refuses more before it comes here. */
const MAX_CHARACTERS = 1024 * 1024;
/** The flags of a processor are the longest honest line, about 2,000. */
const MAX_LINE = 4096;
/** Lines a login shell may print (a greeting in .bashrc) before the script speaks. */
const MAX_NOISE_LINES = 64;

/** Thrown inside a parser, turned into a refusal at its door (`guarded`): never leaves this folder. */
export class BadAnswer extends Error {}

export const badAnswer = (what: string): Refusal =>
  refuse("bad-answer", `The answer of the machine could not be read: ${what}. Nothing was changed.`);

/** Runs a parser; what it throws as BadAnswer is the refusal. Anything else is a bug and stays an exception. */
export function guarded<T>(parse: () => T): { ok: true; value: T } | Refusal {
  try {
    return { ok: true, value: parse() };
  } catch (error) {
    if (error instanceof BadAnswer) return badAnswer(error.message);
    throw error;
  }
}

// oxlint-disable-next-line no-control-regex -- the escape character begins what is taken out
const ANSI = /\u001b(?:\[[0-9;:?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|.)/g;
/** Everything the inventory refuses, and more: control, format (bidirectional, zero width) and unpaired surrogates. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u2065]/gu;

/** A name for people: unsafe characters are dropped, it is cut to `max` UTF-16 units, and null when nothing is left. */
export function cosmetic(value: string | null | undefined, max: number): string | null {
  if (!value) return null;
  const plain = value.slice(0, MAX_LINE).replace(ANSI, "").replace(UNSAFE, "").trim();
  return plain.slice(0, max).replace(UNSAFE, "").trim() || null;
}

/** A name things are found by (a link, a disk, a VM): refused, not repaired. */
export function identity(value: string, max: number, what: string): string {
  const plain = value.trim();
  if (plain === "" || plain.length > max) throw new BadAnswer(`${what} of ${plain.length} characters`);
  if (plain.search(UNSAFE) >= 0) throw new BadAnswer(`${what} with control characters`);
  return plain;
}

/** A whole number in its own digits, or null. */
export function integer(value: string | null | undefined, max = Number.MAX_SAFE_INTEGER): number | null {
  if (!value || !/^\d{1,16}$/.test(value.trim())) return null;
  const number = Number(value);
  return number <= max ? number : null;
}

/** The largest number of bytes the inventory holds. */
export const MAX_BYTES = 2 ** 52;
const KIB = 1024;

/** Linux counts memory and file systems in KiB. */
export function bytesOfKib(text: string | undefined): number | null {
  const kib = integer(text, MAX_BYTES / KIB);
  return kib === null ? null : kib * KIB;
}

export type Sections = ReadonlyMap<string, readonly string[]>;

/** Splits an answer at its `@@name` lines. The first must be `@@{first} 1`, the last `@@end`, and no name may come twice. */
export function sections(stdout: string, first: string): Sections {
  const lines = plainLines(stdout);
  const start = lines.findIndex((line) => line === `@@${first} 1`);
  if (start < 0 || start > MAX_NOISE_LINES) throw new BadAnswer("it does not begin as expected");
  const end = lines.findIndex((line) => line === "@@end");
  if (end < start) throw new BadAnswer("it is cut short");
  if (lines.slice(end + 1).some((line) => line !== "")) throw new BadAnswer("it goes on after its end");
  const found = new Map<string, string[]>();
  let current: string[] = [];
  for (const line of lines.slice(start + 1, end)) {
    if (!line.startsWith("@@") || /^@@(progress|error) /.test(line)) {
      current.push(line);
      continue;
    }
    const name = line.slice(2);
    if (!/^[a-z]{1,32}$/.test(name) || found.has(name)) throw new BadAnswer("its parts are out of order");
    found.set(name, (current = []));
  }
  return found;
}

/** The lines of an answer, after the checks that hold for every answer. */
export function plainLines(stdout: string): string[] {
  if (stdout.length > MAX_CHARACTERS) throw new BadAnswer("it is longer than 1 MiB");
  if (stdout.includes("\0")) throw new BadAnswer("it contains a NUL character");
  const lines = stdout.split("\n").map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
  if (lines.some((line) => line.length > MAX_LINE)) throw new BadAnswer("a line of it is too long");
  return lines;
}

export const linesOf = (from: Sections, name: string): readonly string[] => from.get(name) ?? [];

const read = new WeakMap<readonly string[], ReadonlyMap<string, readonly string[]>>();

/** The values of `grep -H .`: path to the lines of that file. Read once for all who ask: it is the longest part. */
export function filesOf(lines: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const known = read.get(lines) ?? readFiles(lines);
  read.set(lines, known);
  return known;
}

/** Only PCI addresses have colons in their paths. */
function readFiles(lines: readonly string[]): Map<string, string[]> {
  const files = new Map<string, string[]>();
  for (const line of lines) {
    const match = /^(\/sys\/bus\/pci\/devices\/[0-9a-f:.]{1,20}\/\w+|\/[^:]+):(.*)$/.exec(line);
    if (match?.[1] === undefined || match[2] === undefined) continue;
    const values = files.get(match[1]) ?? [];
    values.push(match[2]);
    files.set(match[1], values);
  }
  return files;
}

/** The links of `ls -ld`: path to target. */
export function symlinksOf(lines: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of lines) {
    const match = /\s(\/sys\/\S+) -> (\S+)$/.exec(line);
    if (match?.[1] && match[2]) found.set(match[1], match[2]);
  }
  return found;
}

/** Blocks of `key=value` or `Key:  value` lines, parted by empty lines. */
export function blocks(lines: readonly string[], separator: "=" | ":"): Map<string, string>[] {
  const found = [new Map<string, string>()];
  for (const line of lines) {
    const at = line.indexOf(separator);
    if (line.trim() === "") found.push(new Map<string, string>());
    else if (at > 0) found.at(-1)?.set(line.slice(0, at), line.slice(at + 1).trim());
  }
  return found.filter(({ size }) => size > 0);
}
