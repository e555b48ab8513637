/** For tests only: real workers and simulated servers as processes, bundled as the product bundles them. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import type { DemoServer } from "../demo/fleet";
import { vmsOf } from "../demo/vms";
import type { Vm } from "../domain/inventory";
import { NODE_BUNDLE } from "../launch/bundle.mjs";
import { privateFolder, root } from "../launch/data-folder.mjs";
import { tryPort } from "../launch/ports.mjs";

/** See lib/demo/faults.ts. */
export type Faults = {
  delayMs?: number;
  hang?: "exec";
  password?: string;
  hostKey?: "new";
  busy?: number;
  linkDown?: string[];
  refuse?: boolean;
  migrationMs?: number;
  migrationFails?: { error: string; times?: number };
  killArrivals?: boolean;
  memoryLeftGiB?: number;
  deafGuests?: boolean;
  pools?: "degraded";
  awaySeconds?: number;
};
export type Fleet = {
  /** What a worker's environment needs to reach these servers. */
  networks: string;
  keysOf: (server: DemoServer) => string[];
  stateOf: (server: DemoServer) => { prepared: boolean; units: Record<string, string> };
  /** The virtual machines on it at this moment. */
  vmsOf: (server: DemoServer) => Vm[];
  /** The one SSH port of all, and where a server's faults stand. */
  port: number;
  faultsFile: (server: DemoServer) => string;
  setFaults: (server: DemoServer, faults: Faults) => void;
  /** It was started just now, as its next answers say. */
  restart: (server: DemoServer) => void;
  stop: () => void;
};

/** Below the checkout, so that the bundles find its packages. */
export async function bundles(): Promise<{ worker: string; demo: string; remove: () => void }> {
  const folder = mkdtempSync(join(privateFolder(join(root, ".data")), "test-bundles-"));
  const [worker, demo] = [join(folder, "worker.mjs"), join(folder, "demo.mjs")];
  for (const [name, outfile] of [
    ["worker", worker],
    ["demo", demo],
  ] as const)
    await build({ ...NODE_BUNDLE, entryPoints: [join(root, "lib", name, "main.ts")], outfile });
  return { worker, demo, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export async function startFleet(program: string): Promise<Fleet> {
  const folder = mkdtempSync(join(tmpdir(), "regent-fleet-"));
  const port = await tryPort(0, "0.0.0.0");
  const child = run(program, { REGENT_DEMO_STATE: folder, REGENT_DEMO_SSH_PORT: String(port) });
  await line(child, /"ready"/);
  const faultsFile = (server: DemoServer) => join(folder, "faults", `${server.ip}.json`);
  const file = (server: DemoServer, name: string) => readFileSync(join(folder, "servers", server.ip, name), "utf8");
  return {
    networks: `127.20.0.0/16:${port}`,
    keysOf: (server) =>
      absentIsEmpty(() => file(server, "authorized_keys"))
        .split("\n")
        .filter(Boolean),
    stateOf: (server) => JSON.parse(file(server, "machine.json")) as ReturnType<Fleet["stateOf"]>, // lib/demo/state.ts writes no other
    vmsOf: (server) => vmsOf(server, folder, Date.now() / 1000),
    port,
    faultsFile,
    setFaults: (server, faults) => writeFileSync(faultsFile(server), JSON.stringify(faults)),
    restart: (server) => {
      const state = JSON.parse(file(server, "machine.json")) as object; // as above
      const path = join(folder, "servers", server.ip, "machine.json");
      writeFileSync(path, JSON.stringify({ ...state, bootedAt: Math.floor(Date.now() / 1000) }));
    },
    stop: () => {
      child.kill("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type Worker = { id: string; child: ChildProcess; lines: string[]; exit: Promise<number | string> };

/** Resolves when the worker says that it is ready. */
export async function startWorker(program: string, env: Record<string, string>): Promise<Worker> {
  const child = run(program, { REGENT_LOG_LEVEL: "info", ...env });
  const lines: string[] = [];
  child.stdout?.on("data", (data: Buffer) => lines.push(data.toString()));
  const exit = new Promise<number | string>((resolve) => child.once("exit", (code, signal) => resolve(signal ?? code ?? -1)));
  const { workerId } = JSON.parse(await line(child, /worker is ready/)) as { workerId: string };
  return { id: workerId, child, lines, exit };
}

/** The channel ends the process when the test is killed. */
function run(program: string, env: Record<string, string>): ChildProcess {
  const { PATH = "" } = process.env;
  return spawn(process.execPath, [program], { env: { PATH, NODE_ENV: "production", ...env }, stdio: ["ignore", "pipe", "pipe", "ipc"] });
}

function line(child: ChildProcess, wanted: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    const seen: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      if (stream)
        createInterface({ input: stream }).on("line", (text) => {
          seen.push(text);
          if (wanted.test(text)) resolve(text);
        });
    child.once("exit", () => reject(new Error(`The process ended:\n${seen.join("\n")}`)));
  });
}

function absentIsEmpty(read: () => string): string {
  try {
    return read();
  } catch {
    return ""; // Nobody has written it yet.
  }
}
