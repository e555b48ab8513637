import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ConnectConfig } from "ssh2";
import ssh2 from "ssh2";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Faults } from "@/lib/demo/faults";
import type { DemoServer } from "@/lib/demo/fleet";
import { ALL_SERVERS } from "@/lib/demo/fleet";
import type { Daemon } from "@/lib/demo/ssh";
import { startDaemon } from "@/lib/demo/ssh";
import type { CommandName } from "@/lib/machines/commands";
import { COMMANDS } from "@/lib/machines/commands";
import { parseProbe } from "@/lib/machines/parse";
import { parseHypervisorCheck, parseLinkState } from "@/lib/machines/parse-checks";
import { parseInstall, parseInstallKey, parseProfileState, parseUnits, parseWhoami, unitsRunning } from "@/lib/machines/parse-join";
import { joinPlan, profileLines } from "@/lib/machines/profiles";
import type { Outcome } from "@/lib/outcome";

let folder: string;
const daemons: Daemon[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "regent-demo-"));
});
afterEach(() => {
  for (const daemon of daemons.splice(0)) daemon.close();
  rmSync(folder, { recursive: true });
});

async function start(name: string): Promise<{ server: DemoServer; port: number }> {
  const server = ALL_SERVERS.find((candidate) => candidate.name === name);
  if (!server) throw new Error(name);
  const daemon = await startDaemon(server, 0, folder);
  daemons.push(daemon);
  return { server, port: daemon.port };
}

function fault(server: DemoServer, faults: Faults): void {
  mkdirSync(join(folder, "faults"), { recursive: true });
  writeFileSync(join(folder, "faults", `${server.ip}.json`), JSON.stringify(faults));
}

type Target = { server: DemoServer; port: number };

/** Resolves to a logged-in client, or to the error's words. */
function login({ server, port }: Target, more: ConnectConfig = {}): Promise<ssh2.Client | string> {
  const client = new ssh2.Client();
  const { user, password } = server.credentials;
  return new Promise((resolve) => {
    client
      .on("ready", () => resolve(client))
      .on("error", (error) => resolve(error.message))
      .on("close", () => resolve("closed"));
    client.connect({ host: server.ip, port, username: user, password, readyTimeout: 1000, ...more });
  });
}

async function loggedIn(target: Target, more: ConnectConfig = {}): Promise<ssh2.Client> {
  const client = await login(target, more);
  if (typeof client === "string") throw new Error(client);
  return client;
}

/** One in 200 pairs of ssh2 can not be read again. */
function newPair(): { private: string; public: string } {
  const pair = ssh2.utils.generateKeyPairSync("ed25519");
  return ssh2.utils.parseKey(pair.private) instanceof Error ? newPair() : pair;
}

type Result = { stdout: string; stderr: string; code: number | null };

function exec(client: ssh2.Client, command: string, input = ""): Promise<Result> {
  return new Promise((resolve, reject) => {
    client.exec(command, (error, stream) => {
      if (error) return reject(error);
      let [stdout, stderr, code]: [string, string, number | null] = ["", "", null];
      stream.on("data", (data: Buffer) => (stdout += data.toString()));
      stream.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
      stream.on("exit", (value: number | null) => (code = value)).on("close", () => resolve({ stdout, stderr, code }));
      stream.end(input);
    });
  });
}

async function run(target: Target, name: CommandName, input?: string, more?: ConnectConfig): Promise<string> {
  const client = await loggedIn(target, more);
  const { exec: plain, execSudo } = COMMANDS[name];
  const { stdout } = await exec(client, target.server.privilege === "sudo" ? (execSudo ?? plain) : plain, input);
  client.end();
  return stdout;
}

function value<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}

it("greets as OpenSSH does", async () => {
  const { server, port } = await start("spare-west-01");
  const banner = await new Promise<string>((resolve) => {
    const socket = connect(port, server.ip).once("data", (data) => {
      resolve(data.toString());
      socket.destroy();
    });
  });
  expect(banner).toBe("SSH-2.0-OpenSSH_10.0p2 Debian-7\r\n");
});

it("answers the whole table, and 127 to everything else", async () => {
  const target = await start("control-west-01");
  expect(value(parseWhoami(await run(target, "whoami")))).toEqual({ uid: 1000, user: "ops", privilege: "sudo" });
  expect(value(parseProbe(await run(target, "probe")))).toMatchObject({ hostname: "control-west-01", privilege: "sudo" });
  expect(value(parseHypervisorCheck(await run(target, "hypervisorCheck")))).toMatchObject({
    libvirt: "11.3.0",
    qemu: "10.0.2",
    accelerated: true,
    cpus: 64,
  });
  const links = value(parseLinkState(await run(target, "linkState")));
  for (const link of links) expect(target.server.hardware.links).toContainEqual(expect.objectContaining(link));
  expect(links).toHaveLength(target.server.hardware.links.length);
  expect(value(parseUnits(await run(target, "unitState", "libvirtd.service\nnope.service\n")))).toMatchObject([
    { active: "active" },
    { active: "inactive" },
  ]);
  const client = await loggedIn(target);
  expect(await exec(client, "uname -a")).toEqual({ stdout: "", stderr: "sh: 1: not found\n", code: 127 });
  expect(await exec(client, COMMANDS.startUnits.exec, "")).toMatchObject({ code: 127 });
  client.end();
});

