/** For tests only: a real BMC on loopback (ipmi_sim of OpenIPMI), and addresses at which nobody is. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { powerState } from "./power";

/** For `describe.skipIf`. */
export const noBmcs = ["ipmi_sim", "ipmitool"].some((program) => spawnSync("sh", ["-c", `command -v ${program}`]).status !== 0);
export const unlessNoBmcs = (title: string): string => (noBmcs ? `${title} (skipped: needs openipmi and ipmitool)` : title);

export const LOGIN = "admin";
export const PASSWORD = "pw-of-a-bmc";

export type TestBmc = {
  address: string;
  port: number;
  login: string;
  password: string;
  /** Every order it took, in their order: "power 0", "shutdown 1". */
  orders: () => string[];
  power: () => "on" | "off";
  /** Answers no more, and again. */
  silence: (silent: boolean) => void;
  stop: () => void;
};

/** @param onPower shell commands that are run when its host goes off and on; nothing happens by default */
export async function startBmc(
  address: string,
  port: number,
  onPower: { off?: string; on?: string; soft?: string } = {},
): Promise<TestBmc> {
  const folder = mkdtempSync(join(tmpdir(), "regent-bmc-"));
  const path = (name: string) => join(folder, name);
  mkdirSync(path("state"));
  writeFileSync(path("power"), "1");
  writeFileSync(path("orders"), "");
  writeFileSync(
    path("chassis"),
    `#!/bin/bash
cd ${folder}; op=$1; shift
while [ $# -gt 0 ]; do
  if [ "$op" = get ]; then [ "$1" = power ] && echo "power:$(cat power)" || echo "$1:0"; shift; continue; fi
  echo "$1 $2" >>orders
  case $1:$2 in
    power:0) ${onPower.off ?? ":"}; echo 0 >power ;;
    power:1) ${onPower.on ?? ":"}; echo 1 >power ;;
    shutdown:*) ${onPower.soft ?? ":"} ;;
  esac
  shift 2
done
`,
  );
  chmodSync(path("chassis"), 0o755);
  writeFileSync(
    path("lan.conf"),
    `name "test"
set_working_mc 0x20
startlan 1
  addr ${address} ${port}
  priv_limit admin
  allowed_auths_user md5
  allowed_auths_operator md5
  allowed_auths_admin md5
  guid a123456789abcdefa123456700000001
endlan
chassis_control "${path("chassis")}"
user 1 false "" "" user 10 none md5
user 2 true "${LOGIN}" "${PASSWORD}" admin 10 md5
`,
  );
  writeFileSync(
    path("sim.emu"),
    "mc_setbmc 0x20\nmc_add 0x20 0 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02 persist_sdr\nsel_enable 0x20 1000 0x0a\nmc_enable 0x20\n",
  );
  const words = ["-n", "-c", path("lan.conf"), "-f", path("sim.emu"), "-s", path("state")];
  const child = spawn("ipmi_sim", words, { stdio: "ignore" });
  const bmc: TestBmc = {
    address,
    port,
    login: LOGIN,
    password: PASSWORD,
    orders: () => readFileSync(path("orders"), "utf8").split("\n").filter(Boolean),
    power: () => (readFileSync(path("power"), "utf8").trim() === "1" ? "on" : "off"),
    silence: (silent) => void child.kill(silent ? "SIGSTOP" : "SIGCONT"),
    stop: () => {
      child.kill("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
  for (let tries = 0; tries < 20; tries += 1) {
    if ((await powerState(bmc)).ok) return bmc;
    await sleep(50);
  }
  bmc.stop();
  throw new Error(`The BMC at ${address}:${port} did not start.`);
}

/**
 * A program that makes an address answer nothing at all, as that of a host that is off: it listens, never takes a connection, and fills
 * the queue of those that wait, so that the kernel drops every further one. Without a network of its own nothing else does that.
 */
export const HOLE = `
import { connect, createServer } from "node:net";
const [ip, port] = [process.argv[2], Number(process.argv[3])];
const worker = process.argv[4] === "listen";
if (worker) {
  const server = createServer();
  server.on("error", () => setTimeout(() => server.listen({ host: ip, port, backlog: 1 }), 20));
  server.listen({ host: ip, port, backlog: 1 }, () => {
    process.send("listens");
    setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 5);
  });
} else {
  const { fork } = await import("node:child_process");
  const child = fork(process.argv[1], [ip, String(port), "listen"]);
  process.on("SIGTERM", () => { child.kill("SIGKILL"); process.exit(0); });
  child.on("message", () => setTimeout(() => {
    for (let count = 0; count < 8; count += 1) connect(port, ip).on("error", () => undefined);
    setTimeout(() => process.stdout.write("dark\\n"), 100);
  }, 50));
}
`;

export type Hole = { close: () => Promise<void> };

/** Opens such a place; whatever listens there must have been closed. */
export async function openHole(ip: string, port: number): Promise<Hole> {
  const folder = mkdtempSync(join(tmpdir(), "regent-hole-"));
  const program = join(folder, "hole.mjs");
  writeFileSync(program, HOLE);
  const child: ChildProcess = spawn(process.execPath, [program, ip, String(port)], { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once("data", () => resolve());
    child.once("exit", () => reject(new Error("The hole closed by itself.")));
  });
  return {
    close: async () => {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
