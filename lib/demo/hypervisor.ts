/** Looking at the virtual machines of a simulated server, and stopping them. */
import { deed, linesOf, silence } from "@/lib/demo/deed";
import type { Exec } from "@/lib/demo/exec";
import { clock } from "@/lib/demo/exec";
import { readState } from "@/lib/demo/state";
import { vmLines } from "@/lib/demo/text-vms";
import { hypervisorRuns } from "@/lib/demo/units";
import { givenTo, shutDown, switchOff, vmsOf } from "@/lib/demo/vms";

const KIB = 1024;
const GIB = 2 ** 30;
/** What the host itself needs. */
const HOST_SHARE = 0.03;

export async function listVms({ server, folder, out }: Exec): Promise<number> {
  const now = clock();
  const state = readState(folder, server, now);
  const vms = hypervisorRuns(state) ? vmLines(vmsOf(server, folder, now)) : state.prepared ? [] : ["@@none"];
  await out(["@@vms 1", "@@list", ...vms, "@@end", ""].join("\n"));
  return 0;
}

/** What a server has left for more VMs, in bytes: it gives them all but a little for itself. */
export function memoryLeft({ server, folder, faults }: Pick<Exec, "server" | "folder" | "faults">): number {
  const left = Math.max(0, server.hardware.memory.totalBytes * (1 - HOST_SHARE) - givenTo(vmsOf(server, folder, clock())));
  return faults.memoryLeftGiB === undefined ? left : Math.min(left, faults.memoryLeftGiB * GIB);
}

export async function memoryNow(exec: Exec): Promise<number> {
  const total = exec.server.hardware.memory.totalBytes / KIB;
  await exec.out(`@@memory 1\n@@facts\nMemTotal: ${total}\nMemAvailable: ${Math.floor(memoryLeft(exec) / KIB)}\n@@end\n`);
  return 0;
}

/** As domstate says, or absent. */
export const stateOf = ({ server, folder }: Pick<Exec, "server" | "folder">, uuid: string): string =>
  vmsOf(server, folder, clock()).find((vm) => vm.uuid === uuid)?.state ?? "absent";

export async function vmState(exec: Exec): Promise<number> {
  const [uuid = ""] = await linesOf(exec);
  return silence(exec) ?? deed(exec, `done ${stateOf(exec, uuid)}`);
}

export async function stopVm(exec: Exec): Promise<number> {
  const [uuid = "", how] = await linesOf(exec);
  const silent = silence(exec);
  if (silent) return silent;
  const state = stateOf(exec, uuid);
  if (state !== "running") return deed(exec, `done ${state}`);
  if (how === "hard") switchOff(exec.folder, uuid);
  else if (!exec.faults.deafGuests) shutDown(exec.folder, uuid, clock());
  return deed(exec, "done asked");
}
