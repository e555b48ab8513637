/** What workers do: claim, look or act, commit; crash at each of these moments; wake up late. */
import { refusal, type Trigger } from "@/lib/domain/lifecycle";
import { contextOf, factsOf, planOf, preflightOf } from "./facts";
import { fly, moveStep, PHASE } from "./drain";
import { endOperation, endStay, fail, go, made, planned, stepOver, type Move, type Moves } from "./moves";
import type { Without } from "./safeguards";
import { has, listed, nodeAt, NONE, vmAt, type Line, type State } from "./state";

export const work: Moves = (state, without) => [
  ...state.nodes.flatMap((node, index) => (node.op ? [...crashes(state, index), ...steps(state, index, without)] : [])),
  ...wakes(state, without),
];

/** Killed with what it has in its head; or paused with it, and taken for dead. */
function crashes(state: State, index: number): Move[] {
  const { op, name } = nodeAt(state, index);
  if (!op || op.memo === NONE) return [];
  const forgets = { memo: NONE, vm: NONE, tries: 0, over: 0 } as const;
  const moves: Move[] = [];
  if (state.left.crashes)
    moves.push(
      made(state, "world", `The worker of ${name} is killed`, (next) => {
        next.left.crashes -= 1;
        Object.assign(nodeAt(next, index).op ?? {}, forgets);
      }),
    );
  if (state.left.pauses && !state.ghost)
    moves.push(
      made(state, "world", `The worker of ${name} is paused and taken for dead`, (next) => {
        next.left.pauses -= 1;
        const target = op.vm === NONE ? NONE : (vmAt(next, op.vm).line?.target ?? NONE);
        next.ghost = { node: index, step: op.step, memo: op.memo, vm: op.vm, target, current: true, barred: false };
        Object.assign(nodeAt(next, index).op ?? {}, forgets);
      }),
    );
  return moves;
}

/** The paused worker goes on where it was: it acts on the machine, or it commits. */
function wakes(state: State, without: Without): Move[] {
  const { ghost } = state;
  if (!ghost) return [];
  const gone = (next: State) => void (next.ghost = null);
  const name = nodeAt(state, ghost.node).name;
  if (without.has("attempt"))
    return [made(state, "system", `The paused worker of ${name} wakes and commits what it had in its head`, (next) => (gone(next), "I10"))];
  const acts = ghost.step === "move" && ghost.memo === PHASE.decided && nodeAt(state, ghost.node).status === "EnteringMaintenance";
  const cut = (!ghost.current && !without.has("watch")) || (ghost.barred && !without.has("machineFence"));
  const machine = acts ? vmAt(state, ghost.vm) : null;
  const finds = machine?.at === ghost.node && machine.flying === NONE;
  if (!machine || cut || (!finds && !without.has("lookFirst")))
    return [made(state, "system", `The paused worker of ${name} wakes and is refused`, gone)];
  return [
    made(state, "system", `The paused worker of ${name} wakes and moves ${machine.name} to ${nodeAt(state, ghost.target).name}`, (next) => {
      gone(next);
      return fly(next, ghost.vm, ghost.node, ghost.target);
    }),
  ];
}

function steps(state: State, index: number, without: Without): Move[] {
  const { op } = nodeAt(state, index);
  if (!op) return [];
  if (op.step === "move") return moveStep(state, index, without);
  return op.memo === NONE ? looks(state, index, without) : [commits(state, index, without)];
}

/** What must be read from the machine before the step's commit. */
function looks(state: State, index: number, without: Without): Move[] {
  const { op, name, answers, silent, cameFrom } = nodeAt(state, index);
  if (!op) return [];
  const sees = (memo: number, say: string): Move =>
    made(state, "system", say, (next) => void Object.assign(nodeAt(next, index).op ?? {}, { memo }));
  const reached = answers && !silent;
  if (op.kind === "forceMaintenance" || (op.kind === "cancelMaintenance" && op.step === "stop"))
    return [act(state, index, reached, without)];
  if (op.kind === "cancelMaintenance") return [looksAfter(state, index, reached, without)];
  if (op.kind === "maintenance" && op.step === "verify" && without.has("drainedSeen"))
    return [sees(0, `The worker takes ${name} for drained`)];
  if (op.kind === "maintenance" && !answers && cameFrom === "Fenced")
    return [sees(0, `${name} is fenced with evidence: nothing runs on it`)];
  if (op.kind === "remove" && (op.step === "record" || without.has("removeLooks")))
    return [sees(0, `The worker prepares the removal of ${name}`)];
  if (reached && (op.kind === "join" || op.kind === "activate")) return [commits(state, index, without)];
  if (!reached) return [made(state, "system", `${name} does not answer: ${op.kind} fails`, (next) => fail(next, index, without))];
  if (!without.has("arrivals") && arriving(state, index)) return []; // it waits
  return [
    made(state, "system", `The worker sees what runs on ${name}`, (next) => {
      if (op.kind === "maintenance" && op.step === "look" && !without.has("leftovers")) endLeftovers(next, index);
      Object.assign(nodeAt(next, index).op ?? {}, { memo: listed(next, index) });
    }),
  ];
}

/** After a cancelled drain. What could not be stopped a moment ago is stopped now. */
function looksAfter(state: State, index: number, reached: boolean, without: Without): Move {
  return made(state, "system", `The worker looks where the VMs of ${nodeAt(state, index).name} are`, (next) => {
    if (reached && !without.has("stopAgain")) endLeftovers(next, index);
    Object.assign(nodeAt(next, index).op ?? {}, { memo: listed(next, index) | (reached ? 0 : 1 << next.vms.length) });
  });
}

