/** What our own functions are asked with: the same facts that the services read from PostgreSQL. */
import type { Vm } from "@/lib/domain/inventory";
import { regionFacts, type NodeFacts, type RefusalContext } from "@/lib/domain/lifecycle";
import { named } from "@/lib/domain/operations";
import type { place, PlacementNode, Processor } from "@/lib/domain/placement";
import { preflight, type Preflight } from "@/lib/domain/preflight";
import { DEFAULT_SETTINGS } from "@/lib/domain/settings";
import type { NodeStatus } from "@/lib/domain/status";
import { sampleVm } from "@/lib/domain/vm.sample";
import type { Without } from "./safeguards";
import { has, nodeAt, NONE, sizeOf, type Line, type State } from "./state";

const NOW = new Date("2026-01-01T00:00:00Z");
const PROCESSOR: Processor = { architecture: "x86_64", model: "model", flags: [] };
export const SETTINGS = DEFAULT_SETTINGS;
/** Room is counted whole here, so that sizes are easy to read. */
const RESERVE_SHARE = 0;

export const factsOf = (state: State, index: number): NodeFacts => {
  const { name, status, role } = nodeAt(state, index);
  return {
    name,
    ip: `10.0.0.${index + 1}`,
    status,
    role,
    hostKeyChanged: false,
    inspectedAt: NOW,
    verdict: { adequate: true, results: [] },
  };
};

export const contextOf = (state: State, index: number): RefusalContext => {
  const { op } = nodeAt(state, index);
  return {
    role: "admin",
    now: NOW,
    settings: SETTINGS,
    region: regionFacts(state.nodes),
    activeOperation: op && { ...named(op), actorName: "Ada" },
  };
};

/** The VMs of a node, as bits, that are being planned anew: their own promises count for nobody. */
type Except = { home: number; vms: number };
export const NOBODY: Except = { home: NONE, vms: 0 };

/** As `placementNodes` of lib/services/maintenance/facts.ts reads them. */
export function targetsFor(state: State, source: number, without: Without, except: Except = NOBODY): PlacementNode[] {
  return state.nodes.flatMap(({ name, memory, status, answers, silent, known }, index) =>
    index === source || status !== "Active" || !answers || silent
      ? []
      : [
          {
            id: String(index),
            name,
            memoryBytes: memory,
            usedBytes: sizeOf(state, known),
            promisedBytes: without.has("promises") ? 0 : promised(state, index, except, without),
            cpu: PROCESSOR,
            networks: null,
          },
        ],
  );
}

/** What other plans send there and what has arrived unseen; and what is on its way back to a node whose machines are brought back. */
export const promised = (state: State, target: number, except: Except, without: Without): number =>
  sentTo(state, target, except, without) + comingBackTo(state, target, without);

export function sentTo(state: State, target: number, except: Except, without: Without): number {
  const counts = ({ home, target: to, state: how, unseen }: Line, vm: number): boolean => {
    if (to !== target || (except.home === home && (without.has("ownMoved") || has(except.vms, vm)))) return false;
    if (how === "waiting" || how === "moving") return nodeAt(state, home).cameFrom !== null;
    if (how === "returning") return !without.has("wayBack") && (nodeAt(state, home).op !== null || unseen);
    return unseen && (how === "moved" || (how === "adrift" && !without.has("cancelledMoves")));
  };
  return state.vms.reduce((sum, { size, line }, vm) => sum + (line && counts(line, vm) ? size : 0), 0);
}

function comingBackTo(state: State, home: number, without: Without): number {
  if (without.has("wayBack")) return 0;
  const { op } = nodeAt(state, home);
  const asked = op?.kind === "moveBack" || op?.kind === "activate";
  const counts = ({ state: how, unseen }: Line): boolean =>
    (asked && (how === "moved" || how === "returning")) || (unseen && (how === "returning" || how === "returned"));
  return state.vms.reduce((sum, { size, line }) => sum + (line?.home === home && counts(line) ? size : 0), 0);
}

export const vmsOf = (state: State, bits: number): Vm[] =>
  state.vms.flatMap(({ name, size }, index) => (has(bits, index) ? [sampleVm(name, { memoryBytes: size, networks: [] })] : []));

/** `seen`: what the worker has just read from the node; otherwise what was last seen decides. */
export function preflightOf(state: State, index: number, without: Without, seen?: number): Preflight {
  const { status, answers, silent, known, cameFrom } = nodeAt(state, index);
  const again = seen !== undefined;
  const fenced = status === "Fenced" || cameFrom === "Fenced";
  const as: NodeStatus = again ? (cameFrom ?? "Active") : status;
  const nodes = again ? state.nodes.map((node, at) => (at === index ? { ...node, status: as } : node)) : state.nodes;
  const context = { ...contextOf(state, index), region: regionFacts(nodes), ...(again ? { activeOperation: null } : {}) };
  const draining = state.nodes.flatMap((node, at) =>
    at !== index && node.status === "EnteringMaintenance" && node.cameFrom !== null
      ? [
          {
            name: node.name,
            bytes: state.vms.reduce(
              (sum, { line, size }) => sum + (line?.home === at && ["waiting", "moving", "failed"].includes(line.state) ? size : 0),
              0,
            ),
          },
        ]
      : [],
  );
  return preflight({
    node: { ...factsOf(state, index), status: as, id: String(index) },
    context,
    vms: again ? vmsOf(state, seen) : silent || fenced ? null : vmsOf(state, known),
    answers: again || answers,
    fenced,
    processor: PROCESSOR,
    pci: [],
    targets: targetsFor(state, index, without, again ? { home: index, vms: seen } : NOBODY),
    draining,
    degradedPools: [],
    reserveShare: RESERVE_SHARE,
  });
}

/** Which VM goes where, by index. */
export const planOf = (state: State, { placement }: Preflight): [number, number][] =>
  placement.moves.map(({ vm, targetId }) => [state.vms.findIndex(({ name }) => name === vm.name), Number(targetId)]);

/** What `place` is asked with for one VM whose target has failed it: the failed one is no choice. */
export function placementFor(state: State, index: number, vm: number, line: Line, without: Without): Parameters<typeof place> {
  const nodes = targetsFor(state, index, without).filter(({ id }) => Number(id) !== line.target);
  return [vmsOf(state, 1 << vm), PROCESSOR, nodes, { reserveShare: RESERVE_SHARE }];
}
