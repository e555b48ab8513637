/** One VM after the other to its target or back, as lib/worker/drain does it, each look and each write a move of its own. */
import { place } from "@/lib/domain/placement";
import { NOBODY, placementFor, sentTo } from "./facts";
import { fail, made, stepOver, type Move } from "./moves";
import type { Without } from "./safeguards";
import { has, listed, nodeAt, NONE, sizeOf, vmAt, type Line, type State } from "./state";

/** How far the move of one VM is, in the operation's memo. */
export const PHASE = { decided: 1, follows: 2, there: 3, lost: 4, refused: 5, unknown: 6 } as const;
const TRIES = 2;

type Direction = "away" | "back";
const waitsFor: Record<Direction, readonly Line["state"][]> = { away: ["waiting", "moving"], back: ["moved", "returning"] };

/** What the worker of this operation can do next about its VMs. */
export function moveStep(state: State, index: number, without: Without): Move[] {
  const { op, answers } = nodeAt(state, index);
  if (!op) return [];
  const direction: Direction = op.kind === "maintenance" ? "away" : "back";
  if (op.memo === NONE) return takeUp(state, index, direction, without);
  const { line } = vmAt(state, op.vm);
  if (!line) return [];
  const [source, target] = direction === "away" ? [index, line.target] : [line.target, index];
  switch (op.memo) {
    case PHASE.decided:
      return begin(state, index, { source, target }, without);
    case PHASE.follows:
      return [...prove(state, index, { source, target }, without), ...cut(state, index)];
    case PHASE.there:
      return arrived(state, index, direction);
    case PHASE.lost:
      return [
        made(state, "system", `The worker writes that ${vmAt(state, op.vm).name} was lost on its way`, (next) =>
          over(next, index, { state: "lost" }),
        ),
      ];
    default:
      return answers ? again(state, index, direction, without) : [];
  }
}

/** The end of one VM's turn. */
function over(state: State, index: number, change: Partial<Line>): void {
  const { op } = nodeAt(state, index);
  if (!op) return;
  const { line } = vmAt(state, op.vm);
  if (line) Object.assign(line, change);
  Object.assign(op, { memo: NONE, vm: NONE, tries: 0, over: op.over | (1 << op.vm) });
}

function takeUp(state: State, index: number, direction: Direction, without: Without): Move[] {
  const { name, op } = nodeAt(state, index);
  const vm = state.vms.findIndex(
    ({ line }, at) => line?.home === index && !has(op?.over ?? 0, at) && waitsFor[direction].includes(line.state),
  );
  if (vm < 0) return [allOver(state, index, direction, without)];
  const machine = vmAt(state, vm);
  const to = nodeAt(state, direction === "away" ? (machine.line?.target ?? 0) : index);
  const allowed = direction === "away" ? without.has("activeTarget") || to.status === "Active" : hasRoom(state, index, vm, without);
  return [
    made(
      state,
      "system",
      `The worker of ${name} takes up ${machine.name}, to ${to.name}${allowed ? "" : `, which is ${direction === "away" ? "not Active" : "promised to others"}`}`,
      (next) => {
        const { op } = nodeAt(next, index);
        const { line } = vmAt(next, vm);
        if (!op || !line) return;
        op.vm = vm;
        op.memo = allowed ? PHASE.decided : PHASE.refused;
        if (allowed) Object.assign(line, direction === "away" ? { state: "moving" } : { state: "returning", unseen: true });
      },
    ),
  ];
}

/** At home for one that comes back, beside what was promised to others. */
function hasRoom(state: State, home: number, vm: number, without: Without): boolean {
  if (without.has("wayBack")) return true;
  const { memory, known } = nodeAt(state, home);
  return memory - sizeOf(state, known | listed(state, home)) - sentTo(state, home, NOBODY, without) >= vmAt(state, vm).size;
}

