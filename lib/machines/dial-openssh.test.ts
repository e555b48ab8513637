import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { privilegeOf } from "./ask";
import { readHostKey, withMachine, type Address } from "./dial";
import { generateNodeKey } from "./keys";
import { closeAll, HOST_KEY, listen, newKey, PIN } from "./testing";

const SSHD = "/usr/sbin/sshd";
/** Root's sshd separates its privileges below this folder, which a service manager makes. */
const SEPARATION = "/run/sshd";

function missing(): string | null {
  if (!existsSync(SSHD)) return `no ${SSHD} here`;
  return userInfo().uid === 0 && !existsSync(SEPARATION) ? `no ${SEPARATION} here` : null;
}

const MISSING = missing();
const user = userInfo().username;
const own = generateNodeKey({ comment: "regent@127.0.0.1", from: "127.0.0.1" });
const elsewhere = generateNodeKey({ comment: "regent@127.0.0.1", from: "10.0.0.0/8" });
let folder: string;
let place: Address;
let sshd: ChildProcess;
let log = "";

async function start(): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), "regent-sshd-"));
  place = await listen(() => undefined);
  await closeAll();
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), `${text.trim()}\n`, { mode: 0o600 });
    return join(folder, name);
  };
  const config = [
    `ListenAddress ${place.ip}:${place.port}`,
    `HostKey ${file("host", HOST_KEY.private)}`,
    `AuthorizedKeysFile ${file("authorized_keys", `${own.authorizedKey}\n${elsewhere.authorizedKey}`)}`,
    "StrictModes no",
    "PidFile none",
    "LogLevel VERBOSE",
    // Without PAM, sshd refuses an account whose password is locked, as root's often is.
    `UsePAM ${userInfo().uid === 0 && existsSync("/etc/pam.d/sshd") ? "yes" : "no"}`,
  ];
  sshd = spawn(SSHD, ["-D", "-e", "-f", file("config", config.join("\n"))], { stdio: ["ignore", "ignore", "pipe"] });
  sshd.stderr?.on("data", (chunk: Buffer) => (log += chunk.toString()));
  for (let i = 0; i < 100 && !log.includes("Server listening"); i++) await sleep(50);
}

describe.skipIf(MISSING)(`OpenSSH's own server${MISSING ? ` (${MISSING})` : ""}`, () => {
  beforeAll(start);
  afterAll(() => {
    sshd.kill();
    rmSync(folder, { recursive: true });
  });

  const login = (privateKey: string) => withMachine(place, PIN, { kind: "key", user, privateKey }, privilegeOf);

  it("shows its key, and sees no attempt to log in", async () => {
    expect(await readHostKey(place)).toMatchObject({
      ok: true,
      value: { banner: expect.stringMatching(/^SSH-2\.0-OpenSSH/), hostKey: PIN },
    });
    await sleep(200);
    expect(log).not.toMatch(/Failed|Postponed|Invalid user/);
  });

  it("lets Regent's own key in, from where its line says, and runs a command", async () => {
    expect(await login(own.privateKey)).toMatchObject({ ok: true, value: expect.stringMatching(/^(root|sudo|none)$/) });
    expect(await login(elsewhere.privateKey)).toMatchObject({ ok: false, code: "auth-refused" });
  });

  it("meets one attempt with a key that is not its own, and one with a password", async () => {
    log = "";
    expect(await login(newKey().private)).toMatchObject({ ok: false, code: "auth-refused" });
    const password = await withMachine(place, PIN, { kind: "password", user, password: "wrong" }, privilegeOf);
    expect(password).toMatchObject({ ok: false, code: "auth-refused" });
    await sleep(200);
    expect(log.match(/Failed password/g)).toHaveLength(1);
  });
});
