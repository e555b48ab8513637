/** What a simulated server remembers between two starts of the demo: its host key, its authorized keys, its packages and units. */
import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ssh2 from "ssh2";
import type { DemoServer } from "@/lib/demo/fleet";

export type UnitState = "active" | "inactive" | "failed";

export type MachineState = {
  /** Seconds since 1970. */
  bootedAt: number;
  /** Down until then, seconds since 1970: it was restarted. */
  awayUntil?: number;
  /** Whether libvirt and QEMU are installed. */
  prepared: boolean;
  /** Packages that were installed through Regent. */
  packages: string[];
  /** Units whose state was changed or is not "active" from the beginning. */
  units: Record<string, UnitState>;
  /** Its own public key for migrations. */
  migrationKey?: string;
  /** Whose migration keys are let in, and from which address. */
  allowed?: Readonly<Record<string, string>>;
  /** The fingerprints of its peers' host keys, by address. */
  known?: Readonly<Record<string, string>>;
  /** The highest attempt it has seen of each operation. */
  attempts?: Readonly<Record<string, number>>;
};

/** How a server is found before anybody changed anything. */
export function firstState(server: DemoServer, now: number): MachineState {
  const units = Object.fromEntries(server.failedUnits.map((unit) => [unit, "failed" as const]));
  return { bootedAt: Math.floor(now) - server.uptimeSeconds, prepared: server.prepared, packages: [], units };
}

/**
 * The remembered state of `server` below `folder` (the demo's state folder), made at the first call.
 * The region's seeding and the demo process may both call it: they see the same boot time.
 */
export function readState(folder: string, server: DemoServer, now: number): MachineState {
  const stored = readText(folder, server, "machine.json");
  if (stored === null) {
    createOnce(folder, server, "machine.json", JSON.stringify(firstState(server, now)));
    return readState(folder, server, now);
  }
  // Only changeState and the line above write this file, whole, so that it always holds a MachineState.
  return JSON.parse(stored) as MachineState;
}

/** Reads, changes and keeps the state in one go: nothing else of this process comes between. */
export const changeState = (folder: string, server: DemoServer, now: number, change: (state: MachineState) => MachineState): void =>
  replace(folder, server, "machine.json", JSON.stringify(change(readState(folder, server, now))));

/** The OpenSSH private key the server shows, made at the first call. `name` tells a second identity apart. */
export function hostKeyOf(folder: string, server: DemoServer, name: "host_key" | "host_key_new" = "host_key"): string {
  const stored = readText(folder, server, name);
  if (stored !== null) return stored;
  createOnce(folder, server, name, newKey());
  return hostKeyOf(folder, server, name);
}

/** ssh2 drops a leading zero byte, so that about one in 200 keys that it makes can not be read again: such a key is made anew. */
function newKey(): string {
  const { private: key } = ssh2.utils.generateKeyPairSync("ed25519");
  return ssh2.utils.parseKey(key) instanceof Error ? newKey() : key;
}

/** One line per key, as OpenSSH keeps them. */
export const authorizedKeys = (folder: string, server: DemoServer): string[] =>
  (readText(folder, server, "authorized_keys") ?? "").split("\n").filter((line) => line !== "");

/** Adds the line; false when it is there already. */
export function authorize(folder: string, server: DemoServer, line: string): boolean {
  const lines = authorizedKeys(folder, server);
  if (lines.includes(line)) return false;
  replaceAuthorizedKeys(folder, server, [...lines, line]);
  return true;
}

export const replaceAuthorizedKeys = (folder: string, server: DemoServer, lines: readonly string[]): void =>
  replace(folder, server, "authorized_keys", [...lines, ""].join("\n"));

const pathOf = (folder: string, server: DemoServer, file: string): string => join(folder, "servers", server.ip, file);

function readText(folder: string, server: DemoServer, file: string): string | null {
  try {
    return readFileSync(pathOf(folder, server, file), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

function temporary(folder: string, server: DemoServer, text: string): string {
  mkdirSync(join(folder, "servers", server.ip), { recursive: true, mode: 0o700 });
  const path = pathOf(folder, server, `.${randomUUID()}`);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

const replace = (folder: string, server: DemoServer, file: string, text: string): void =>
  renameSync(temporary(folder, server, text), pathOf(folder, server, file));

/** A hard link fails when the name is taken: of two processes that create at once, the first wins and the file is never half. */
function createOnce(folder: string, server: DemoServer, file: string, text: string): void {
  const path = temporary(folder, server, text);
  try {
    linkSync(path, pathOf(folder, server, file));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    rmSync(path);
  }
}
