import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { COMMANDS, KEPT_COMMANDS, type Command } from "@/lib/machines/commands";
import { parseLinkState, parseReach } from "@/lib/machines/parse-checks";
import { parseInstall, parseInstallKey, parseProfileState, parseWhoami } from "@/lib/machines/parse-join";
import { parseDeed, parseMemory } from "@/lib/machines/parse-deed";
import { parseStoragePools } from "@/lib/machines/parse-pools";
import { parseSample, parseSurvey } from "@/lib/machines/parse-sample";
import { asUser } from "@/lib/machines/shell";
import { openHole } from "@/lib/machines/testing-bmc";

const linux = process.platform === "linux";
const shells = ["sh", "bash", "busybox"].filter((shell) => spawnSync("sh", ["-c", `command -v ${shell}`]).status === 0);

/** Runs a command line as sshd does: through the login's own shell. */
function run(command: string, input = "", home = "/", shell = "sh") {
  const argv = shell === "busybox" ? ["busybox", "sh", "-c", command] : [shell, "-c", command];
  return spawnSync(argv[0] ?? "sh", argv.slice(1), {
    input,
    encoding: "utf8",
    cwd: home,
    env: { ...process.env, HOME: home },
    timeout: 20_000,
  });
}

describe("the closed table", () => {
  it("quotes a script so that the shell hands it over unchanged", () => {
    const script = `printf '%s' "it's \\$HOME \`here\` \\\\ 'twice'"; echo '!'`;
    expect(run(asUser(script)).stdout).toBe(run(script).stdout);
    expect(run(asUser(script)).stdout).toContain("it's");
  });

  it.each<[string, Command]>(Object.entries({ ...COMMANDS, ...KEPT_COMMANDS }))(
    "%s is a constant that every shell can read",
    (_, command) => {
      const argument = execFileSync("sh", ["-c", `set -- ${command.exec.slice("sh -c ".length)}; printf '%s' "$1"`], { encoding: "utf8" });
      for (const shell of shells)
        expect(run(`exec ${shell === "busybox" ? "busybox sh" : shell} -n -c ${asUser(argument).slice("sh -c ".length)}`).stderr).toBe("");
      expect(command.execSudo === null ? !command.privileged : command.execSudo === `sudo -n ${command.exec}`).toBe(true);
      expect(command.exec.length).toBeLessThan(32 * 1024);
      expect(command.exec).not.toContain("undefined");
    },
  );
});

describe.runIf(linux)("whoami", () => {
  it("says who the login is and what it may", () => {
    const parsed = parseWhoami(run(COMMANDS.whoami.exec).stdout);
    expect(parsed.ok && parsed.value.uid).toBe(process.getuid?.());
    if (process.getuid?.() === 0) expect(parsed.ok && parsed.value).toEqual({ uid: 0, user: "root", privilege: "root" });
  });
});

describe.runIf(linux)("reach", { timeout: 20_000 }, () => {
  /** In a process of its own: the one that waits for an answer can not give one. */
  const listening = () => {
    const child = spawn(process.execPath, [
      "-e",
      "const s = require('net').createServer().listen(0, '127.0.0.1', () => console.log(s.address().port))",
    ]);
    return new Promise<{ port: number; end: () => void }>((resolve) =>
      child.stdout.once("data", (data) => resolve({ port: Number(data), end: () => void child.kill() })),
    );
  };
  const said = (input: string) => {
    const parsed = parseReach(run(COMMANDS.reach.exec, input).stdout, "127.0.0.1");
    return parsed.ok ? parsed.value : parsed.code;
  };

  it("tells a service, a host without it, and nobody apart", async () => {
    const { port, end } = await listening();
    expect(said(`127.0.0.1\n${port}\n`)).toBe("there");
    end();
    expect(said("127.0.0.1\n1\n")).toBe("refused");
    const hole = await openHole("127.20.250.3", 6233);
    expect(said("127.20.250.3\n6233\n")).toBe("gone");
    await hole.close();
  });

  it("does not call gone what this machine itself has no network for", () => {
    expect(said("255.255.255.255\n22\n")).toBe("unknown");
  });

  it.each(["", "127.0.0.1\n", "127.0.0.1; id\n22\n", "$(id)\n22\n", "127.0.0.1\n22; id\n", "localhost\n22\n"])("refuses %j", (input) => {
    expect(run(COMMANDS.reach.exec, input).stdout).toBe("@@refused\n");
    expect(said(input)).toBe("bad-answer");
  });
});

