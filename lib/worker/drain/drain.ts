/** All machines of a maintenance, a few at a time, each tried a few times, each with its own line. */
import { setTimeout as sleep } from "node:timers/promises";
import type { VmState } from "../../domain/maintenance";
import { formatBytes } from "../../domain/units";
import { db } from "../../db";
import type { MaintenanceVm } from "../../generated/prisma/client";
import { done, refuse, type Outcome, type Refusal } from "../../outcome";
import { record } from "../../services/events/record";
import { SYSTEM } from "../../services/actor";
import { tellStep } from "../../services/operations/steps";
import { migrationProgress, vmState } from "../../machines/hypervisor";
import { readRegion } from "../../services/region";
import type { Held } from "../held";
import { withNode } from "../reach";
import { retarget, takeUp, writeLine, writeProgress } from "./lines";
import { moveVm, type Moved } from "./move-vm";
import { proveWay, type Reached } from "./way";

const PAUSE_MS = 3000;
/** As many of those that could not be moved as a sentence bears. */
const NAMED = 6;

/** `away`: from the node to where the plan says. `back`: from there to the node. */
export type Direction = "away" | "back";
export type DrainSummary = { moved: number; failed: MaintenanceVm[]; total: number };

const BEFORE: Record<Direction, readonly VmState[]> = { away: ["waiting", "moving"], back: ["moved", "returning"] };
const AFTER: Record<Direction, VmState> = { away: "moved", back: "returned" };
/** Another target may do better at once; after anything else the same one gets a second chance. */
const FAULT_OF_TARGET = ["target", "target-memory", "peer"];

export const nodeWithKey = (id: string): Promise<Reached | null> => db.node.findUnique({ where: { id }, include: { key: true } });

/** Moves what waits. A refusal is about the whole; what single machines said stands in their rows. */
export async function moveAll(
  operation: Held,
  step: string,
  maintenanceId: string,
  home: Reached,
  direction: Direction,
): Promise<Outcome<DrainSummary>> {
  const { settings } = await readRegion(db);
  const all = await db.maintenanceVm.findMany({ where: { maintenanceId }, orderBy: { position: "asc" } });
  const queue = all.filter(({ state }) => (BEFORE[direction] as readonly string[]).includes(state));
  const failed: MaintenanceVm[] = [];
  let over = 0;
  const said = new Map<string, string>();
  const tell = () => {
    const now = [...said.values()].join("; ");
    return tellStep(operation.id, step, `VM ${Math.min(over + 1, queue.length)} of ${queue.length}${now ? `: ${now}` : ""}`);
  };
  const next = queue.values();
  const work = async () => {
    for (const row of next) {
      if (operation.signal.aborted) return;
      const end = await moveWithTries(operation, row, home, direction, settings.drain.tries, async (detail) => {
        said.set(row.uuid, `${row.name} ${detail}`);
        await tell();
      });
      said.delete(row.uuid);
      over += 1;
      if (!end.ok) failed.push({ ...row, detail: end.reason });
      await tell();
    }
  };
  await Promise.all(Array.from({ length: Math.min(settings.drain.concurrency, queue.length) }, work));
  if (operation.signal.aborted) return refuse("connection-lost", "The operation was taken from this worker.");
  return done({ moved: queue.length - failed.length, failed, total: queue.length });
}

async function moveWithTries(
  operation: Held,
  row: MaintenanceVm,
  home: Reached,
  direction: Direction,
  tries: number,
  tell: (detail: string) => Promise<void>,
): Promise<Outcome> {
  let line = row;
  const failedTargets = new Set<string>();
  for (let attempt = 1; ; attempt += 1) {
    await tell(attempt === 1 ? "begins" : `try ${attempt} of ${tries}`);
    const taken = await takeUp(operation, line, { homeId: home.id, direction, tries: attempt });
    if (taken.ok) line = taken.value;
    const end = taken.ok ? await moveOnce(operation, line, home, direction, tell) : taken;
    if (end.ok) {
      await endLine(operation, line, direction, end.value);
      return done(undefined);
    }
    if (operation.signal.aborted) return end;
    if (end.code === "vm-twice") return giveUp(operation, line, end, direction);
    if (end.code === "vm-lost") {
      const found = direction === "away" ? await findElsewhere(operation, line, home) : null;
      if (!found) return giveUp(operation, line, end);
      await writeLine(operation, line, {
        state: "moved",
        targetId: found.id,
        targetName: found.name,
        detail: `It was found on ${found.name}.`,
      });
      return done(undefined);
    }
    if (direction === "away" && line.targetId && (attempt > 1 || FAULT_OF_TARGET.includes(end.code))) failedTargets.add(line.targetId);
    const still = direction === "away" && (await standsStill(operation, line, home));
    if (attempt >= tries) return giveUp(operation, line, end, direction, still);
    const other = still && failedTargets.size ? await retarget(operation, line, home, failedTargets) : null;
    if (other) line = other;
    line = await writeLine(operation, line, {
      detail: `${end.reason} Try ${attempt + 1} of ${tries} follows${other ? `, to ${other.targetName}` : ""}.`,
    });
    await sleep(PAUSE_MS * attempt);
  }
}

