/** Restarts a machine once. What it must not do twice hangs on the boot id: the one before is kept first, and the machine compares it itself. */
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { holdsMemory } from "../../domain/placement";
import { formatDuration } from "../../domain/units";
import { listVms } from "../../machines/hypervisor";
import { bootOf, rebootOnce } from "../../machines/boot";
import { done, refuse, type Outcome } from "../../outcome";
import { tellStep } from "../../services/operations/steps";
import type { Held } from "../held";
import { withNode } from "../reach";
import { ended, keepResult, nodeOf, type Step } from "./step";

const Result = z.object({ bootId: z.string().optional() }).catch({});
const resultOf = ({ result }: Held) => Result.parse(result ?? {});

/** A machine that goes down and comes up refuses, is silent, or lets nobody in yet. */
const AWAY = ["unreachable", "timeout", "refused", "connection-lost", "not-ssh", "auth-refused", "command-timeout"];
const LOOK_MS = 3000;
/** A machine that still runs the boot of before was not told, or takes its time: telling it again is telling it once. */
const AGAIN_MS = 60_000;

const restart: Step = async (operation) => {
  const node = await nodeOf(operation);
  if (!node.ok) return node;
  let { bootId } = resultOf(operation);
  const again = bootId !== undefined;
  if (bootId === undefined) {
    const before = await withNode(operation, node.value, async (machine): Promise<Outcome<string>> => {
      const vms = await listVms(machine);
      if (!vms.ok) return vms;
      const running = vms.value.filter(holdsMemory).map(({ name }) => name);
      if (running.length)
        return refuse("still-running", `${running.join(", ")} ${running.length === 1 ? "runs" : "run"} on the node; it is not restarted.`);
      return bootOf(machine);
    });
    if (!before.ok) return before;
    bootId = before.value;
    await keepResult(operation, { bootId });
  }
  const asked = await withNode(operation, node.value, (machine) => rebootOnce(machine, bootId));
  // It may be on its way down by now, told by an attempt before this one or without an answer: its next boot will tell.
  if (!asked.ok && asked.code !== "connection-lost" && !(again && AWAY.includes(asked.code))) return asked;
  return ended(asked.ok && asked.value === "restarted" ? "It has restarted already" : "Asked");
};

const wait: Step = async (operation) => {
  const { bootId = "" } = resultOf(operation);
  const begun = Date.now();
  let told = begun;
  while (!operation.signal.aborted) {
    const node = await nodeOf(operation);
    if (!node.ok) return node;
    const seen = await withNode(operation, node.value, bootOf);
    if (seen.ok && seen.value !== bootId) return ended(`Back after ${formatDuration(Date.now() - begun)}`);
    if (!seen.ok && !AWAY.includes(seen.code)) return seen;
    if (seen.ok && Date.now() - told > AGAIN_MS) {
      told = Date.now();
      await withNode(operation, node.value, (machine) => rebootOnce(machine, bootId));
    }
    await tellStep(operation.id, "wait", `${seen.ok ? "Going down" : "Away"} for ${formatDuration(Date.now() - begun)}`);
    await sleep(LOOK_MS, undefined, { signal: operation.signal }).catch(() => undefined); // aborted: the while ends it
  }
  return refuse("lost", "Another worker has the operation, or it has ended.");
};

const see: Step = async (operation) => {
  const { bootId } = resultOf(operation);
  const node = await nodeOf(operation);
  if (!node.ok) return node;
  const seen = await withNode(operation, node.value, bootOf);
  if (!seen.ok) return seen;
  if (seen.value === bootId)
    return refuse("not-restarted", `${node.value.name} did not restart: it still runs the boot of before.`, {
      hint: "Look at the machine's own console: something may hold its shutdown.",
    });
  return done({ detail: `Boot ${seen.value.slice(0, 8)}, before ${bootId?.slice(0, 8) ?? "unknown"}` });
};

export const rebootSteps = { restart, wait, see };