describe.runIf(linux)("installKey", () => {
  const KEY = 'restrict,from="10.0.0.5" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB3b0mV2xTgDk5mF0cQnq8r3h1m5z regent@10.20.1.47';
  let home = "";
  beforeEach(() => void (home = mkdtempSync(join(tmpdir(), "regent-key-"))));
  afterEach(() => rmSync(home, { recursive: true, force: true }));
  const keys = (): string => readFileSync(join(home, ".ssh/authorized_keys"), "utf8");
  const install = (input: string) => parseInstallKey(run(COMMANDS.installKey.exec, input, home).stdout);

  it.each(shells)("makes the folder and the file for their owner only, once (%s)", (shell) => {
    expect(run(COMMANDS.installKey.exec, `${KEY}\n`, home, shell).stdout).toBe("installed\n");
    expect(run(COMMANDS.installKey.exec, `${KEY}\n`, home, shell).stdout).toBe("present\n");
    expect(keys()).toBe(`${KEY}\n`);
    expect(statSync(join(home, ".ssh")).mode & 0o777).toBe(0o700);
    expect(statSync(join(home, ".ssh/authorized_keys")).mode & 0o777).toBe(0o600);
  });

  it("keeps every other line, the mode, and a last line without its newline", () => {
    mkdirSync(join(home, ".ssh"));
    writeFileSync(join(home, ".ssh/authorized_keys"), "ssh-rsa AAAAOLD someone");
    chmodSync(join(home, ".ssh/authorized_keys"), 0o640);
    expect(install(`${KEY}\n`)).toEqual({ ok: true, value: "installed" });
    expect(keys()).toBe(`ssh-rsa AAAAOLD someone\n${KEY}\n`);
    expect(statSync(join(home, ".ssh/authorized_keys")).mode & 0o777).toBe(0o640);
  });

  it("refuses what is not one public key", () => {
    for (const line of ["", "hello", "ssh-ed25519 AAAA\u001b[31m x", "ssh-ed25519 AAAAé", "$(touch pwned)"])
      expect(install(`${line}\n`)).toMatchObject({ ok: false, code: "key-not-installed" });
    expect(() => keys()).toThrow();
  });

  it("takes the first line only", () => {
    expect(install(`${KEY}\nssh-ed25519 AAAAEVIL intruder\n`).ok).toBe(true);
    expect(keys()).not.toContain("EVIL");
  });
});

describe.runIf(linux)("names on standard input", () => {
  it.each(["../etc", "a b", "$(id)", "-rf", "", "x;y", "x'y"])("%j ends the script before it does anything", (name) => {
    for (const command of [COMMANDS.installPackages, COMMANDS.startUnits, COMMANDS.unitState]) {
      const { status, stdout } = run(command.exec, `${name}\n`);
      expect(status).toBe(64);
      expect(stdout).toBe("@@refused\n");
    }
  });

  it.each<[keyof typeof COMMANDS, string[]]>([
    ["vmState", ["", "x", "c3c2b4b1-1a6f-4b68-8d4c-7e8f9012345", "c3c2b4b1-1a6f-4b68-8d4c-7e8f9012345;"]],
    ["stopVm", ["c3c2b4b1-1a6f-4b68-8d4c-7e8f90123456\ngently"]],
    ["migrationProgress", ["$(id)"]],
    ["abortMigration", ["--help"]],
    ["allowPeer", ["10.0.0.1\nssh-rsa AAAA", "10.0.0.1\nssh-ed25519 AAAA;", "10.0.0\nssh-ed25519 AAAA", "10.0.0.256\nssh-ed25519 AAAA"]],
    [
      "knowPeer",
      [
        "10.0.0.1\n22;\nssh-ed25519\nSHA256:A",
        "10.0.0.1\n22\nssh-dss",
        "10.0.0.01\n22",
        `10.0.0.1\n22\nssh-ed25519\nSHA256:${"%".repeat(43)}`,
      ],
    ],
    ["checkPeer", ["host.example", "-oProxyCommand=id", "10.0.0.1/system", "1.2.3.4.5"]],
    ["forgetPeer", ["10.0.0.1\nssh-ed25519 *"]],
    [
      "migrateVm",
      ["c3c2b4b1-1a6f-4b68-8d4c-7e8f90123456\n10.0.0.1\nsteal", "c3c2b4b1-1a6f-4b68-8d4c-7e8f90123456\n10.0.0.1\ncopy\n../../x\n1"],
    ],
    ["forgetRegent", ["ssh-ed25519", "ssh-ed25519 .*", ""]],
  ])("%s does nothing with what is not of its shape", (name, inputs) => {
    for (const input of inputs)
      expect(run(COMMANDS[name].exec, `${input}\n`)).toMatchObject({ status: 64, stdout: "@@refused\n", stderr: "" });
  });

  it("packages that are there already are left alone", () => {
    const { stdout } = run(COMMANDS.installPackages.exec, "");
    expect(parseInstall(stdout)).toEqual({ ok: true, value: { packages: [] } });
  });
});

