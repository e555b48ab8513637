/** The questions Regent asks a machine, each a command of the closed table with the parser of its answer. */
import type { Inventory } from "../domain/inventory";
import type { Reading } from "../domain/reading";
import type { NodeRole } from "../domain/roles";
import type { Survey } from "../domain/survey";
import { MACHINE } from "../messages/machine";
import { done, type Outcome } from "../outcome";
import type { CommandName, KeptCommandName } from "./commands";
import type { Conversation, Machine } from "./dial";
import { parseProbe } from "./parse";
import { parseHypervisorCheck, type HypervisorState } from "./parse-checks";
import { parseInstall, parseInstallKey, parseProfileState, parseUnits, parseWhoami, unitsRunning, type Privilege } from "./parse-join";
import { cosmetic } from "./parse-text";
import { parseSample, parseSurvey } from "./parse-sample";
import { profileLines, type ProfileState } from "./profiles";

export async function ask<T>(
  machine: Machine,
  command: CommandName,
  parse: (stdout: string) => Outcome<T>,
  lines: readonly string[] = [],
): Promise<Outcome<T>> {
  const answer = await machine.run(command, lines.map((line) => `${line}\n`).join(""));
  if (!answer.ok) return answer;
  const { stdout, stderr, exitCode } = answer.value;
  if (exitCode !== 0 && stdout === "")
    return MACHINE.commandFailed(machine.ip, command, exitCode, cosmetic(stderr.trim().split("\n").at(-1), 200) ?? "");
  return parse(stdout);
}

export const probe = (machine: Machine): Promise<Outcome<Inventory>> => ask(machine, "probe", parseProbe);

/** Whether the login is root, can become root without a password, or neither. */
export async function privilegeOf(machine: Machine): Promise<Outcome<Privilege>> {
  const who = await ask(machine, "whoami", parseWhoami);
  return who.ok ? done(who.value.privilege) : who;
}

/** Adds one line to authorized_keys of the login, once. */
export const installKey = (machine: Machine, authorizedKey: string): Promise<Outcome<"installed" | "present">> =>
  ask(machine, "installKey", parseInstallKey, [authorizedKey]);

export const profileState = (machine: Machine, role: NodeRole, os: Inventory["os"]): Promise<Outcome<ProfileState>> =>
  ask(machine, "profileState", parseProfileState, profileLines(role, os));

export const installPackages = (machine: Machine, packages: readonly string[]): Promise<Outcome<{ packages: string[] }>> =>
  ask(machine, "installPackages", parseInstall, packages);

/** Enables and starts units, and refuses when one of them does not run afterwards. */
export async function startUnits(machine: Machine, units: readonly string[]): Promise<Outcome> {
  if (!units.length) return done(undefined);
  const states = await ask(machine, "startUnits", parseUnits, units);
  return states.ok ? unitsRunning(units, states.value) : states;
}

export const checkHypervisor = (machine: Machine): Promise<Outcome<HypervisorState>> =>
  ask(machine, "hypervisorCheck", parseHypervisorCheck);

/** The counters of the machine at this moment, on its `sample` conversation. */
export const askSample = (conversation: Conversation): Promise<Outcome<Reading>> => askAgain(conversation, "sample", parseSample);

/** What changes slowly, on its `survey` conversation. */
export const askSurvey = (conversation: Conversation): Promise<Outcome<Survey>> => askAgain(conversation, "survey", parseSurvey);

async function askAgain<T>(
  conversation: Conversation,
  question: KeptCommandName,
  parse: (stdout: string) => Outcome<T>,
): Promise<Outcome<T>> {
  const answer = await conversation.ask(question);
  return answer.ok ? parse(answer.value) : answer;
}
