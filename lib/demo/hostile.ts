/** Answers to the probe that no honest server gives. */
import type { Exec } from "@/lib/demo/exec";

const MEGABYTE = 2 ** 20;

/** "hostile": text that must never reach a page or a database, well below any limit. "endless": text until the client leaves. */
export async function hostileInventory(kind: "hostile" | "endless", { out, gone }: Exec): Promise<number> {
  if (kind === "endless") {
    await out("@@probe 1\n@@files\n");
    while (!gone()) await out(`/etc/motd:${"A".repeat(64 * 1024)}\n`);
    return 0;
  }
  const name = "\u001b]0;owned\u0007\u001b[31mcompute\u202e10-tsew\u0000<script>alert(1)</script>";
  await out(`@@probe 1\n@@privilege\nroot\n@@clock\n-1\n@@files\n/proc/sys/kernel/hostname:${name}\n`);
  await out(`/sys/class/net/${name}/flags:0x1003\n@@disks\nNAME="${"B".repeat(MEGABYTE)}"\n@@end\n`);
  return 0;
}
