/** The health of storage pools, from the tools of each kind. What a tool could not tell is "unknown", with its own words. */
import type { Sections } from "@/lib/machines/parse-text";
import { blocks, cosmetic, guarded, integer, linesOf, sections } from "@/lib/machines/parse-text";
import type { Outcome } from "@/lib/outcome";

export type StoragePool = {
  kind: "libvirt" | "md" | "lvm" | "btrfs" | "zfs" | "ceph";
  name: string;
  health: "ok" | "degraded" | "unknown";
  /** Why, in words; empty when there is nothing to say. */
  detail: string;
};

const MAX_POOLS = 512;
const DETAIL_MAX = 300;

const pool = (kind: StoragePool["kind"], name: string | undefined, health: StoragePool["health"], detail = ""): StoragePool => ({
  kind,
  name: cosmetic(name, 128) ?? "?",
  health,
  detail: cosmetic(detail, DETAIL_MAX) ?? "",
});

/** What a tool printed, when it ended well; otherwise one pool that says why nothing is known of its kind. */
function told(
  from: Sections,
  section: string,
  kind: StoragePool["kind"],
  read: (lines: readonly string[]) => StoragePool[],
): StoragePool[] {
  const lines = linesOf(from, section);
  if (lines.length === 0) return [];
  const said = lines.slice(0, -1);
  if (lines.at(-1) === "exit 0") return read(said);
  const why = said.findLast((line) => line.trim() !== "") ?? `its tool ended with ${lines.at(-1) ?? "nothing"}`;
  return [pool(kind, section, "unknown", why)];
}

export const parseStoragePools = (stdout: string): Outcome<StoragePool[]> =>
  guarded(() => {
    const from = sections(stdout, "pools");
    return [
      ...told(from, "libvirt", "libvirt", libvirt),
      ...told(from, "md", "md", mdPools),
      ...volumeGroups(from),
      ...told(from, "btrfs", "btrfs", btrfs),
      ...told(from, "zfs", "zfs", zfs),
      ...told(from, "ceph", "ceph", ceph),
    ].slice(0, MAX_POOLS);
  });

/** `pool-info`: one that starts with the host and does not run is missed; one that somebody starts by hand is not. */
function libvirt(lines: readonly string[]): StoragePool[] {
  const found = blocks(lines.flatMap((line) => (line.startsWith("Name:") ? ["", line] : [line])), ":").filter((block) => block.has("UUID")); // prettier-ignore
  return found.map((block) => {
    const [name, state] = [block.get("Name"), block.get("State") ?? ""];
    if (state === "running") return pool("libvirt", name, "ok");
    if (block.get("Autostart") === "yes")
      return pool("libvirt", name, "degraded", `It starts with the host, but is ${state || "not there"}.`);
    return pool("libvirt", name, "unknown", `It is ${state || "not there"}.`);
  });
}

/** /proc/mdstat: `[2/1] [U_]` has one of two members; a rebuild is under way where a percentage stands. */
export function mdPools(lines: readonly string[]): StoragePool[] {
  const found: StoragePool[] = [];
  for (const line of lines) {
    const [, name, state] = /^(md\S{0,64}) : (active|inactive)\b/.exec(line) ?? [];
    if (name) found.push(pool("md", name, state === "active" ? "ok" : "degraded", state === "active" ? "" : "It is inactive."));
    const last = found.at(-1);
    const members = /\[(\d{1,4})\/(\d{1,4})\] \[[U_]+\]/.exec(line);
    if (last && members && members[1] !== members[2])
      Object.assign(last, { health: "degraded", detail: `${members[2]} of ${members[1]} members are there.` });
    const rebuild = /(recovery|resync|reshape) *= *([\d.]{1,6}%)/.exec(line);
    if (last && rebuild) Object.assign(last, { detail: `${last.detail} ${rebuild[1]} is at ${rebuild[2]}.`.trim() });
  }
  return found;
}

