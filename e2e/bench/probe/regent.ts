/**
 * Our side of the benchmark, bundled, a process of its own: a worker's first look at every host it is told of, by the dialler, the probe's
 * one script, its parser and the requirements. Says how many it found and what the first of them is.
 */
import { RegionSettings } from "@/lib/domain/settings";
import { shortfalls, verdict } from "@/lib/domain/adequacy";
import { probe } from "@/lib/machines/ask";
import { withMachine, type HostKey } from "@/lib/machines/dial";
import { PROBE_SCRIPT } from "@/lib/machines/probe";

export type Asked = { addresses: string[]; port: number; user: string; privateKey: string; pinned: HostKey; atOnce: number };
export type Found = { found: number; refused: string[]; first: string };

const { requirements } = RegionSettings.parse({});

async function look({ addresses, port, user, privateKey, pinned, atOnce }: Asked): Promise<Found> {
  const credential = { kind: "key", user, privateKey } as const;
  const looks: Found = { found: 0, refused: [], first: "" };
  const waiting = [...addresses];
  const one = async () => {
    for (let ip = waiting.pop(); ip !== undefined; ip = waiting.pop()) {
      const inventory = await withMachine({ ip, port }, pinned, credential, probe);
      if (!inventory.ok) {
        looks.refused.push(inventory.reason);
        continue;
      }
      const { cpu, links, disks } = inventory.value;
      const judged = verdict(inventory.value, requirements, "Worker");
      looks.found += 1;
      looks.first ||= `${cpu.threads} vCPUs, ${disks.length} disks, ${links.length} links, ${judged.adequate ? "adequate" : shortfalls(judged).join("; ")}`;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return looks;
}

process.on("message", (asked: Asked) => void look(asked).then((found) => process.send?.(found)));
process.on("disconnect", () => process.exit());
process.send?.({ script: PROBE_SCRIPT });
