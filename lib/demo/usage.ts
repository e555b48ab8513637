/** What a simulated server is doing at a given moment: a pure function of time, so that its past can be told as well as its present. */
import type { DemoServer } from "@/lib/demo/fleet";
import { activity } from "@/lib/demo/load";
import { chance, drift } from "@/lib/demo/random";
import type { Measured } from "@/lib/domain/reading";

const GIGABIT = 1e9;
const MEGABYTE = 1e6;

/** `busy`, when given, is how busy it is made to be, 0 to 1. `now` in seconds since 1970. */
export function usageOf(server: DemoServer, now: number, busy?: number): Record<keyof Measured, number> {
  const { name, vmShare, hardware } = server;
  const active = busy ?? activity(name, now);
  const appetite = 0.35 + 0.65 * chance(`${name} appetite`);
  const work = vmShare > 0 ? appetite * (0.3 + 0.7 * vmShare) : server.role === "Control" ? 0.18 : 0.03;
  const cpu = busy ?? Math.min(1, 0.015 + work * active + 0.02 * drift(`${name} jitter`, now, 11));
  const traffic = work * GIGABIT * 10 ** (1.3 * chance(`${name} traffic`) - 0.6);
  const [storage, disks] = [server.tags.includes("storage"), hardware.disks.length];
  return {
    cpu,
    memory: Math.min(0.98, 0.03 + vmShare * 0.9 + 0.05 * activity(`${name} memory`, now)),
    networkRx: traffic * (0.1 + activity(`${name} rx`, now) ** 2),
    networkTx: traffic * (0.1 + activity(`${name} tx`, now) ** 2) * (storage ? 3 : 1),
    diskRead: MEGABYTE * disks * (storage ? 40 : 6 * work) * activity(`${name} read`, now) ** 2,
    diskWrite: MEGABYTE * disks * (storage ? 25 : 4 * work) * activity(`${name} write`, now) ** 2,
    diskBusy: Math.min(1, (storage ? 0.5 : 0.15) * active),
    load: cpu * hardware.cpu.threads * (0.9 + 0.2 * drift(`${name} load`, now, 30)),
  };
}
