/**
 * What Regent asks of a node's hypervisor, and does with it. Each is a command of the closed table on an open session. A refusal has
 * libvirt's own words in its reason.
 */
import type { Vm } from "../domain/inventory";
import type { HostKey } from "../domain/requests";
import { deedRefusal, noVms, otherPeerKey } from "../messages/hypervisor";
import { done, type Outcome } from "../outcome";
import { ask } from "./ask";
import type { CommandName } from "./commands";
import type { Machine } from "./dial";
import { parseDeed, parseMemory, parseVmList, progressOf, type Deed, type MemoryNow, type MigrationProgress } from "./parse-deed";
import { parseStoragePools, type StoragePool } from "./parse-pools";

/** How long a session may last that moves virtual machines: longer than the longest migration, so that the node itself says what was late. */
export const MIGRATION_SESSION_MS = 45 * 60_000;

/** All virtual machines of the node at this moment, with everything that decides whether and where they can go. */
export async function listVms(machine: Machine): Promise<Outcome<Vm[]>> {
  const found = await ask(machine, "listVms", parseVmList);
  if (!found.ok) return found;
  return found.value ? done(found.value) : noVms(machine.ip);
}

/** The memory that a virtual machine which comes now could have, in bytes. */
export const memoryNow = (machine: Machine): Promise<Outcome<MemoryNow>> => ask(machine, "memoryNow", parseMemory);

/** The node's own public key for migrations, one line of OpenSSH; made at the first time. */
export async function migrationKey(machine: Machine): Promise<Outcome<string>> {
  const deed = await perform(machine, "migrationKey", [], `No key for migrations could be made on ${machine.ip}`);
  return deed.ok ? done(`${deed.value.word} ${deed.value.detail}`) : deed;
}

/**
 * Lets another node reach this one's libvirt, and nothing else, as root with its migration key from its address. Again is the same as
 * once; a key that comes from another address now is let in from there alone.
 */
export const allowPeer = (machine: Machine, { publicKey, fromIp }: { publicKey: string; fromIp: string }): Promise<Outcome> =>
  plainly(machine, "allowPeer", [fromIp, bare(publicKey)], `${fromIp} could not be let in on ${machine.ip}`, fromIp);

/** The node reads the peer's host key by itself, and keeps it if it is the one that Regent has pinned. */
export async function knowPeer(machine: Machine, { ip, port, type, sha256 }: { ip: string; port: number } & HostKey): Promise<Outcome> {
  const deed = await look(machine, "knowPeer", [ip, String(port), type, sha256]);
  if (!deed.ok) return deed;
  if (!deed.value.done && deed.value.word === "other-key") return otherPeerKey(machine.ip, ip, sha256, deed.value.detail);
  return judged(machine, deed.value, `The host key of ${ip} could not be kept on ${machine.ip}`, ip);
}

/** Proves that this node's libvirt reaches the peer's. The round trip is null where the peer does not answer a ping. */
export async function checkPeer(machine: Machine, ip: string): Promise<Outcome<{ roundTripMs: number | null }>> {
  const deed = await perform(machine, "checkPeer", [ip], `${machine.ip} does not reach the hypervisor of ${ip}`, ip);
  if (!deed.ok) return deed;
  const ms = /^\d{1,5}(\.\d{1,3})?$/.test(deed.value.word) ? Number(deed.value.word) : null;
  return done({ roundTripMs: ms });
}

/** Takes back both directions of trust with a peer: what it may here, and that its host key is known here. */
export const forgetPeer = (machine: Machine, { ip, publicKey }: { ip: string; publicKey: string }): Promise<Outcome> =>
  plainly(machine, "forgetPeer", [ip, bare(publicKey)], `The trust in ${ip} could not be taken back on ${machine.ip}`, ip);

export type Migration = {
  uuid: string;
  /** Where the peer is reached by the node, not by Regent; knowPeer and allowPeer have been there. */
  peerIp: string;
  /** Copies the disks, too: for a VM whose storage is "local". */
  copyStorage: boolean;
  /** The operation, and which attempt of it this is: the node refuses a lower one than it has seen. */
  fence: { operationId: string; attempt: number };
};