it("lets in with a key that was installed, and still does after a restart", async () => {
  const target = await start("spare-west-01");
  const { private: privateKey, public: line } = newPair();
  const key = { password: undefined, privateKey };
  expect(await login(target, key)).toMatch(/authentication methods failed/);
  expect(value(parseInstallKey(await run(target, "installKey", `restrict ${line}\n`)))).toBe("installed");
  expect(value(parseInstallKey(await run(target, "installKey", `restrict ${line}\n`)))).toBe("present");
  const hostKeys = new Set<string>();
  const hostVerifier = (shown: Buffer) => !!hostKeys.add(shown.toString("base64"));
  (await loggedIn(target, { ...key, hostVerifier })).end();
  daemons.pop()?.close();
  (await loggedIn(await start("spare-west-01"), { ...key, hostVerifier })).end();
  expect(hostKeys.size).toBe(1);
  const stranger = newPair().private;
  expect(await login(await start("spare-west-01"), { ...key, privateKey: stranger })).toMatch(/authentication methods failed/);
});

it("prepares a bare server: packages, units, hypervisor", { timeout: 60_000 }, async () => {
  const target = await start("spare-west-03");
  const { os } = target.server.hardware;
  const plan = async () =>
    value(joinPlan("Worker", os, value(parseProfileState(await run(target, "profileState", profileLines("Worker", os).join("\n"))))));
  const before = await plan();
  expect(before.install).toHaveLength(4);
  expect(parseHypervisorCheck(await run(target, "hypervisorCheck"))).toMatchObject({ ok: false, code: "hypervisor-silent" });
  fault(target.server, { failPackage: true });
  expect(parseInstall(await run(target, "installPackages", before.install.join("\n")))).toMatchObject({
    ok: false,
    code: "packages-failed",
  });
  fault(target.server, {});
  const said = await run(target, "installPackages", before.install.join("\n"));
  expect(said.split("\n").filter((line) => line.startsWith("@@progress ")).length).toBeGreaterThan(8);
  expect(value(parseInstall(said)).packages).toEqual(before.install);
  const after = await plan();
  expect(after).toMatchObject({ install: [], start: ["libvirtd.socket", "virtlogd.socket", "libvirtd.service"] });
  expect(unitsRunning(after.units, value(parseUnits(await run(target, "unitState", after.units.join("\n")))))).toMatchObject({ ok: false });
  expect(unitsRunning(after.units, value(parseUnits(await run(target, "startUnits", after.units.join("\n")))))).toMatchObject({ ok: true });
  expect(value(parseHypervisorCheck(await run(target, "hypervisorCheck")))).toMatchObject({ accelerated: true });
  expect(value(parseProbe(await run(target, "probe"))).hypervisor).toEqual({ libvirt: "11.3.0", qemu: "10.0.2", running: true });
});

it("drops a connection after three wrong passwords and shuts the source out after seven", { timeout: 30_000 }, async () => {
  const target = await start("spare-west-01");
  const wrong = () => login(target, { password: "no", tryKeyboard: false });
  for (let attempt = 0; attempt < 7; attempt += 1) expect(await wrong()).toMatch(/authentication methods failed/);
  expect(await login(target)).not.toBeInstanceOf(ssh2.Client);
  const said = await new Promise<string>((resolve) =>
    connect(target.port, target.server.ip).once("data", (data) => resolve(data.toString())),
  );
  expect(said).toBe("Not allowed at this time\r\n");
  const other = await start("spare-west-02");
  let tries = 0;
  const again: ConnectConfig["authHandler"] = (_, __, next) => next({ type: "password", username: "root", password: `no ${(tries += 1)}` });
  expect(await login(other, { authHandler: again })).not.toBeInstanceOf(ssh2.Client);
  expect(tries).toBe(3);
});

it("has faults on demand", { timeout: 30_000 }, async () => {
  const target = await start("spare-west-01");
  const shown: string[] = [];
  const hostVerifier = (key: Buffer) => shown.push(key.toString("base64")) > 0;
  (await loggedIn(target, { hostVerifier })).end();
  fault(target.server, { hostKey: "new", password: "other" });
  (await loggedIn(target, { hostVerifier, password: "other" })).end();
  expect(new Set(shown).size).toBe(2);
  expect(await login(target)).toMatch(/authentication methods failed/);
  for (const hang of ["banner", "auth"] as const) {
    fault(target.server, { hang });
    expect(await login(target)).toMatch(/Timed out/);
  }
  fault(target.server, { inventory: "hostile" });
  expect(parseProbe(await run(target, "probe"))).toMatchObject({ ok: false, code: "bad-answer" });
  fault(target.server, { linkDown: ["ens1f0"] });
  const link = value(parseLinkState(await run(target, "linkState"))).find(({ name }) => name === "ens1f0");
  expect(link).toMatchObject({ carrier: false, speedMbps: null });
  const bare = await start("spare-west-03");
  fault(bare.server, { dropDuringInstall: true });
  const names = "qemu-utils\nlibvirt-clients\n";
  expect(parseInstall(await run(bare, "installPackages", names))).toMatchObject({ ok: false });
  expect(parseInstall(await run(bare, "installPackages", names))).toMatchObject({ ok: true });
  fault(target.server, { refuse: true });
  expect(await login(target)).toMatch(/ECONNRESET|closed/);
});
