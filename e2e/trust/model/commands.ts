/** What administrators do, on a view that is true or on one that no longer is. Each is decided by the lifecycle's own `refusal`. */
import { COMMANDS, refusal, regionFacts, type CommandName } from "@/lib/domain/lifecycle";
import { factsOf, contextOf, planOf, preflightOf } from "./facts";
import { changed, endOperation, endStay, go, made, planned, start, type Move, type Moves } from "./moves";
import type { Safeguard, Without } from "./safeguards";
import { nodeAt, type Challenge, type Decided, type State } from "./state";

/** Those that begin something are bounded; the ways out of a drain that stands are always there. */
const BEGIN = ["maintenance", "activate", "moveBack", "remove", "join"] as const satisfies readonly CommandName[];
const WAY_OUT = ["cancelMaintenance", "continueMaintenance"] as const satisfies readonly CommandName[];
type Begun = (typeof BEGIN)[number] | (typeof WAY_OUT)[number];

export const commands: Moves = (state, without) => [
  ...state.nodes.flatMap((_node, index) => [...BEGIN, ...WAY_OUT].flatMap((command) => click(state, index, command, without))),
  ...state.nodes.flatMap((_node, index) => BEGIN.flatMap((command) => opens(state, index, command))),
  ...confirms(state, without),
  ...commits(state),
  ...arms(state),
  ...timer(state),
  ...forces(state, without),
];

const budgeted = (command: Begun): boolean => (BEGIN as readonly string[]).includes(command);

function click(state: State, index: number, command: Begun, without: Without): Move[] {
  if (budgeted(command) && state.left.commands === 0) return [];
  const decided = decide(state, index, command, without);
  if (!decided) return [];
  return [
    made(state, "administrator", `An administrator selects ${COMMANDS[command].label} on ${nodeAt(state, index).name}`, (next) => {
      if (budgeted(command)) next.left.commands -= 1;
      return write(next, decided, without);
    }),
  ];
}

/** Null: refused. The same decision as the dialog's, made again by the server. */
function decide(state: State, index: number, command: CommandName, without: Without): Decided | null {
  const node = nodeAt(state, index);
  if (!COMMANDS[command].allowed.some((status) => status === node.status)) return null;
  if (refusal(command, factsOf(state, index), contextOf(state, index))) return null;
  if (command === "moveBack" && !away(state, index)) return null;
  if (command !== "maintenance") return { command, node: index, from: node.status, plan: [] };
  const checked = preflightOf(state, index, without);
  return checked.refusal ? null : { command, node: index, from: node.status, plan: planOf(state, checked) };
}

const away = (state: State, home: number): boolean =>
  nodeAt(state, home).cameFrom === null && state.vms.some(({ line }) => line?.home === home && line.state === "moved");

/** Its writes. Without the lock they come later than the decision, and only the node's own version is compared. */
function write(state: State, decided: Decided, without: Without): string | void {
  if (without.has("regionLock") && decided.command === "maintenance" && !state.decided) return void (state.decided = decided);
  return apply(state, decided);
}

function commits(state: State): Move[] {
  const { decided } = state;
  if (!decided) return [];
  const node = nodeAt(state, decided.node);
  const say = `The transaction that decided on ${COMMANDS[decided.command].label} of ${node.name} commits`;
  return [
    made(state, "administrator", say, (next) => {
      next.decided = null;
      if (node.status === decided.from && !node.op) return apply(next, decided);
    }),
  ];
}

function apply(state: State, { command, node: index, plan }: Decided): string | void {
  const node = nodeAt(state, index);
  switch (command) {
    case "maintenance":
      return takeOut(state, index, plan);
    case "cancelMaintenance":
      return cancel(state, index);
    case "continueMaintenance":
      Object.assign(node, { clock: true, stands: false });
      changed(state, index);
      return start(state, index, "maintenance");
    case "join":
      go(state, index, "join");
      return start(state, index, "join");
    case "activate":
    case "moveBack":
    case "remove":
      return start(state, index, command);
    default:
      throw new Error(`The model does not know ${command}.`);
  }
}

function takeOut(state: State, index: number, plan: Decided["plan"]): string | void {
  const node = nodeAt(state, index);
  node.cameFrom = node.status;
  for (const [vm, target] of plan) planned(state, vm, index, target);
  go(state, index, "maintenance");
  return start(state, index, "maintenance") ?? tooFew(state);
}

