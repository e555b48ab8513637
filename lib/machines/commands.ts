/**
 * Everything Regent ever runs on a machine: a closed table of constant command lines. Data goes in on standard input, one
 * item a line, and the script checks each line before it does anything; it never stands in a command line.
 * `exec` is for a login that is root (or for commands that need no rights), `execSudo` for one that has sudo.
 */
import { PROBE_SCRIPT } from "@/lib/machines/probe";
import { HYPERVISOR_CHECK_SCRIPT, LINK_STATE_SCRIPT } from "@/lib/machines/scripts/checks";
import { INSTALL_KEY_SCRIPT, WHOAMI_SCRIPT } from "@/lib/machines/scripts/login";
import { INSTALL_PACKAGES_SCRIPT, PROFILE_STATE_SCRIPT } from "@/lib/machines/scripts/packages";
import { REACH_SCRIPT } from "@/lib/machines/scripts/reach";
import { SAMPLE_SCRIPT, SURVEY_SCRIPT } from "@/lib/machines/scripts/sample";
import { START_UNITS_SCRIPT, UNIT_STATE_SCRIPT } from "@/lib/machines/scripts/units";
import { asRoot, asUser } from "@/lib/machines/shell";

export type Command = {
  /** The constant command line. */
  exec: string;
  /** The same under `sudo -n`; null for a command that needs no rights or takes them itself. */
  execSudo: string | null;
  timeoutMs: number;
  /** Of standard output and standard error together. */
  maxBytes: number;
  privileged: boolean;
};

const KIB = 1024;
const SECOND_MS = 1000;

const plain = (script: string, seconds: number, kib = 256): Command => ({
  exec: asUser(script),
  execSudo: null,
  timeoutMs: seconds * SECOND_MS,
  maxBytes: kib * KIB,
  privileged: false,
});

const privileged = (script: string, seconds: number, kib = 256): Command => ({
  ...plain(script, seconds, kib),
  execSudo: asRoot(script),
  privileged: true,
});

export const COMMANDS = {
  /** Prints the inventory; read it with parseProbe. Takes sudo for the few facts that need it, if it can. */
  probe: plain(PROBE_SCRIPT, 30, 1024),
  /** Input: one line of authorized_keys. */
  installKey: plain(INSTALL_KEY_SCRIPT, 10),
  whoami: plain(WHOAMI_SCRIPT, 10),
  /** Input: `package NAME` and `unit NAME` lines. */
  profileState: plain(PROFILE_STATE_SCRIPT, 20),
  /** Input: package names. */
  installPackages: privileged(INSTALL_PACKAGES_SCRIPT, 15 * 60),
  /** Input: unit names. */
  startUnits: privileged(START_UNITS_SCRIPT, 150),
  /** Input: unit names. */
  unitState: plain(UNIT_STATE_SCRIPT, 20),
  hypervisorCheck: privileged(HYPERVISOR_CHECK_SCRIPT, 40),
  linkState: plain(LINK_STATE_SCRIPT, 10),
  /** Input: an address and a port. */
  reach: plain(REACH_SCRIPT, 8),
} as const satisfies Record<string, Command>;

export type CommandName = keyof typeof COMMANDS;

/** Those that stay and answer a line at a time. Their limits are for each answer. They need no rights. */
export const KEPT_COMMANDS = {
  /** Question: `sample`. Read it with parseSample. */
  sample: plain(SAMPLE_SCRIPT, 8, 64),
  /** Question: `survey`. Read it with parseSurvey. */
  survey: plain(SURVEY_SCRIPT, 30),
} as const satisfies Record<string, Command>;

export type KeptCommandName = keyof typeof KEPT_COMMANDS;
