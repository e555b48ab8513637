/**
 * `npm run bench:probe`: a worker's first look at 100 hosts over SSH beside Ansible's facts, and beside the same script sent by pssh, clush
 * and plain ssh, in turns; then at 500 hosts in one go. All hosts are this machine, so its own work for each (fork, key exchange, tools)
 * sets the pace. It never fails a test run. Linux and root; peers come from Debian's packages and are reported as missing where they are not.
 */
import { fork, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { closeSync, openSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../../../lib/launch/temporary.mjs";
import { bundle, cpuOf, cpuOfEnded, memoryOf, memoryOfAll, middle, row } from "../measure.mjs";
import { missingHosts, startHosts } from "./hosts.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const HOSTS = Number(process.env.HOSTS ?? 100);
const MANY = Number(process.env.MANY ?? 500);
const ROUNDS = Number(process.env.ROUNDS ?? 3);
/** As many at once on every side, and as many as a worker has. */
const AT_ONCE = 32;
const GOAL = { speed: 15, cpu: 20, memoryMb: 60 };
const PEER_MS = 180_000;
const WATCH_MS = 250;
const LINGERS_S = 5;

const { folder, remove } = await temporaryFolder();
const children = new Set();

async function main() {
  const missing = missingHosts();
  if (missing) return console.log(`Nothing can be measured here: ${missing}. On Debian, openssh-server brings it.`);
  const hosts = await startHosts(folder, MANY, children);
  const regent = await startRegent(hosts);
  const sides = { Regent: (addresses) => regent.look(addresses), ...peers(hosts, regent.script) };
  console.log(
    `Node.js ${process.version}, ${versionOf("ssh", "-V")}, ${availableParallelism()} cores; ${HOSTS} hosts, ${AT_ONCE} at once; ` +
      `medians of ${ROUNDS} rounds in turns`,
  );
  await regent.look(hosts.addresses.slice(0, 10)); // code that runs for the first time is compiled
  const found = Object.fromEntries(Object.keys(sides).map((side) => [side, []]));
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [side, look] of Object.entries(sides)) {
      const before = hosts.cpu();
      const figures = await look(hosts.addresses.slice(0, HOSTS));
      found[side].push({ ...figures, target: hosts.cpu() - before });
    }
  report(found);
  await reportMany(regent, hosts.addresses);
}

const versionOf = (program, flag) => {
  const { error, stdout, stderr } = spawnSync(program, [flag], { encoding: "utf8" });
  return error ? null : (stdout + stderr).trim().split("\n")[0].replace(/,.*/, "");
};

/** A worker's process, as far as it looks. */
async function startRegent({ port, key, hostKey }) {
  const [type, body] = hostKey.split(" ");
  const sha256 = `SHA256:${createHash("sha256").update(Buffer.from(body, "base64")).digest("base64").replace(/=+$/, "")}`;
  const { regent } = await bundle("probe", { regent: join(HERE, "regent.ts") });
  const child = fork(regent, [], { env: { PATH: process.env.PATH, NODE_ENV: "production" } });
  children.add(child);
  const [{ script }] = await once(child, "message");
  const idle = memoryOf(child.pid);
  const asked = { port, user: "root", privateKey: key.private, pinned: { type, sha256 }, atOnce: AT_ONCE };
  return {
    script,
    look: async (addresses) => {
      const cpu = cpuOf(child.pid);
      const figures = await watched(child.pid, async () => {
        child.send({ ...asked, addresses });
        return (await once(child, "message"))[0];
      });
      const { found, refused, first } = figures.value;
      if (found !== addresses.length) throw new Error(`${refused.length} hosts were not read: ${refused[0]}`);
      return { ...figures, cpu: cpuOf(child.pid) - cpu, above: figures.memory - idle, hosts: found, first };
    },
  };
}

/** How long a task takes and how large a process and those below it become meanwhile; s and MiB. */
async function watched(pid, task) {
  let memory = 0;
  const look = setInterval(() => (memory = Math.max(memory, memoryOfAll(pid))), WATCH_MS);
  const begun = performance.now();
  try {
    const value = await task();
    return { value, seconds: (performance.now() - begun) / 1000, memory };
  } finally {
    clearInterval(look);
  }
}

/** Those that are installed, each with the same number at once and the key exchange that is quickest here; the others are named. */
function peers({ port, key }, script) {
  const file = (name, text, mode = 0o600) => {
    writeFileSync(join(folder, name), text, { mode });
    return join(folder, name);
  };
  const input = file("probe.sh", script);
  const options = [
    "KexAlgorithms=curve25519-sha256",
    "StrictHostKeyChecking=no",
    "UserKnownHostsFile=/dev/null",
    "LogLevel=ERROR",
    `Port=${port}`,
  ];
  const flags = [...options, `IdentityFile=${key.file}`, "IdentitiesOnly=yes"].flatMap((option) => ["-o", option]);
  const list = (addresses) => file("hosts", `${addresses.join("\n")}\n`);
  const quiet = { stdin: "/dev/null" };
  const all = {
    "Ansible, setup": {
      program: "ansible",
      package: "ansible-core",
      args: (addresses) => [
        "all",
        "-i",
        list(addresses),
        "-u",
        "root",
        "-f",
        AT_ONCE,
        "-m",
        "setup",
        `--ssh-common-args=${flags.join(" ")}`,
      ],
      // As it is delivered, but that its connections, which outlive it, end soon. Their processor time is not in its figure.
      env: {
        ANSIBLE_SSH_ARGS: `-C -o ControlMaster=auto -o ControlPersist=${LINGERS_S}s`,
        ANSIBLE_SSH_CONTROL_PATH_DIR: join(folder, "cp"),
        ANSIBLE_HOST_KEY_CHECKING: "0",
        ANSIBLE_LOCAL_TEMP: folder,
        ANSIBLE_HOME: folder,
        ANSIBLE_PYTHON_INTERPRETER: "/usr/bin/python3",
      },
      ok: (text) => text.split("| SUCCESS").length - 1,
      restS: LINGERS_S + 1,
      ...quiet,
    },
    "pssh, our script": {
      program: "parallel-ssh",
      package: "pssh",
      args: (addresses) => ["-h", list(addresses), "-l", "root", "-p", AT_ONCE, "-t", "60", "-I", "-i", ...flags.map(pssh), "sh -s"],
      ok: (text) => text.split("@@end").length - 1,
      stdin: input,
    },
    "clush, our script": {
      program: "clush",
      package: "clustershell",
      args: (addresses) => ["-w", addresses.join(","), "-l", "root", "-f", AT_ONCE, "-o", flags.join(" "), "sh", "-s"],
      ok: (text) => text.split("@@end").length - 1,
      stdin: input,
    },
    "limit: ssh by xargs, our script": {
      program: "xargs",
      package: "findutils",
      args: () => ["-P", AT_ONCE, "-I{}", "sh", "-c", `ssh ${flags.join(" ")} root@{} sh -s <${input} >/dev/null && echo "@@end"`],
      ok: (text) => text.split("@@end").length - 1,
      stdin: list,
    },
  };
  const here = Object.entries(all).filter(([, { program }]) => versionOf(program, "--version"));
  for (const [side, peer] of Object.entries(all))
    if (!here.some(([name]) => name === side)) console.log(`Missing: ${peer.program} (Debian's ${peer.package}) for "${side}".`);
  return Object.fromEntries(here.map(([side, peer]) => [side, (addresses) => runPeer(side, peer, addresses)]));
}

/** pssh takes its options of ssh as -O NAME=VALUE. */
const pssh = (flag) => (flag === "-o" ? "-O" : flag);

async function runPeer(side, { program, args, env = {}, ok, stdin, restS = 0 }, addresses) {
  const from = openSync(typeof stdin === "function" ? stdin(addresses) : stdin, "r");
  const before = cpuOfEnded(process.pid);
  const child = spawn(program, args(addresses).map(String), {
    env: { PATH: process.env.PATH, HOME: folder, ...env },
    stdio: [from, "pipe", "pipe"],
    timeout: PEER_MS,
  });
  closeSync(from);
  let [text, errors] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (part) => (text += part));
  child.stderr.setEncoding("utf8").on("data", (part) => (errors = (errors + part).slice(-2000)));
  const figures = await watched(child.pid, () => once(child, "close"));
  const hosts = ok(text);
  if (hosts !== addresses.length) throw new Error(`${side} read ${hosts} of ${addresses.length} hosts: ${errors}`);
  const cpu = cpuOfEnded(process.pid) - before;
  await sleep(restS * 1000);
  return { ...figures, cpu, hosts };
}

