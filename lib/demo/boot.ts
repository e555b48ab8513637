/** How a simulated server restarts: it answers, goes down, refuses for some seconds, and comes back with another boot. */
import { setTimeout as sleep } from "node:timers/promises";
import { deed, linesOf } from "@/lib/demo/deed";
import type { Exec } from "@/lib/demo/exec";
import { clock } from "@/lib/demo/exec";
import type { DemoServer } from "@/lib/demo/fleet";
import { bootIdOf } from "@/lib/demo/inventory-text";
import { changeState, readState } from "@/lib/demo/state";

const AWAY_SECONDS = 8;
/** So that the answer has left. */
const DOWN_MS = 300;

export function isAway(server: DemoServer, folder: string): boolean {
  const now = clock();
  return (readState(folder, server, now).awayUntil ?? 0) > now;
}

const bootId = ({ server, folder }: Exec): string => bootIdOf(server, readState(folder, server, clock()).bootedAt);

export const bootNow = (exec: Exec): Promise<number> => deed(exec, `done ${bootId(exec)}`);

export async function reboot(exec: Exec): Promise<number> {
  const [wanted] = await linesOf(exec);
  if (wanted !== bootId(exec)) return deed(exec, "done restarted");
  void goDown(exec);
  return deed(exec, "done asked");
}

async function goDown({ server, folder, faults, cut }: Exec): Promise<void> {
  await sleep(DOWN_MS);
  const now = clock();
  const awayUntil = now + (faults.awaySeconds ?? AWAY_SECONDS);
  // Whole seconds make a boot's name: two of one server never share one.
  changeState(folder, server, now, (state) => ({ ...state, awayUntil, bootedAt: Math.max(state.bootedAt + 1, Math.floor(awayUntil)) }));
  cut();
}