/**
 * Moves a running VM to a peer, live; it is defined there and no longer here. Resolves at the end: up to 30 minutes, in a session of
 * MIGRATION_SESSION_MS. "present": it was there already. On a refusal other than
 * "vm-dead", "vm-gone" and "vm-unclear" it runs on where it was. A
 * success is libvirt's word and a first look: ask `vmState` of the peer afterwards.
 */
export async function migrateVm(machine: Machine, { uuid, peerIp, copyStorage, fence }: Migration): Promise<Outcome<"moved" | "present">> {
  const lines = [uuid, peerIp, copyStorage ? "copy" : "shared", fence.operationId, String(fence.attempt)];
  const deed = await perform(machine, "migrateVm", lines, `The VM could not be migrated to ${peerIp}`, peerIp);
  return deed.ok ? done(deed.value.word === "present" ? "present" : "moved") : deed;
}

/** How far a migration from this node is, memory and disks together; null when none of this VM is under way. */
export async function migrationProgress(machine: Machine, uuid: string): Promise<Outcome<MigrationProgress | null>> {
  const deed = await perform(machine, "migrationProgress", [uuid], "The progress of the migration could not be read");
  return deed.ok ? done(progressOf(`${deed.value.word} ${deed.value.detail}`)) : deed;
}

/** Ends a migration from this node; the VM runs on here, and `migrateVm` refuses with "migration-aborted". "nothing": none was under way. */
export async function abortMigration(machine: Machine, uuid: string): Promise<Outcome<"aborted" | "nothing">> {
  const deed = await perform(machine, "abortMigration", [uuid], "The migration could not be aborted");
  return deed.ok ? done(deed.value.word === "aborted" ? "aborted" : "nothing") : deed;
}

/** "absent", or the state in libvirt's words: "running", "paused", "shut off", "crashed"… */
export async function vmState(machine: Machine, uuid: string): Promise<Outcome<string>> {
  const deed = await perform(machine, "vmState", [uuid], "The state of the VM could not be read");
  return deed.ok ? done(`${deed.value.word} ${deed.value.detail}`.trim()) : deed;
}

/**
 * Hard: as if its power was cut, at once. Soft: asks its operating system to shut down, which takes its time or does not listen; ask
 * `vmState` for what came of it. A VM that is off already, or not there, is a success.
 */
export const stopVm = (machine: Machine, uuid: string, { hard }: { hard: boolean }): Promise<Outcome> =>
  plainly(machine, "stopVm", [uuid, hard ? "hard" : "soft"], "The VM could not be stopped");

/** Every storage pool of the node by what is installed there. What can not be read is "unknown", with the reason as its detail. */
export const storagePools = (machine: Machine): Promise<Outcome<StoragePool[]>> => ask(machine, "storagePools", parseStoragePools);

/**
 * Takes everything of Regent off the node: what it made below /etc and /run, every peer's way in, and last its own line in
 * authorized_keys of the login. The open session goes on; no new one is possible.
 */
export const forgetRegent = (machine: Machine, { publicKey }: { publicKey: string }): Promise<Outcome> =>
  plainly(machine, "forgetRegent", [bare(publicKey)], `Regent could not be taken off ${machine.ip}`);

/** A line of authorized_keys may begin with options; the scripts want type and key. */
const bare = (publicKey: string): string => /ssh-ed25519 AAAA\S+/.exec(publicKey)?.[0] ?? publicKey;

const look = (machine: Machine, command: CommandName, lines: readonly string[]): Promise<Outcome<Deed>> =>
  ask(machine, command, parseDeed, lines);

async function perform(
  machine: Machine,
  command: CommandName,
  lines: readonly string[],
  what: string,
  peer = machine.ip,
): Promise<Outcome<Deed>> {
  const deed = await look(machine, command, lines);
  if (!deed.ok || deed.value.done) return deed;
  return deedRefusal(deed.value.word, what, { ...deed.value, ip: machine.ip, peer });
}

async function plainly(machine: Machine, command: CommandName, lines: readonly string[], what: string, peer?: string): Promise<Outcome> {
  const deed = await perform(machine, command, lines, what, peer);
  return deed.ok ? done(undefined) : deed;
}

const judged = (machine: Machine, deed: Deed, what: string, peer: string): Outcome =>
  deed.done ? done(undefined) : deedRefusal(deed.word, what, { ...deed, ip: machine.ip, peer });