/**
 * Whether its node says that it runs there and goes nowhere. A migration that nobody hears of any more may still end well at its target:
 * until then it gets no other one, and keeps what was promised to it.
 */
async function standsStill(operation: Held, { uuid }: MaintenanceVm, home: Reached): Promise<boolean> {
  const seen = await withNode(operation, home, async (machine) => {
    const under = await migrationProgress(machine, uuid);
    return under.ok && under.value === null ? vmState(machine, uuid) : refuse("under-way", "It is under way, or nobody can say.");
  });
  return seen.ok && ["running", "paused"].includes(seen.value);
}

/** Before anybody is told that a machine is lost: an earlier attempt may have sent it to another node, and it may run there. */
async function findElsewhere(operation: Held, { uuid, targetId }: MaintenanceVm, home: Reached): Promise<Reached | null> {
  const others = await db.node.findMany({
    where: { status: { in: ["Active", "EnteringMaintenance", "InMaintenance", "Failed"] }, id: { notIn: [home.id, targetId ?? home.id] } },
    include: { key: true },
  });
  for (const node of others) {
    const there = await withNode(operation, node, (machine) => vmState(machine, uuid));
    if (there.ok && there.value === "running") return node;
  }
  return null;
}

async function moveOnce(
  operation: Held,
  line: MaintenanceVm,
  home: Reached,
  direction: Direction,
  tell: (detail: string) => Promise<void>,
): Promise<Outcome<Moved>> {
  const other = line.targetId ? await nodeWithKey(line.targetId) : null;
  if (!other) return refuse("no-target", `${line.name} has no target.`);
  const [source, target] = direction === "away" ? [home, other] : [other, home];
  // Most often both were prepared before; a new target was not.
  if (line.targetId !== line.plannedId || direction === "back") {
    const way = await proveWay(operation, source, target);
    if (!way.ok) return way;
  }
  return moveVm(operation, line, source, target, async (movedBytes, totalBytes) => {
    await writeProgress(operation, line, movedBytes, totalBytes);
    await tell(totalBytes > 0 ? `${Math.min(99, Math.floor((100 * movedBytes) / totalBytes))} %, ${formatBytes(movedBytes)}` : "begins");
  });
}

async function endLine(operation: Held, line: MaintenanceVm, direction: Direction, how: Moved): Promise<void> {
  if (how === "no longer runs") await writeLine(operation, line, { state: "gone", detail: "It was shut down before its turn came." });
  else await writeLine(operation, line, { state: AFTER[direction], detail: how === "already there" ? "It was there already." : "" });
}

/** One that died on its way, or runs twice, is said loudly: nobody may believe that all is well with it. */
async function giveUp(
  operation: Held,
  line: MaintenanceVm,
  refusal: Refusal,
  direction: Direction = "away",
  still = true,
): Promise<Refusal> {
  const lost = refusal.code === "vm-lost";
  const loud = lost || refusal.code === "vm-twice";
  const stays: VmState | null = direction === "back" ? "moved" : still || line.state !== "moving" ? "failed" : null;
  const state = lost ? "stopped" : stays;
  await writeLine(operation, line, {
    ...(state ? { state } : {}),
    detail: `${refusal.reason} ${refusal.hint ?? ""}`.trim(),
  });
  if (!loud) return refusal;
  const node = operation.nodeId ? await db.node.findUnique({ where: { id: operation.nodeId } }) : null;
  await db.$transaction((tx) =>
    record(tx, {
      kind: `maintenance.${refusal.code}`,
      severity: "error",
      message: refusal.reason,
      actor: SYSTEM,
      ...(node ? { node } : {}),
      operationId: operation.id,
      details: { vm: line.name, uuid: line.uuid, target: line.targetName },
    }),
  );
  return refusal;
}

/** "web1: … Also not moved: web2, web3." The cause of each stands in its own line; here one is enough to begin with. */
export function firstCause([first, ...others]: DrainSummary["failed"]): string {
  const named = others.slice(0, NAMED).map(({ name }) => name);
  const more = others.length > named.length ? `, and ${others.length - named.length} more` : "";
  return first ? `${first.name}: ${first.detail}${others.length ? ` Also not moved: ${named.join(", ")}${more}.` : ""}` : "";
}

/** "2 of 12 VMs could not be moved. web1: …" */
export function stayed({ failed, total }: DrainSummary): Refusal {
  return refuse("vms-stay", `${failed.length} of ${total} VMs could not be moved. ${firstCause(failed)}`, {
    hint: "Continue maintenance tries them again; Cancel maintenance leaves them where they are.",
  });
}
