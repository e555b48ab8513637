/**
 * Everything Regent ever runs on a machine: a closed table of constant command lines. Data goes in on standard input, one
 * item a line, and the script checks each line before it does anything; it never stands in a command line.
 * `exec` is for a login that is root (or for commands that need no rights), `execSudo` for one that has sudo.
 */
import { PROBE_SCRIPT } from "@/lib/machines/probe";
import { HYPERVISOR_CHECK_SCRIPT, LINK_STATE_SCRIPT } from "@/lib/machines/scripts/checks";
import {
  ABORT_MIGRATION_SCRIPT,
  LIST_VMS_SCRIPT,
  MEMORY_SCRIPT,
  MIGRATION_PROGRESS_SCRIPT,
  STOP_VM_SCRIPT,
  VM_STATE_SCRIPT,
} from "@/lib/machines/scripts/hypervisor";
import { INSTALL_KEY_SCRIPT, WHOAMI_SCRIPT } from "@/lib/machines/scripts/login";
import { INSTALL_PACKAGES_SCRIPT, PROFILE_STATE_SCRIPT } from "@/lib/machines/scripts/packages";
import { MIGRATE_SCRIPT } from "@/lib/machines/scripts/migrate";
import { STORAGE_POOLS_SCRIPT } from "@/lib/machines/scripts/pools";
import { REACH_SCRIPT } from "@/lib/machines/scripts/reach";
import { BOOT_SCRIPT, REBOOT_SCRIPT } from "@/lib/machines/scripts/reboot";
import { SAMPLE_SCRIPT, SURVEY_SCRIPT } from "@/lib/machines/scripts/sample";
import {
  ALLOW_PEER_SCRIPT,
  CHECK_PEER_SCRIPT,
  FORGET_PEER_SCRIPT,
  FORGET_REGENT_SCRIPT,
  KNOW_PEER_SCRIPT,
  MIGRATION_KEY_SCRIPT,
} from "@/lib/machines/scripts/trust";
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
  listVms: privileged(LIST_VMS_SCRIPT, 60, 1024),
  memoryNow: plain(MEMORY_SCRIPT, 10),
  /** Input: the UUID of a VM. */
  vmState: privileged(VM_STATE_SCRIPT, 30),
  /** Input: the UUID of a VM, and `hard` or `soft`. */
  stopVm: privileged(STOP_VM_SCRIPT, 120),
  migrationKey: privileged(MIGRATION_KEY_SCRIPT, 40),
  /** Input: the peer's address and its public key. */
  allowPeer: privileged(ALLOW_PEER_SCRIPT, 40),
  /** Input: the peer's address, port, type of host key and fingerprint. */
  knowPeer: privileged(KNOW_PEER_SCRIPT, 40),
  /** Input: the peer's address. */
  checkPeer: privileged(CHECK_PEER_SCRIPT, 50),
  /** Input: the peer's address and its public key. */
  forgetPeer: privileged(FORGET_PEER_SCRIPT, 40),
  /** Input: the UUID of a VM, the peer's address, `copy` or `shared`, the operation's id and the attempt. */
  migrateVm: privileged(MIGRATE_SCRIPT, 44 * 60),
  /** Input: the UUID of a VM. */
  migrationProgress: privileged(MIGRATION_PROGRESS_SCRIPT, 30),
  /** Input: the UUID of a VM. */
  abortMigration: privileged(ABORT_MIGRATION_SCRIPT, 70),
  bootNow: plain(BOOT_SCRIPT, 10),
  /** Input: the boot that is to end. */
  reboot: privileged(REBOOT_SCRIPT, 30),
  storagePools: privileged(STORAGE_POOLS_SCRIPT, 60),
  /** Input: Regent's own public key. */
  forgetRegent: privileged(FORGET_REGENT_SCRIPT, 40),
  /** Input: an address and a port. */
  reach: plain(REACH_SCRIPT, 8),
} as const satisfies Record<string, Command>;

export type CommandName = keyof typeof COMMANDS;

/** Those that stay and answer a line at a time. Their limits are for each answer. They need no rights; the survey takes sudo to ask disks for their health, if it can. */
export const KEPT_COMMANDS = {
  /** Question: `sample`. Read it with parseSample. */
  sample: plain(SAMPLE_SCRIPT, 8, 64),
  /** Question: `survey`. Read it with parseSurvey. */
  survey: plain(SURVEY_SCRIPT, 30, 1024),
} as const satisfies Record<string, Command>;

export type KeptCommandName = keyof typeof KEPT_COMMANDS;