/** Of a drain that a worker has in hand; one that nobody follows is seen on the node itself, where it arrives paused. */
export const arriving = ({ vms, nodes }: State, index: number): boolean =>
  vms.some(({ line }) => line?.target === index && line.state === "moving" && nodes[line.home]?.op?.step === "move");

function endLeftovers(state: State, index: number): void {
  for (const vm of state.vms) if (vm.at === index && vm.line?.home === index) vm.flying = NONE;
}

/** Cancel stops what flies; force stops what runs. Nothing is read that a later write depends on. */
function act(state: State, index: number, reached: boolean, without: Without): Move {
  const { op, name } = nodeAt(state, index);
  const force = op?.kind === "forceMaintenance";
  if (op?.step === "record")
    return made(
      state,
      "system",
      `The worker writes what the force of ${name} has cut`,
      (next) => (cutOff(next, index, reached, without), stepOver(next, index)),
    );
  return made(
    state,
    "system",
    `The worker ${reached ? "stops" : "can not stop"} ${force ? "the VMs" : "the migrations"} of ${name}`,
    (next) => {
      if (reached)
        for (const vm of next.vms)
          if (vm.at === index && (force || vm.line?.home === index)) Object.assign(vm, { flying: NONE, ...(force ? { at: NONE } : {}) });
      stepOver(next, index);
    },
  );
}

function commits(state: State, index: number, without: Without): Move {
  const { op, name } = nodeAt(state, index);
  const say = `The step ${op?.step} of ${op?.kind} of ${name} commits`;
  return made(state, "system", say, (next) => {
    switch (op?.kind) {
      case "maintenance":
        return op.step === "look" ? planAgain(next, index, op.memo, without) : drained(next, index, op.memo, without);
      case "cancelMaintenance":
        settle(next, index, op.memo);
        return stepOver(next, index);
      case "activate":
        return intoService(next, index, op.step === "inspect" ? "activate" : "healthChecksPassed", without);
      case "join":
        return intoService(
          next,
          index,
          op.step === "inspect" ? "provisioningBegan" : op.step === "services" ? "servicesInitialised" : "healthChecksPassed",
          without,
        );
      case "remove":
        return op.step === "look" ? lookedAt(next, index, op.memo, without) : out(next, index, without);
      default:
        return undefined;
    }
  });
}

function planAgain(state: State, index: number, seen: number, without: Without): string | void {
  const node = nodeAt(state, index);
  if (node.status !== "EnteringMaintenance") return fail(state, index, without);
  const again = preflightOf(state, index, without, seen);
  if (again.refusal) return fail(state, index, without);
  const plan = new Map(planOf(state, again));
  state.vms.forEach((vm, at) => {
    const target = plan.get(at);
    if (target !== undefined) planned(state, at, index, target);
    else if (vm.line?.home === index && (vm.line.state === "waiting" || vm.line.state === "failed")) vm.line.state = "gone";
  });
  return stepOver(state, index);
}

function drained(state: State, index: number, seen: number, without: Without): string | void {
  if (seen !== 0 || !go(state, index, "drained")) return fail(state, index, without);
  return stepOver(state, index);
}

/** Each VM of a cancelled drain is where a hypervisor says that it runs. */
function settle(state: State, index: number, seen: number): void {
  if (has(seen, state.vms.length)) return; // the node could not be seen
  state.vms.forEach((vm, at) => {
    const { line } = vm;
    if (line?.home !== index || !["adrift", "moved", "gone"].includes(line.state)) return;
    const target = nodeAt(state, line.target);
    const settled: Line["state"] | null = has(seen, at) ? "returned" : vm.at === line.target ? "moved" : target.answers ? "gone" : null;
    if (settled) Object.assign(line, { state: settled, unseen: settled === "moved" && !has(target.known, at) });
  });
}

/** What was moving may have arrived; as long as nobody can say, it may still arrive. */
function cutOff(state: State, index: number, reached: boolean, without: Without): void {
  for (const [vm, { line, at }] of state.vms.entries()) {
    if (line?.home !== index || (line.state !== "waiting" && line.state !== "moving")) continue;
    const target = nodeAt(state, line.target);
    if (line.state === "waiting" || without.has("cutOffSeen")) line.state = "cut";
    else if (at === line.target && target.answers) Object.assign(line, { state: "moved", unseen: !has(target.known, vm) });
    else if (reached && target.answers) line.state = "cut";
  }
}

function intoService(state: State, index: number, trigger: Trigger, without: Without): string | void {
  const node = nodeAt(state, index);
  const facts = node.cameFrom ? { cameFrom: node.cameFrom } : {};
  if (!go(state, index, trigger, facts)) return fail(state, index, without);
  if (trigger === "activate") endStay(state, index);
  return stepOver(state, index);
}

function lookedAt(state: State, index: number, seen: number, without: Without): string | void {
  return seen === 0 ? stepOver(state, index) : fail(state, index, without);
}

function out(state: State, index: number, without: Without): string | void {
  const asked = refusal("remove", factsOf(state, index), { ...contextOf(state, index), activeOperation: null });
  if (!go(state, index, "remove")) return fail(state, index, without);
  endStay(state, index);
  endOperation(state, index);
  return asked ? "I6" : undefined;
}
