/** For tests only: the people that tests of users begin with, and short words for what is asked of each answer. */
import { afterAll, beforeAll, beforeEach } from "vitest";
import { db } from "@/lib/db";
import type { Outcome } from "@/lib/outcome";
import { addUser, ownDatabase } from "../testing";

export const PASSWORD = "correct horse battery staple";
export const HERE = { from: "192.0.2.7" };
export type Person = Awaited<ReturnType<typeof addUser>>;

export const value = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
};
export const codeOf = (outcome: Outcome<unknown>) => (outcome.ok ? "ok" : outcome.code);
export const text = (row: unknown) => JSON.stringify(row, (_, part: unknown) => (typeof part === "bigint" ? String(part) : part));

/** Before each test two Admins, Ada and Bob, and Vera, a Viewer, are all there are; `begin` is given them. */
export function usePeople(begin: (ada: Person, bob: Person, vera: Person) => void): void {
  let drop: () => Promise<void>;
  beforeAll(async () => void ({ drop } = await ownDatabase()), 60_000);
  afterAll(() => drop?.());
  beforeEach(async () => {
    await db.user.deleteMany();
    await db.rateBucket.deleteMany();
    begin(await addUser("Ada", "admin"), await addUser("Bob", "admin"), await addUser("Vera", "viewer"));
  });
}