/** By nobody's guard: counted anew on what the command has left behind. */
function tooFew(state: State): string | void {
  const { activeCount, controlCount, activeControlCount } = regionFacts(state.nodes);
  if (activeCount === 0) return "I6";
  if (
    controlCount > 0 &&
    activeControlCount < (controlCount <= 2 ? 1 : Math.floor(controlCount / 2) + 1) &&
    state.nodes.some((node) => node.role === "Control" && node.status === "EnteringMaintenance" && node.cameFrom === "Active")
  )
    return "I6";
}

function cancel(state: State, index: number): string | void {
  const node = nodeAt(state, index);
  endOperation(state, index);
  if (!node.cameFrom || !go(state, index, "cancelMaintenance", { cameFrom: node.cameFrom })) return "I3";
  endStay(state, index);
  return start(state, index, "cancelMaintenance");
}

/** A dialog that stays open while the region goes on. */
function opens(state: State, index: number, command: Begun): Move[] {
  const node = nodeAt(state, index);
  if (state.dialog || !state.left.stale || !state.left.commands) return [];
  if (!COMMANDS[command].allowed.some((status) => status === node.status)) return [];
  return [
    made(state, "administrator", `Grace opens the dialog ${COMMANDS[command].label} of ${node.name}`, (next) => {
      next.dialog = { command, node: index, stale: false };
      next.left.stale -= 1;
      next.left.commands -= 1;
    }),
  ];
}

function confirms(state: State, without: Without): Move[] {
  const { dialog } = state;
  if (!dialog?.stale) return []; // a true view is a click
  const { command, node: index } = dialog;
  const say = `Grace confirms the dialog ${COMMANDS[command].label} of ${nodeAt(state, index).name} that she opened before it changed`;
  const accepted = !COMMANDS[command].needsFreshView || without.has("version");
  const decided = accepted ? decide(state, index, command, without) : null;
  return [
    made(state, "administrator", `${say}${decided ? "" : ", and is refused"}`, (next) => {
      next.dialog = null;
      if (!decided) return;
      return write(next, decided, without) ?? (COMMANDS[command].needsFreshView ? "V" : undefined);
    }),
  ];
}

/** The right to force, from the end of the safety timer on. */
function arms(state: State): Move[] {
  if (state.left.forces === 0 || state.challenge) return [];
  return state.nodes.flatMap((node, index) =>
    refusal("forceMaintenance", factsOf(state, index), contextOf(state, index))
      ? []
      : [
          made(state, "administrator", `Ada opens Force Maintenance of ${node.name}: the safety timer begins`, (next) => {
            next.left.forces -= 1;
            next.challenge = { admin: 1, node: index, phase: "armed", stale: false };
          }),
        ],
  );
}

function timer(state: State): Move[] {
  const { challenge } = state;
  if (!challenge || (challenge.phase !== "armed" && challenge.phase !== "ripe")) return [];
  const armed = challenge.phase === "armed";
  return [
    made(state, "world", armed ? "The safety timer ends" : "The confirmation expires", (next) => {
      next.challenge = { ...challenge, phase: armed ? "ripe" : "expired" };
    }),
  ];
}

/** Which safeguard refuses each misuse. As `refusalOf` of lib/services/maintenance/force-challenge.ts. */
function misuses({ phase, stale, admin }: Challenge, by: 1 | 2): Safeguard[] {
  const found: Safeguard[] = [];
  if (phase === "armed" || phase === "expired") found.push("timer");
  if (phase === "used") found.push("usedUp");
  if (stale) found.push("boundToVersion");
  if (admin !== by) found.push("sameAdmin");
  return found;
}

function forces(state: State, without: Without): Move[] {
  const { challenge } = state;
  if (!challenge || refusal("forceMaintenance", factsOf(state, challenge.node), contextOf(state, challenge.node))) return [];
  return ([1, 2] as const).flatMap((admin) => {
    const misused = misuses(challenge, admin);
    if (misused.some((safeguard) => !without.has(safeguard))) return [];
    const name = nodeAt(state, challenge.node).name;
    return [
      made(state, "administrator", `${admin === 1 ? "Ada" : "Grace"} confirms Force Maintenance of ${name}`, (next) => {
        const broke = force(next, challenge.node, without);
        next.challenge = { ...challenge, phase: without.has("usedUp") ? challenge.phase : "used", stale: true };
        return misused.length ? "I8" : broke;
      }),
    ];
  });
}

function force(state: State, index: number, without: Without): string | void {
  const node = nodeAt(state, index);
  if (!without.has("endRunning")) endOperation(state, index);
  node.cameFrom ??= node.status;
  node.forced = true;
  go(state, index, "forceMaintenance");
  return start(state, index, "forceMaintenance");
}
