/** The answers of the commands that log in and prepare a host: typed, or refused in one sentence. */
import type { ProfileState } from "@/lib/machines/profiles";
import { BadAnswer, badAnswer, cosmetic, guarded, identity, integer, linesOf, plainLines, sections } from "@/lib/machines/parse-text";
import type { Outcome } from "@/lib/outcome";
import { done, refuse } from "@/lib/outcome";

export type Privilege = "root" | "sudo" | "none";
export type Whoami = { uid: number; user: string; privilege: Privilege };

const NAME = /^[a-z0-9][a-zA-Z0-9.+@_-]{0,127}$/;
const SAID_MAX = 300;

export const parseWhoami = (stdout: string): Outcome<Whoami> =>
  guarded(() => {
    const lines = linesOf(sections(stdout, "whoami"), "login");
    const read = (key: string): string => lines.find((line) => line.startsWith(`${key}=`))?.slice(key.length + 1) ?? "";
    const [uid, privilege] = [integer(read("uid"), 2 ** 32), read("privilege")];
    if (uid === null) throw new BadAnswer("it does not say who the user is");
    if (privilege !== "root" && privilege !== "sudo" && privilege !== "none")
      throw new BadAnswer("it does not say which rights the user has");
    return { uid, user: identity(read("user"), 64, "a user name"), privilege };
  });

/** Whether the key was put there now or stood there already. */
export function parseInstallKey(stdout: string): Outcome<"installed" | "present"> {
  const read = guarded(() => plainLines(stdout).filter((line) => line !== ""));
  if (!read.ok) return read;
  const last = read.value.at(-1) ?? "";
  if (last === "installed" || last === "present") return done(last);
  if (!last.startsWith("@@failed ")) return badAnswer("it does not say whether the key was installed");
  const why = cosmetic(last.slice(9), SAID_MAX) ?? "no reason was given";
  return refuse("key-not-installed", `Regent's key could not be installed on the machine: ${why}.`, {
    hint: "Check the home folder of the user and the rights of its .ssh folder.",
  });
}

export const parseProfileState = (stdout: string): Outcome<ProfileState> =>
  guarded(() => {
    const from = sections(stdout, "profile");
    const manager = linesOf(from, "manager")[0] ?? "";
    const packages: Record<string, "installed" | "missing"> = {};
    const units: Record<string, ProfileState["units"][string]> = {};
    for (const line of linesOf(from, "state").slice(0, 256)) {
      const [kind, name = "", state = "", file = ""] = line.split(" ");
      if (!NAME.test(name)) throw new BadAnswer("it names what was not asked for");
      if (kind === "package") packages[name] = state === "installed" ? "installed" : "missing";
      if (kind === "unit")
        units[name] =
          state === "absent" ? "absent" : { active: cosmetic(state, 32) ?? "unknown", enabled: cosmetic(file, 32) ?? "unknown" };
    }
    return { manager: ["apt-get", "dnf", "yum", "zypper"].includes(manager) ? manager : null, packages, units };
  });

/** The sentence of one line of output, when it is a progress line: to be shown while a command still runs. */
export const progressOf = (line: string): string | null => (line.startsWith("@@progress ") ? cosmetic(line.slice(11), SAID_MAX) : null);

/** The packages that are there now. One that is not is a refusal with the package manager's own last word. */
export function parseInstall(stdout: string): Outcome<{ packages: string[] }> {
  const read = guarded(() => {
    const from = sections(stdout, "packages");
    const rows = linesOf(from, "state").map((line) => line.split(" "));
    if (rows.some(([kind, name]) => kind !== "package" || !NAME.test(name ?? ""))) throw new BadAnswer("it names what was not asked for");
    const named = (state: string): string[] => rows.flatMap(([, name, is]) => (name && is === state ? [name] : []));
    const errors = linesOf(from, "run").filter((line) => line.startsWith("@@error "));
    return { installed: named("installed"), missing: named("missing"), error: cosmetic(errors.at(-1)?.slice(8), SAID_MAX) };
  });
  if (!read.ok) return read;
  const { installed, missing, error } = read.value;
  if (missing.length === 0) return done({ packages: installed });
  const why = error ? `the package manager says "${error}"` : "the package manager gave no reason";
  return refuse("packages-failed", `${missing.join(", ")} could not be installed: ${why}.`, {
    hint: "Check the host's package sources and its network, then join again.",
  });
}

export type UnitState = { name: string; load: string; active: string; sub: string; result: string; journal: string | null };

/** One row a unit, in the order asked for. */
export const parseUnits = (stdout: string): Outcome<UnitState[]> =>
  guarded(() => {
    const lines = linesOf(sections(stdout, "units"), "state").slice(0, 512);
    const said = lines.flatMap((line) => [/^journal (\S+) (.*)$/.exec(line) ?? []]);
    const journal = new Map(said.map(([, name, text]) => [name, text]));
    return lines.flatMap((line) => {
      const [kind, name = "", ...words] = line.split(" ");
      if (kind !== "unit") return [];
      if (!NAME.test(name)) throw new BadAnswer("it names what was not asked for");
      const [load, active, sub, result] = words.map((word) => cosmetic(word, 32) ?? "unknown");
      return [
        {
          name,
          load: load ?? "unknown",
          active: active ?? "unknown",
          sub: sub ?? "unknown",
          result: result ?? "unknown",
          journal: cosmetic(journal.get(name), SAID_MAX),
        },
      ];
    });
  });

/** Refuses when one of the wanted units does not run. A socket counts as running while the service behind it does. */
export function unitsRunning(wanted: readonly string[], states: readonly UnitState[]): Outcome {
  const active = (name: string): boolean => states.some((unit) => unit.name === name && unit.active === "active");
  const down = wanted.find((name) => !active(name) && !(name.endsWith(".socket") && active(name.replace(/\.socket$/, ".service"))));
  if (!down) return done(undefined);
  const unit = states.find(({ name }) => name === down);
  const how =
    !unit || unit.load === "not-found" ? "is not installed" : unit.load === "masked" ? "is masked" : `is ${unit.active} (${unit.result})`;
  const said = unit?.journal ? ` Its last words: "${unit.journal}".` : "";
  return refuse("unit-down", `${down} ${how} on the machine.${said}`, { hint: `Look at it with journalctl -u ${down} on the machine.` });
}
