/** For tests only: administrators and nodes in a database of their own, where nothing may be left that must never be so. */
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { db } from "../../db";
import type { Outcome } from "../../outcome";
import type { Call } from "../call";
import { readViolations } from "../invariants";
import { addUser, ownDatabase } from "../testing";
import { beginMaintenance } from "./begin";
import { emptyRegion } from "./testing";

type Person = Awaited<ReturnType<typeof addUser>>;

export const REASON = "A memory module reports errors.";
export const value = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.reason}`);
  return outcome.value;
};
export const code = (outcome: Outcome<unknown>): string => (outcome.ok ? "ok" : outcome.code);
const session = (text: string) => new Uint8Array(Buffer.from(text.padEnd(32)));

/** Every test begins without nodes, and ends with a look for what must never be so. */
export function useMaintenance() {
  let drop: () => Promise<void>;
  let ada: Person;
  let grace: Person;
  beforeAll(async () => {
    ({ drop } = await ownDatabase());
    ada = await addUser("Ada", "admin");
    grace = await addUser("Grace", "admin");
  }, 60_000);
  afterAll(() => drop?.());
  beforeEach(emptyRegion);
  afterEach(async () => {
    const broken = await readViolations({ events: true });
    if (broken.length) throw new Error(broken.map(({ sentence }) => sentence).join(" "));
  });

  const nodeOf = (id: string) => db.node.findUniqueOrThrow({ where: { id } });
  const inSession = (user: Person, name = "one"): Call => ({
    ...user.call(),
    sessionHash: session(`${name} of ${user.id.slice(0, 8)}`),
  });
  const begin = async (id: string, call = ada.call()) => beginMaintenance({ nodeId: id, version: (await nodeOf(id)).version }, call);
  return { ada: () => ada, grace: () => grace, nodeOf, inSession, begin };
}
