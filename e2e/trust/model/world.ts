/** What happens without being asked for: machines, networks, clocks; and fencing, as the lifecycle's table has it. */
import { transition } from "@/lib/domain/lifecycle";
import { NODE_STATUSES } from "@/lib/domain/status";
import { endOperation, endStay, fail, go, made, type Move, type Moves } from "./moves";
import type { Without } from "./safeguards";
import { arriving } from "./work";
import { listed, nodeAt, NONE, vmAt, type State } from "./state";

export const world: Moves = (state, without) => [
  ...state.vms.flatMap((_vm, index) => migrations(state, index)),
  ...state.nodes.flatMap((_node, index) => [
    ...clocks(state, index, without),
    ...network(state, index),
    ...survey(state, index),
    ...health(state, index, without),
    ...fencing(state, index, without),
  ]),
];

function migrations(state: State, index: number): Move[] {
  const { name, at, flying } = vmAt(state, index);
  if (flying === NONE) return [];
  const to = nodeAt(state, flying).name;
  const ends = (say: string, where: number, spend?: "deaths" | "cuts"): Move[] =>
    spend && !state.left[spend]
      ? []
      : [
          made(state, "world", say, (next) => {
            if (spend) next.left[spend] -= 1;
            Object.assign(vmAt(next, index), { at: where, flying: NONE });
          }),
        ];
  return [
    ...ends(`${name} arrives on ${to}`, flying),
    ...ends(`The migration of ${name} to ${to} fails`, at, "cuts"),
    ...ends(`${name} arrives on ${to} and dies there`, NONE, "deaths"),
  ];
}

function clocks(state: State, index: number, without: Without): Move[] {
  const { op, name, clock, status } = nodeAt(state, index);
  if (op)
    return state.left.deadlines
      ? [
          made(state, "deadline", `The deadline of ${op.kind} of ${name} passes`, (next) => {
            next.left.deadlines -= 1;
            fail(next, index, without, "deadline");
          }),
        ]
      : [];
  // As endOverdueNodes: what nobody works on any more.
  if (!clock || !transition(status, "deadline")) return [];
  return [made(state, "deadline", `The deadline of ${name} passes`, (next) => void go(next, index, "deadline"))];
}

function network(state: State, index: number): Move[] {
  const { answers, silent, name, status } = nodeAt(state, index);
  if (!NODE_STATUSES[status].joined) return [];
  const set = (say: string, change: { answers?: boolean; silent?: boolean }, spend = false): Move =>
    made(state, "world", say, (next) => {
      if (spend) next.left.losses -= 1;
      Object.assign(nodeAt(next, index), change);
    });
  // To be switched on again takes minutes, from a worker's look at it to the begin of a move takes seconds.
  if (!answers && status === "Fenced" && arriving(state, index)) return [];
  if (!answers) return [set(`${name} answers again`, { answers: true })];
  if (silent) return [set(`The hypervisor of ${name} answers again`, { silent: false })];
  return state.left.losses
    ? [
        set(`${name} does not answer any more`, { answers: false }, true),
        set(`The hypervisor of ${name} falls silent`, { silent: true }, true),
      ]
    : [];
}

/** Only where it tells something new. */
function survey(state: State, index: number): Move[] {
  const { answers, silent, known, name } = nodeAt(state, index);
  const now = listed(state, index);
  const news = known !== now || state.vms.some(({ line }) => line?.unseen && (line.target === index || line.home === index));
  if (!answers || silent || !news) return [];
  return [
    made(state, "system", `A survey sees what runs on ${name}`, (next) => {
      nodeAt(next, index).known = now;
      for (const { line } of next.vms) if (line && (line.state === "returned" ? line.home : line.target) === index) line.unseen = false;
    }),
  ];
}

function health(state: State, index: number, without: Without): Move[] {
  const { name, status } = nodeAt(state, index);
  const judged = without.has("table") ? NODE_STATUSES[status].joined : transition(status, "healthError");
  if (!state.left.deaths || !judged) return [];
  return [
    made(state, "system", `${name} is found unhealthy`, (next) => {
      next.left.deaths -= 1;
      if (!go(next, index, "healthError")) nodeAt(next, index).status = "Failed";
    }),
  ];
}

/** Lost, shown to be off, and only then Fenced; back when it answers and runs nothing. */
function fencing(state: State, index: number, without: Without): Move[] {
  const { answers, name, status, op } = nodeAt(state, index);
  if (!answers && state.left.fences && transition(status, "fenceConfirmed"))
    return [
      made(
        state,
        "system",
        without.has("evidence") ? `${name} is taken for off` : `${name} is switched off, and seen to be off`,
        (next) => {
          next.left.fences -= 1;
          if (!without.has("evidence")) switchOff(next, index);
          endOperation(next, index);
          endStay(next, index);
          go(next, index, "fenceConfirmed");
        },
      ),
    ];
  if (op || !answers) return [];
  const passed = (trigger: "recovered" | "healthChecksPassed", say: string): Move[] => [
    made(state, "system", say, (next) => void go(next, index, trigger)),
  ];
  if (status === "Fenced" && listed(state, index) === 0) return passed("recovered", `${name} answers steadily and runs nothing`);
  return status === "Unfencing" ? passed("healthChecksPassed", `${name} passes its health checks`) : [];
}

function switchOff(state: State, index: number): void {
  for (const vm of state.vms) {
    if (vm.at === index) Object.assign(vm, { at: NONE, flying: NONE });
    if (vm.flying === index) vm.flying = NONE;
  }
}