const speed = (rounds) => HOSTS / middle(rounds, "seconds");
const each = (rounds, key) => (middle(rounds, key) * 1000) / HOSTS;
const cpuMs = (rounds) => each(rounds, "cpu");

function report(found) {
  row(["", "hosts/s", "CPU ms/host", "memory, MB", "host's own ms"]);
  for (const [side, rounds] of Object.entries(found))
    row([side, speed(rounds).toFixed(1), cpuMs(rounds).toFixed(1), middle(rounds, "memory").toFixed(0), each(rounds, "target").toFixed(0)]);
  const { Regent: ours, "Ansible, setup": ansible, ...others } = found;
  console.log(`What Regent read of the first host: ${ours[0].first}.`);
  for (const [side, rounds] of Object.entries(others))
    console.log(
      `Beside "${side}": ${(speed(ours) / speed(rounds)).toFixed(2)} times the hosts/s, ${(cpuMs(ours) / cpuMs(rounds)).toFixed(2)} of its processor time.`,
    );
  if (!ansible) return console.log("Goals are set beside Ansible, which is missing.");
  const [quicker, less] = [speed(ours) / speed(ansible), cpuMs(ansible) / cpuMs(ours)];
  console.log(
    `Goals beside Ansible: ${GOAL.speed} times its hosts/s ${word(quicker >= GOAL.speed)} (${quicker.toFixed(1)}), ` +
      `1/${GOAL.cpu} of its processor time ${word(less >= GOAL.cpu)} (1/${less.toFixed(1)}).`,
  );
}

const word = (met) => (met ? "met" : "NOT MET");

async function reportMany(regent, addresses) {
  const { seconds, cpu, above, hosts } = await regent.look(addresses);
  console.log(
    `${hosts} hosts in one go, ${AT_ONCE} at once: ${(hosts / seconds).toFixed(1)} hosts/s, ${((cpu * 1000) / hosts).toFixed(1)} ms of processor time each; ` +
      `goal of ${GOAL.memoryMb} MB above idle ${word(above <= GOAL.memoryMb)} (${above.toFixed(0)}).`,
  );
}

try {
  await main();
} finally {
  for (const child of children) child.kill("SIGKILL");
  await remove();
}