function allOver(state: State, index: number, direction: Direction, without: Without): Move {
  const stays = state.vms.some(
    ({ line }) => direction === "away" && line?.home === index && (line.state === "failed" || line.state === "moving"),
  );
  const { name } = nodeAt(state, index);
  return stays
    ? made(state, "system", `Not every VM of ${name} could be moved: the drain stands`, (next) => fail(next, index, without))
    : made(state, "system", `Every VM of ${name} has had its turn`, (next) => stepOver(next, index));
}

type Way = { source: number; target: number };

/** On the source: looks, and starts the migration. The machine's own look and lock stand behind `lookFirst`. */
function begin(state: State, index: number, { source, target }: Way, without: Without): Move[] {
  const { op } = nodeAt(state, index);
  const machine = vmAt(state, op?.vm ?? 0);
  const [from, to] = [nodeAt(state, source), nodeAt(state, target)];
  const set = (memo: number) => (next: State) => void Object.assign(nodeAt(next, index).op ?? {}, { memo });
  if (!from.answers || !to.answers || to.silent || from.silent)
    return [made(state, "system", `${from.name} or ${to.name} does not answer the worker`, set(PHASE.refused))];
  const looks = !without.has("lookFirst");
  if (looks && machine.flying !== NONE)
    return [
      made(state, "system", `The worker finds ${machine.name} under way already and waits`, seenByMachine(index, set(PHASE.follows))),
    ];
  if (looks && machine.at !== source)
    return [
      made(state, "system", `The worker finds that ${machine.name} is no longer on ${from.name}`, seenByMachine(index, set(PHASE.follows))),
    ];
  if (freeOn(state, target) < machine.size)
    return [made(state, "system", `${to.name} has no memory left for ${machine.name} at this moment`, set(PHASE.refused))];
  return [
    made(state, "system", `The migration of ${machine.name} from ${from.name} to ${to.name} begins`, (next) => {
      seenByMachine(index, set(PHASE.follows))(next);
      return fly(next, op?.vm ?? 0, source, target);
    }),
  ];
}

/** Whoever is paused under an older attempt is refused by the machine from now on. */
const seenByMachine = (index: number, then: (next: State) => void) => (next: State) => {
  if (next.ghost?.node === index && next.ghost.current) next.ghost.barred = true;
  then(next);
};

/** The effect itself. A second one for a VM that has left, or is leaving, breaks I11. */
export function fly(state: State, vm: number, source: number, target: number): string | void {
  const machine = vmAt(state, vm);
  if (machine.at !== source || machine.flying !== NONE) return "I11";
  machine.flying = target;
}

const freeOn = (state: State, target: number): number => nodeAt(state, target).memory - sizeOf(state, listed(state, target));

function prove(state: State, index: number, { source, target }: Way, without: Without): Move[] {
  const { op } = nodeAt(state, index);
  const machine = vmAt(state, op?.vm ?? 0);
  if (machine.flying !== NONE && !without.has("movedSeen")) return [];
  const to = nodeAt(state, target);
  if (!to.answers || to.silent) return [memo(state, index, `${to.name} does not say whether ${machine.name} arrived`, PHASE.unknown)];
  if (without.has("movedSeen") || machine.at === target) {
    const believed = memo(state, index, `The worker takes it that ${machine.name} runs on ${to.name}`, PHASE.there);
    return [machine.at === target ? believed : { ...believed, broke: "L" }];
  }
  const from = nodeAt(state, source);
  if (machine.at === source) return [memo(state, index, `The worker sees ${machine.name} still on ${from.name}`, PHASE.refused)];
  if (!from.answers) return [memo(state, index, `${from.name} does not say whether ${machine.name} is still there`, PHASE.unknown)];
  if (machine.at !== NONE && !without.has("lookEverywhere")) return [foundElsewhere(state, index)];
  return [memo(state, index, `The worker finds ${machine.name} neither on ${from.name} nor on ${to.name}`, PHASE.lost)];
}

