/** What proves that a node is off. A shutdown by SSH proves nothing, and neither does silence. */
import { refuse, type Refusal } from "../outcome";
import type { Evidence } from "./fencing-records";

export const EVIDENCE = {
  heartbeat: "No heartbeat",
  fresh: "No answer to a fresh connection",
  neighbour: "Not reached by another node",
  power: "Off already before",
  soft: "Shut down by itself when it was asked",
  cut: "Power cut",
  off: "Its BMC says that it is off",
  silent: "No answer afterwards",
  word: "Confirmed by an administrator",
} as const satisfies Record<Evidence["what"], string>;

/** The newest of each kind: a step that runs again says it again. */
export function withEvidence(known: readonly Evidence[], more: readonly Evidence[]): Evidence[] {
  const told = new Set(more.map(({ what }) => what));
  return [...known.filter(({ what }) => !told.has(what)), ...more].toSorted((a, b) => a.at.localeCompare(b.at));
}

const is = (list: readonly Evidence[], what: Evidence["what"]): Evidence | undefined =>
  list.find((one) => one.what === what && one.outcome === "yes");

/**
 * Why a node may not be called Fenced on this evidence, or null. Either an administrator answers for it with name and reason, or its BMC
 * said off after the power was cut, and nothing answered at its address after that: a BMC that belongs to another machine says off, too.
 */
export function evidenceRefusal(list: readonly Evidence[]): Refusal | null {
  const word = is(list, "word");
  if (word && word.by !== "" && word.detail !== "") return null;
  const [cut, off, silent] = [is(list, "cut"), is(list, "off"), is(list, "silent")];
  if (!cut || !off || off.at < cut.at)
    return refuse("not-off", "Its BMC has not said that the node is off after its power was cut.", {
      hint: "Find out on the spot whether the host is off, then confirm it.",
    });
  if (!silent || silent.at < off.at)
    return refuse(
      "still-answers",
      "Its BMC says that the node is off, but the node still answers: the BMC may belong to another machine.",
      {
        hint: "Compare the BMC's address with the server.",
      },
    );
  return null;
}
