/** What of a machine is broken: the answers of lib/machines/scripts/health.ts. */
import type { Survey } from "@/lib/domain/survey";
import { mdPools } from "@/lib/machines/parse-pools";
import { cosmetic, linesOf, type Sections } from "@/lib/machines/parse-text";

const MAX_NAMES = 512;

type Health = Pick<Survey, "linksDown" | "disksFailing" | "poolsDegraded">;
/** By name, whether it is broken. */
type Verdicts = Map<string, boolean>;

export const parseHealth = (from: Sections): Health => ({
  linksDown: broken(links(linesOf(from, "links"))),
  disksFailing: broken(disks(linesOf(from, "disks"), mdLines(from))),
  poolsDegraded: broken(pools(linesOf(from, "pools"), mdLines(from))),
});

/** null: there is nothing of which anything is known. */
function broken(known: Verdicts): string[] | null {
  if (known.size === 0) return null;
  const names = [...known].flatMap(([name, ill]) => (ill ? (cosmetic(name, 128) ?? []) : []));
  return names.slice(0, MAX_NAMES);
}

/** One bad word of several is enough. */
const note = (known: Verdicts, name: string, ill: boolean): Verdicts => known.set(name, ill || (known.get(name) ?? false));

const mdLines = (from: Sections): string[] =>
  linesOf(from, "pools").flatMap((line) => (line.startsWith("md ") ? line.slice("md ".length) : []));

function links(lines: readonly string[]): Verdicts {
  const known: Verdicts = new Map();
  for (const line of lines) {
    const [, name, carrier] = /^link (\S{1,32}) ([01])$/.exec(line) ?? [];
    if (name) note(known, name, carrier === "0");
  }
  return known;
}

/** Bits of smartctl's exit status. A deadline ends it with 124 or 137, and a shell with 126 or 127: no disk has said anything then. */
const [NOT_ASKED, NOT_ANSWERED, FAILING, NOT_ITS_OWN] = [0b11, 0b100, 0b1000, 64];
/** The kernel gave up on it. */
const GIVEN_UP = ["offline", "dead"];

function disks(lines: readonly string[], mdstat: readonly string[]): Verdicts {
  const known: Verdicts = new Map();
  for (const line of lines) {
    const [what, name = "", word = ""] = line.split(" ");
    if (!/^[a-z][\w!-]{0,31}$/.test(name)) continue;
    if (what === "state" && /^[\w-]{1,32}$/.test(word)) note(known, name, GIVEN_UP.includes(word));
    if (what === "readonly") note(known, diskOf(name), true);
    if (what !== "smart" || !/^\d{1,3}$/.test(word)) continue;
    const code = Number(word);
    if (code >= NOT_ITS_OWN || code & NOT_ASKED) continue;
    if (code & FAILING || !(code & NOT_ANSWERED)) note(known, name, (code & FAILING) !== 0);
  }
  for (const line of mdstat)
    for (const [, member = ""] of line.matchAll(/ ([a-z]\w{0,31})\[\d{1,4}\]\(F\)/g)) note(known, diskOf(member), true);
  return known;
}

/** The disk that a partition lies on: sda of sda2, nvme0n1 of nvme0n1p2. What is no partition of a disk stands for itself. */
const diskOf = (name: string): string =>
  /^((?:s|v|xv)d[a-z]{1,4})\d+$/.exec(name)?.[1] ?? /^((?:nvme\d+n|mmcblk)\d+)p\d+$/.exec(name)?.[1] ?? name;

/** libvirt's: one that starts with the host and does not run is missed; one that somebody starts by hand is not. */
function pools(lines: readonly string[], mdstat: readonly string[]): Verdicts {
  const known: Verdicts = new Map();
  for (const { name, health } of mdPools(mdstat)) if (health !== "unknown") note(known, `md ${name}`, health === "degraded");
  for (const line of lines) {
    const [, kind, word, name] = /^(btrfs|zfs) ([A-Za-z]{1,16}) (\S.{0,127})$/.exec(line) ?? [];
    if (kind && name) note(known, `${kind} ${name}`, word !== (kind === "zfs" ? "ONLINE" : "ok"));
    const [, called, state, starts] = /^libvirt +(\S.{0,99}?) +(active|inactive) +(yes|no) *$/.exec(line) ?? [];
    if (called && (state === "active" || starts === "yes")) note(known, `libvirt ${called}`, state === "inactive");
  }
  return known;
}