function foundElsewhere(state: State, index: number): Move {
  const { op } = nodeAt(state, index);
  const { name, at } = vmAt(state, op?.vm ?? 0);
  return made(state, "system", `The worker looks everywhere and finds ${name} on ${nodeAt(state, at).name}`, (next) => {
    const { line } = vmAt(next, op?.vm ?? 0);
    if (line && op?.kind === "maintenance") line.target = at;
    Object.assign(nodeAt(next, index).op ?? {}, { memo: op?.kind === "maintenance" ? PHASE.there : PHASE.refused });
  });
}

const memo = (state: State, index: number, say: string, phase: number): Move =>
  made(state, "system", say, (next) => void Object.assign(nodeAt(next, index).op ?? {}, { memo: phase }));

/** The connection to the source breaks; the machine finishes what it began. */
function cut(state: State, index: number): Move[] {
  const machine = vmAt(state, nodeAt(state, index).op?.vm ?? 0);
  if (!state.left.cuts || machine.flying === NONE) return [];
  return [
    made(state, "world", `The connection breaks while ${machine.name} is under way`, (next) => {
      next.left.cuts -= 1;
      Object.assign(nodeAt(next, index).op ?? {}, { memo: PHASE.unknown });
    }),
  ];
}

function arrived(state: State, index: number, direction: Direction): Move[] {
  const { op } = nodeAt(state, index);
  const vm = op?.vm ?? 0;
  const machine = vmAt(state, vm);
  const target = machine.line?.target ?? 0;
  return [
    made(state, "system", `The worker writes ${machine.name} as ${direction === "away" ? "moved" : "back"}`, (next) => {
      if (direction === "away") over(next, index, { state: "moved", unseen: !has(nodeAt(next, target).known, vm) });
      else over(next, index, { state: "returned", unseen: !has(nodeAt(next, index).known, vm) });
    }),
  ];
}

/** Another try, with another target where one may be chosen; after the last, the VM stays. */
function again(state: State, index: number, direction: Direction, without: Without): Move[] {
  const { op } = nodeAt(state, index);
  if (!op) return [];
  const machine = vmAt(state, op.vm);
  if (op.tries + 1 >= TRIES) return [givenUp(state, index, direction, without)];
  const still = machine.at === index && machine.flying === NONE;
  const other = direction === "away" && (still || without.has("standsStill")) ? otherTarget(state, index, op.vm, without) : null;
  const say =
    other === null ? `The worker tries ${machine.name} again` : `The worker tries ${machine.name} again, to ${nodeAt(state, other).name}`;
  return [
    made(state, "system", say, (next) => {
      const { line } = vmAt(next, op.vm);
      if (line && other !== null) line.target = other;
      if (line && direction === "away") line.state = "moving";
      const active = line && nodeAt(next, direction === "away" ? line.target : index).status === "Active";
      Object.assign(nodeAt(next, index).op ?? {}, {
        tries: op.tries + 1,
        memo: active || without.has("activeTarget") ? PHASE.decided : PHASE.refused,
      });
    }),
  ];
}

/** One of which the source does not say that it stands still there keeps its place at the target. */
function givenUp(state: State, index: number, direction: Direction, without: Without): Move {
  const { op } = nodeAt(state, index);
  const { name, at, flying, line } = vmAt(state, op?.vm ?? 0);
  const unknown = line?.state === "moving" && (at !== index || flying !== NONE) && !without.has("unknownStays");
  return made(state, "system", `The worker gives ${name} up${unknown ? " and does not know where it is" : ""}`, (next) =>
    over(next, index, direction === "back" ? { state: "moved" } : unknown ? {} : { state: "failed" }),
  );
}

/** As `retarget` of lib/worker/drain/lines.ts, by the same `place`. */
function otherTarget(state: State, index: number, vm: number, without: Without): number | null {
  const { line } = vmAt(state, vm);
  if (!line) return null;
  const found = place(...placementFor(state, index, vm, line, without)).moves[0];
  return found ? Number(found.targetId) : null;
}