describe.runIf(linux && spawnSync("dpkg-query", ["-W", "dpkg"]).status === 0)("profileState", () => {
  it("tells installed from missing, and units that do not exist", () => {
    const parsed = parseProfileState(
      run(COMMANDS.profileState.exec, "package dpkg\npackage no-such-thing\nunit no-such.service\npackage $(id)\n").stdout,
    );
    expect(parsed).toEqual({
      ok: true,
      value: { manager: "apt-get", packages: { dpkg: "installed", "no-such-thing": "missing" }, units: { "no-such.service": "absent" } },
    });
  });
});

describe.runIf(linux)("linkState", () => {
  it("lists the links of this machine", () => {
    const parsed = parseLinkState(run(COMMANDS.linkState.exec).stdout);
    expect(parsed.ok && parsed.value.find(({ name }) => name === "lo")).toMatchObject({ adminUp: true, address: null, master: null });
  });
});

describe.runIf(linux)("memoryNow and storagePools", () => {
  it("read this machine", () => {
    const memory = parseMemory(run(COMMANDS.memoryNow.exec).stdout);
    expect(memory.ok && memory.value.availableBytes).toBeGreaterThan(0);
    expect(parseStoragePools(run(COMMANDS.storagePools.exec).stdout)).toMatchObject({ ok: true });
  });
});

describe.runIf(linux)("a restart", () => {
  const BOOT = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  it.each(shells)("knows the boot that runs, and leaves every other one alone (%s)", (shell) => {
    const now = parseDeed(run(COMMANDS.bootNow.exec, "", "/", shell).stdout);
    expect(now.ok && now.value).toMatchObject({ done: true, word: BOOT });
    const other = parseDeed(run(COMMANDS.reboot.exec, "11111111-2222-4333-8444-555555555555\n", "/", shell).stdout);
    expect(other.ok && other.value).toMatchObject({ done: true, word: "restarted" });
  });
  it.each(["", "now", `${BOOT}; reboot`, BOOT.slice(1)])("refuses %j, which is no boot", (line) => {
    expect(run(COMMANDS.reboot.exec, `${line}\n`)).toMatchObject({ status: 64, stdout: "@@refused\n" });
  });
});

describe.runIf(linux)("the conversations", () => {
  it.each(shells)("sample the machine as often as they are asked, and end with their input (%s)", (shell) => {
    const { stdout, status } = run(KEPT_COMMANDS.sample.exec, "sample\nsample\n", "/", shell);
    expect(status).toBe(0);
    const [first, second, rest] = stdout.split(/(?<=@@end\n)/).map((answer) => parseSample(answer));
    expect(rest).toBeUndefined();
    if (!first?.ok || !second?.ok) throw new Error("a sample could not be read");
    const uptime = Number(readFileSync("/proc/uptime", "utf8").split(" ")[0]);
    expect(uptime - first.value.uptime).toBeLessThan(20);
    expect(second.value.uptime).toBeGreaterThanOrEqual(first.value.uptime);
    expect(first.value.bootId).toBe(readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());
    expect(first.value.memory?.totalBytes).toBe(Number(/MemTotal: +(\d+)/.exec(readFileSync("/proc/meminfo", "utf8"))?.[1]) * 1024);
    expect(first.value.cpu?.total).toBeGreaterThan(first.value.cpu?.idle ?? Number.NaN);
    expect(first.value.load).not.toBeNull();
  });
  it("survey what changes slowly", () => {
    const { stdout, status } = run(KEPT_COMMANDS.survey.exec, "survey\n");
    expect(status).toBe(0);
    const survey = parseSurvey(stdout);
    expect(survey.ok && survey.value.partitions.find(({ mount }) => mount === "/")?.sizeBytes).toBeGreaterThan(0);
  });
  it.each(Object.values(KEPT_COMMANDS))("end when they are asked anything else", ({ exec }) => {
    expect(run(exec, "rm -rf /\nsample\n")).toMatchObject({ status: 64, stdout: "" });
  });
});
