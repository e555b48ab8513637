/**
 * Many hosts on one machine: OpenSSH's own server behind as many loopback addresses, with one host key, and one key that is let in. Needs
 * root, as sshd does to log others in.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import ssh2 from "ssh2";
import { tryPort } from "../../../lib/launch/ports.mjs";
import { cpuOf, cpuOfEnded, sum } from "../measure.mjs";

const SSHD = "/usr/sbin/sshd";
/** sshd separates its privileges below this folder, which a service manager makes. */
const SEPARATION = "/run/sshd";
/** One sshd listens at so many addresses and no more. */
const LISTENS = 16;

export const missingHosts = () => {
  if (!existsSync(SSHD)) return `there is no ${SSHD}`;
  return userInfo().uid === 0 ? null : "sshd needs root";
};

const addressOf = (index) => `127.40.${index >> 8}.${index & 255}`;

function newKey() {
  const pair = ssh2.utils.generateKeyPairSync("ed25519");
  return ssh2.utils.parseKey(pair.private) instanceof Error ? newKey() : pair; // about 1 in 200 can not be read back
}

/** @returns {Promise<{ addresses: string[], port: number, key: { private: string, file: string }, hostKey: string, cpu: () => number }>} cpu: seconds that all of them have used */
export async function startHosts(folder, count, children) {
  mkdirSync(SEPARATION, { recursive: true });
  const file = (name, text) => {
    writeFileSync(join(folder, name), `${text.trim()}\n`, { mode: 0o600 });
    return join(folder, name);
  };
  const [host, own] = [newKey(), newKey()];
  const port = await tryPort(0, "0.0.0.0"); // free on all of them
  const addresses = Array.from({ length: count }, (_, index) => addressOf(index + 1));
  const common = [
    `HostKey ${file("host", host.private)}`,
    `AuthorizedKeysFile ${file("authorized_keys", own.public)}`,
    "StrictModes no",
    "PidFile none",
    "MaxStartups 1000",
    "PasswordAuthentication no",
    // Without PAM, sshd refuses an account that is locked; with it, each login costs more than everything that is measured.
    `UsePAM ${/^root:!/m.test(readFileSync("/etc/shadow", "utf8")) ? "yes" : "no"}`,
  ];
  const servers = [];
  for (let first = 0; first < count; first += LISTENS) {
    const listens = addresses.slice(first, first + LISTENS).map((address) => `ListenAddress ${address}:${port}`);
    const child = spawn(SSHD, ["-D", "-e", "-f", file(`config-${first}`, [...listens, ...common].join("\n"))], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    children.add(child);
    servers.push(child.pid);
    await listening(child, listens.length);
  }
  // What a login starts has ended with it, and counts for the server.
  const cpu = () => sum(servers.map((pid) => cpuOf(pid) + cpuOfEnded(pid)));
  return { addresses, port, key: { private: own.private, file: file("key", own.private) }, hostKey: host.public, cpu };
}

async function listening(child, count) {
  let said = "";
  child.stderr.on("data", (part) => {
    if (said.length < 10_000) said += part;
  });
  for (const until = Date.now() + 10_000; Date.now() < until && child.exitCode === null; await sleep(20))
    if (said.split("Server listening").length > count) return;
  throw new Error(`sshd does not listen: ${said.trim()}`);
}
