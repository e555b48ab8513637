/** What a simulated server says to each command of Regent's table. To any other it says what a shell says to a word it does not know. */
import { connect } from "node:net";
import type { CommandName, KeptCommandName } from "@/lib/machines/commands";
import { COMMANDS, KEPT_COMMANDS } from "@/lib/machines/commands";
import type { Exec } from "@/lib/demo/exec";
import { bootNow, reboot } from "@/lib/demo/boot";
import { clock } from "@/lib/demo/exec";
import type { DemoServer } from "@/lib/demo/fleet";
import { hostileInventory } from "@/lib/demo/hostile";
import { listVms, memoryNow, stopVm, vmState } from "@/lib/demo/hypervisor";
import { inventoryText, linksNow } from "@/lib/demo/inventory-text";
import { installPackages, profileState } from "@/lib/demo/packages";
import { abortMigration, migrateVm, migrationProgress } from "@/lib/demo/migrate";
import { storagePools } from "@/lib/demo/pools";
import { authorize, readState } from "@/lib/demo/state";
import { sampleText, surveyText } from "@/lib/demo/sample-text";
import { allowPeer, checkPeer, forgetPeer, forgetRegent, knowPeer, migrationKey } from "@/lib/demo/trust";
import { vmsOf } from "@/lib/demo/vms";
import { linkFiles, linkSymlinks } from "@/lib/demo/text-links";
import { hypervisorCheck, startUnits, unitStates } from "@/lib/demo/units";

type Answer = (exec: Exec) => Promise<number>;

const ANSWERS: Record<CommandName, Answer> = {
  probe,
  installKey,
  whoami,
  profileState,
  installPackages,
  startUnits,
  unitState: unitStates,
  hypervisorCheck,
  linkState,
  listVms,
  memoryNow,
  vmState,
  stopVm,
  migrationKey,
  allowPeer,
  knowPeer,
  checkPeer,
  forgetPeer,
  migrateVm,
  migrationProgress,
  abortMigration,
  bootNow,
  reboot,
  storagePools,
  forgetRegent,
  reach,
};

/** One answer to each line of a command that stays. */
const REPLIES: Record<KeptCommandName, (exec: Exec) => string> = { sample: sampleText, survey: surveyText };

/** How a command that stays replies to a line; null when the command is none, and the reply to a line it does not know. */
export function replies(command: string): ((line: string, exec: Exec) => string | null) | null {
  // The keys of the table are the names.
  const name = (Object.keys(KEPT_COMMANDS) as KeptCommandName[]).find((kept) => KEPT_COMMANDS[kept].exec === command);
  return name === undefined ? null : (line, exec) => (line === name ? REPLIES[name](exec) : null);
}

const NOT_FOUND = 127;

/** Prints the answer and resolves to the exit code. */
export async function answer(command: string, exec: Exec): Promise<number> {
  const name = commandNamed(command, exec.server.privilege);
  if (name !== null) return ANSWERS[name](exec);
  exec.err("sh: 1: not found\n");
  return NOT_FOUND;
}

/** Root may use both forms of a command; others do what needs rights by sudo only. */
function commandNamed(command: string, privilege: DemoServer["privilege"]): CommandName | null {
  // The keys of the table are the names.
  const names = Object.keys(COMMANDS) as CommandName[];
  const fits = (name: CommandName): boolean => {
    const { exec, execSudo, privileged } = COMMANDS[name];
    return command === execSudo || (command === exec && (privilege === "root" || !privileged));
  };
  return names.find(fits) ?? null;
}

async function probe(exec: Exec): Promise<number> {
  const { server, folder, faults } = exec;
  if (faults.inventory) return hostileInventory(faults.inventory, exec);
  const now = clock();
  await exec.out(inventoryText(server, now, readState(folder, server, now), faults.linkDown, vmsOf(server, folder, now)));
  return 0;
}

async function installKey(exec: Exec): Promise<number> {
  const line = (await exec.stdin).split("\n")[0] ?? "";
  if (!/^[ -~]*\bssh-ed25519 AAAA[ -~]*$/.test(line)) {
    await exec.out("@@failed the key is not a public key\n");
    return 65;
  }
  await exec.out(authorize(exec.folder, exec.server, line) ? "installed\n" : "present\n");
  return 0;
}

async function whoami({ server, out }: Exec): Promise<number> {
  const uid = server.privilege === "root" ? 0 : 1000;
  await out(`@@whoami 1\n@@login\nuid=${uid}\nuser=${server.credentials.user}\nprivilege=${server.privilege}\n@@end\n`);
  return 0;
}

/** The simulated servers all listen on one port, each at its own address: whether one does is tried. */
async function reach({ stdin, out }: Exec): Promise<number> {
  const [ip = "", port = ""] = (await stdin).split("\n");
  const said = await new Promise<string>((resolve) => {
    const socket = connect(Number(port), ip);
    const end = (answer: string) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(2000, () => end("gone"));
    // All its addresses are of one machine, which refuses for those that are off: nobody is there.
    socket.once("connect", () => end("there")).once("error", () => end("gone"));
  });
  await out(`@@reach 1\n${said}\n`);
  return 0;
}

async function linkState({ server, faults, out }: Exec): Promise<number> {
  const links = linksNow(server, faults.linkDown ?? []);
  const files = linkFiles(links).filter((line) => !/\/(duplex|type|uevent|bridge_id|mode):/.test(line));
  const masters = linkSymlinks(links).filter((line) => line.includes("/master ->"));
  await out(["@@linkstate 1", "@@files", ...files, "@@symlinks", ...masters, "@@end", ""].join("\n"));
  return 0;
}