function volumeGroups(from: Sections): StoragePool[] {
  const sick = new Map<string, string[]>();
  const rows = (lines: readonly string[]) => lines.filter((line) => line.includes("|")).map((line) => line.trim().split("|"));
  const volumes = told(from, "lvs", "lvm", (lines) => {
    for (const [group = "", volume, health] of rows(lines))
      if (health) sick.set(group, [...(sick.get(group) ?? []), `${volume} is ${health}`]);
    return [];
  });
  const groups = told(from, "vgs", "lvm", (lines) =>
    rows(lines).map(([name = "", missing]) => {
      const gone = integer(missing);
      const why = [...(gone ? [`${gone} disks are missing`] : []), ...(sick.get(name) ?? [])];
      return pool("lvm", name, why.length > 0 ? "degraded" : gone === null || volumes.length > 0 ? "unknown" : "ok", why.join(", "));
    }),
  );
  return [...groups, ...volumes];
}

/** Of each mount point: devices that are missing, and counters of errors that are not zero. */
function btrfs(lines: readonly string[]): StoragePool[] {
  const found: StoragePool[] = [];
  for (const line of lines) {
    const mount = /^mount (\/.*)$/.exec(line)?.[1];
    if (mount) found.push(pool("btrfs", mount, "ok"));
    const last = found.at(-1);
    if (!last) continue;
    const missing = /some devices missing|\bMISSING\b|path .*missing/i.test(line);
    const errors = /^\[(.{1,255})\]\.(\w{1,32}) +([1-9]\d{0,18})$/.exec(line);
    if (missing && !last.detail.includes("missing")) worsen(last, "degraded", "A device is missing.");
    if (errors) worsen(last, "degraded", `${errors[1]} counts ${errors[3]} ${errors[2]}.`);
    if (line.startsWith("failed ") && last.health === "ok") worsen(last, "unknown", "btrfs does not tell.");
    if (line.startsWith("ERROR: ") && last.health === "ok") worsen(last, "unknown", line.slice(7));
  }
  return found;
}

function worsen(one: StoragePool, health: StoragePool["health"], why: string): void {
  one.health = health;
  one.detail = cosmetic(`${one.detail} ${why}`, DETAIL_MAX) ?? "";
}

function zfs(lines: readonly string[]): StoragePool[] {
  const found = lines.flatMap((line) => {
    const [name, health, rest] = line.split("\t");
    return name && health && rest === undefined ? [pool("zfs", name, health === "ONLINE" ? "ok" : "degraded", health === "ONLINE" ? "" : `It is ${health}.`)] : []; // prettier-ignore
  });
  let at: StoragePool | undefined;
  for (const line of lines) {
    const [, what, text = ""] = /^(pool|status|errors) (.*)$/.exec(line) ?? [];
    if (what === "pool") at = found.find(({ name }) => name === text);
    else if (at && what === "status") worsen(at, at.health, text);
    else if (at && what === "errors" && text !== "No known data errors") worsen(at, "degraded", text);
  }
  return found;
}

/** Of all OSDs on the host together: whether they may be stopped (maintenance), and whether they may go for good (removal). */
function ceph(lines: readonly string[]): StoragePool[] {
  const ids = /^osds((?: \d{1,6}){1,512})$/
    .exec(lines[0] ?? "")?.[1]
    ?.trim()
    .split(" ");
  if (!ids) return [];
  const answer = (question: string): { code: string; words: string } => {
    const from = lines.indexOf(`asked ${question}`) + 1;
    const to = lines.findIndex((line, index) => index >= from && line.startsWith("answered "));
    const words = lines.slice(from, to < 0 ? undefined : to).filter((line) => !line.startsWith("{")).join(" "); // prettier-ignore
    return { code: lines[to]?.slice(9) ?? "", words: cosmetic(words, 140) ?? "" };
  };
  const [stop, destroy] = [answer("ok-to-stop"), answer("safe-to-destroy")];
  const BUSY = "16";
  const verdict = ({ code, words }: typeof stop, yes: string, no: string) =>
    code === "0" ? `${yes}.` : `${no}: ${(words || `code ${code}`).replace(/[.]+$/, "")}.`;
  return [
    pool(
      "ceph",
      ids.map((id) => `osd.${id}`).join(" "),
      stop.code === "0" ? "ok" : stop.code === BUSY ? "degraded" : "unknown",
      `${verdict(stop, "Safe to stop", "Not safe to stop")} ${verdict(destroy, "Safe to destroy", "Not safe to destroy")}`,
    ),
  ];
}
