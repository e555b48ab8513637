/** The storage pools of a simulated server: mirrored system disks, a volume group on the others, and Ceph where it is a storage node. */
import type { Exec } from "@/lib/demo/exec";
import { clock } from "@/lib/demo/exec";
import type { DemoServer } from "@/lib/demo/fleet";
import { readState } from "@/lib/demo/state";
import { hypervisorRuns } from "@/lib/demo/units";

const DEGRADED_WORDS = "Error EBUSY: unsafe to stop osd(s) at this time (12 PGs are or would become offline)";

export async function storagePools({ server, folder, faults, out }: Exec): Promise<number> {
  const parts = [
    ...(hypervisorRuns(readState(folder, server, clock())) ? ["@@libvirt", ...LIBVIRT, "exit 0"] : []),
    "@@md",
    ...mdLines(server, faults),
    "exit 0",
    "@@vgs",
    "  data|0",
    "exit 0",
    "@@lvs",
    "  data|images|",
    "exit 0",
    ...(server.tags.includes("storage") ? ["@@ceph", ...cephLines(faults.pools === "degraded"), "exit 0"] : []),
  ];
  await out(["@@pools 1", ...parts, "@@end", ""].join("\n"));
  return 0;
}

/** /proc/mdstat. A disk that fails has left its mirror. */
export function mdLines(server: DemoServer, faults: Exec["faults"]): string[] {
  const ill = faults.pools === "degraded" || server.hardware.disks.some(({ health }) => health === "failing");
  return [
    "Personalities : [raid1]",
    "md0 : active raid1 sdb2[1] sda2[0]",
    "      60817408 blocks super 1.2 [2/2] [UU]",
    "md1 : active raid1 nvme1n1p1[1] nvme0n1p1[0]",
    `      3586129920 blocks super 1.2 ${ill ? "[2/1] [U_]" : "[2/2] [UU]"}`,
    "unused devices: <none>",
  ];
}

const LIBVIRT = [
  "Name:           images",
  "UUID:           5d3f3f0e-9a52-4f5a-9f0b-5f7f6c2f0b11",
  "State:          running",
  "Persistent:     yes",
  "Autostart:      yes",
];

function cephLines(degraded: boolean): string[] {
  const stop = degraded ? [DEGRADED_WORDS, "answered 16"] : ["OSD(s) 0,1 are ok to stop without reducing availability.", "answered 0"];
  const destroy = ["Error EBUSY: OSD(s) 0,1 have 214 pgs currently mapped to them.", "answered 16"];
  return ["osds 0 1", "asked ok-to-stop", ...stop, "asked safe-to-destroy", ...destroy];
}
