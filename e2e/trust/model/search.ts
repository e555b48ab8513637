/** Every state that can be reached, breadth first, so that the first bad one has the shortest way to it. */
import { commands } from "./commands";
import { brokenBy, rests } from "./invariants";
import type { Move, Moves } from "./moves";
import type { Safeguard } from "./safeguards";
import { textOf, type State } from "./state";
import { work } from "./work";
import { world } from "./world";

export type Found = { broken: string; story: string[] };
export type Result = {
  states: number;
  transitions: number;
  depth: number;
  ms: number;
  heapMB: number;
  complete: boolean;
  found: Found | null;
};

const movesOf: Moves = (state, without) => [...commands(state, without), ...work(state, without), ...world(state, without)];

/** 53 bits of a hash for each state that was seen: among a million, a collision once in some 18,000 searches. By bryc (public domain). */
function keyOf(state: State): number {
  const text = textOf(state);
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}

/** How each state was reached first: from which, by which of its moves. */
type Trail = { from: number[]; move: number[] };

export function search(first: State, removed: readonly Safeguard[] = [], maxStates = 2_000_000): Result {
  const began = performance.now();
  const without = new Set(removed);
  const seen = new Map([[keyOf(first), 0]]);
  const trail: Trail = { from: [-1], move: [-1] };
  const edges: [number, number][] = [];
  const resting = new Set(rests(first) ? [0] : []);
  let [transitions, depth] = [0, 0];
  let level: [number, State][] = [[0, first]];
  const end = (found: Found | null): Result => ({
    states: seen.size,
    transitions,
    depth,
    ms: Math.round(performance.now() - began),
    heapMB: Math.round(process.memoryUsage().heapUsed / 2 ** 20),
    complete: level.length === 0,
    found,
  });
  for (; level.length && seen.size < maxStates; depth += 1) {
    const next: typeof level = [];
    for (const [id, state] of level) {
      for (const [at, move] of movesOf(state, without).entries()) {
        transitions += 1;
        const broken = brokenBy(state, move);
        if (broken) return end({ broken, story: [...retold(first, trail, id, without), move.say] });
        const key = keyOf(move.next);
        let to = seen.get(key);
        if (to === undefined) {
          to = seen.size;
          seen.set(key, to);
          trail.from.push(id);
          trail.move.push(at);
          if (rests(move.next)) resting.add(to);
          next.push([to, move.next]);
        }
        edges.push([id, to]);
      }
    }
    level = next;
  }
  const stuck = level.length ? null : withoutWayOut(edges, resting, seen.size);
  return end(stuck === null ? null : { broken: "W", story: retold(first, trail, stuck, without) });
}

/** Backwards from the states where the region rests; the first that is not met has no way there. Null: all are. */
function withoutWayOut(edges: readonly [number, number][], resting: ReadonlySet<number>, count: number): number | null {
  const before: number[][] = Array.from({ length: count }, () => []);
  for (const [from, to] of edges) before[to]?.push(from);
  const reached = new Set(resting);
  for (const id of reached) for (const from of before[id] ?? []) reached.add(from);
  for (let id = 0; id < count; id += 1) if (!reached.has(id)) return id;
  return null;
}

/** The sentences on the way to a state, told by making the same moves again. */
function retold(first: State, trail: Trail, id: number, without: ReadonlySet<Safeguard>): string[] {
  const moves: number[] = [];
  for (let at = id; at > 0; at = trail.from[at] ?? 0) moves.unshift(trail.move[at] ?? 0);
  let state = first;
  return moves.map((at) => {
    const move: Move | undefined = movesOf(state, without)[at];
    if (!move) throw new Error("The same state had other moves: a move is not a function of its state.");
    state = move.next;
    return move.say;
  });
}
