/** What is checked before a candidate joins, one named check at a time, as the Join dialog shows them. */
import type { Inventory, Link } from "./inventory";
import { findLinks } from "./links";
import { NODE_ROLES, type NodeRole } from "./roles";
import type { RegionSettings } from "./settings";
import { formatSpeed } from "./units";

export type JoinCheck = {
  id: "macs" | "carrier" | "speed" | "role" | "control";
  label: string;
  state: "pass" | "fail" | "warn";
  detail: string;
};

export type JoinFacts = {
  inventory: Pick<Inventory, "links">;
  convergedMacs: readonly string[];
  role: NodeRole;
  region: { controlCount: number };
  settings: { requirements: Pick<RegionSettings["requirements"], "linkSpeedMbps">; requireControlFirst: boolean };
};

/** All checks in order. Links: macs, carrier, speed. Role: role, control. */
export const joinChecks = (facts: JoinFacts): JoinCheck[] => [...linkChecks(facts), ...roleChecks(facts)];

/** The checks of the converged links alone; the worker repeats them on a fresh inventory. */
export function linkChecks({
  inventory,
  convergedMacs,
  settings,
}: Pick<JoinFacts, "inventory" | "convergedMacs" | "settings">): JoinCheck[] {
  const links = findLinks(inventory, convergedMacs);
  return [macs(inventory, convergedMacs), carrier(links), speed(links, settings.requirements.linkSpeedMbps)];
}

export const roleChecks = (facts: Pick<JoinFacts, "role" | "region" | "settings">): JoinCheck[] => [role(facts), control(facts)];

const names = (links: readonly Link[]): string => links.map(({ name }) => name).join(", ");

function macs(inventory: Pick<Inventory, "links">, wanted: readonly string[]): JoinCheck {
  const check = { id: "macs", label: "Converged MACs present" } as const;
  if (!wanted.length) return { ...check, state: "fail", detail: "No Converged MAC Address is recorded." };
  const missing = wanted.filter((mac) => !findLinks(inventory, [mac]).length);
  if (missing.length) return { ...check, state: "fail", detail: `Not found on the machine: ${missing.join(", ")}.` };
  return { ...check, state: "pass", detail: `${names(findLinks(inventory, wanted))}.` };
}

/** A link that is switched off can not tell its carrier; for a converged link that is as bad as none. */
function carrier(links: readonly Link[]): JoinCheck {
  const check = { id: "carrier", label: "Links up" } as const;
  const down = links.filter((link) => link.carrier !== true);
  if (!links.length) return { ...check, state: "fail", detail: "No converged link was found." };
  if (down.length) return { ...check, state: "fail", detail: `No carrier: ${names(down)}.` };
  return { ...check, state: "pass", detail: `Carrier on ${names(links)}.` };
}

function speed(links: readonly Link[], minimum: number): JoinCheck {
  const check = { id: "speed", label: "Link speed" } as const;
  const slow = links.filter(({ speedMbps }) => speedMbps !== null && speedMbps < minimum);
  const silent = links.filter((link) => link.speedMbps === null && link.carrier === true);
  const least = formatSpeed(minimum);
  if (slow.length) {
    const each = slow.map((link) => `${link.name} has ${formatSpeed(link.speedMbps ?? 0)}`).join(", ");
    return { ...check, state: "fail", detail: `${each}; at least ${least} is needed.` };
  }
  if (silent.length) return { ...check, state: "warn", detail: `${names(silent)} reports no speed; at least ${least} is needed.` };
  return { ...check, state: "pass", detail: `At least ${least}.` };
}

function role({ role: chosen, region, settings }: Pick<JoinFacts, "role" | "region" | "settings">): JoinCheck {
  const check = { id: "role", label: "Node Type valid" } as const;
  if (chosen === "Control" || region.controlCount > 0)
    return { ...check, state: "pass", detail: `${chosen}: ${NODE_ROLES[chosen].description}` };
  return { ...check, state: settings.requireControlFirst ? "fail" : "warn", detail: "The region has no Control node yet." };
}

/** An even number of Control nodes survives no more losses than one fewer would. */
function control({ role: chosen, region }: Pick<JoinFacts, "role" | "region">): JoinCheck {
  const count = region.controlCount + (chosen === "Control" ? 1 : 0);
  const check = { id: "control", label: "Control nodes" } as const;
  const even = chosen === "Control" && count % 2 === 0;
  const detail = even ? `With this node there are ${count} Control nodes; an odd number is safer.` : `${count} after the join.`;
  return { ...check, state: even ? "warn" : "pass", detail };
}
