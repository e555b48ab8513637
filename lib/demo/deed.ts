/** How a simulated server answers the commands that do something with its hypervisor: as lib/machines/scripts/deed.ts prints. */
import type { Exec } from "@/lib/demo/exec";
import { clock } from "@/lib/demo/exec";
import { readState } from "@/lib/demo/state";
import { hypervisorRuns } from "@/lib/demo/units";

/** `result` is "done …" or "refused CODE …"; `said` what the tools said. */
export async function deed({ out }: Exec, result: string, said: readonly string[] = []): Promise<number> {
  await out(["@@deed 1", "@@said", ...said, "@@result", result, "@@end", ""].join("\n"));
  return 0;
}

const SILENT = [
  "error: failed to connect to the hypervisor",
  "error: Failed to connect socket to '/var/run/libvirt/libvirt-sock': Connection refused",
];

/** null: libvirt answers. Otherwise its answer that it does not. */
export function silence(exec: Exec): Promise<number> | null {
  return hypervisorRuns(readState(exec.folder, exec.server, clock())) ? null : deed(exec, "refused hypervisor-silent", SILENT);
}

/** The lines of standard input, without the last line's end. */
export const linesOf = async (exec: Exec): Promise<string[]> => (await exec.stdin).replace(/\n$/, "").split("\n");
