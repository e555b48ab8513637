/** What becomes of an operation when PostgreSQL itself fails in the middle of a step: it is tried again, and nobody forgets it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { startOperation } from "@/lib/services/operations/start";
import { addUser, noDatabase, ownDatabase, unlessSkipped } from "@/lib/services/testing";
import { actAs, advance } from "./advance";
import { prepareHiccups, withHiccup } from "./testing-hiccups";

const ATTEMPTS = 8;

describe.skipIf(noDatabase)(unlessSkipped("advance"), { timeout: 60_000 }, () => {
  let drop: () => Promise<void>;
  let id: string;
  beforeAll(async () => {
    process.env.REGENT_MANAGEMENT_NETWORKS = "10.0.0.0/8";
    ({ drop } = await ownDatabase());
    actAs("test");
    await prepareHiccups();
  }, 60_000);
  afterAll(() => drop?.());
  beforeEach(async () => {
    const { call } = await addUser("Ada", "admin");
    // An address outside the networks: refused without a dial, which is an answer and ends the operation.
    id = await db.$transaction((tx) => startOperation(tx, { kind: "contact", call: call(), ip: "192.0.2.1", now: new Date() }));
  });

  /** As the durable workflow does, without the rests. */
  async function run(): Promise<{ finished: boolean; status: string; code: unknown }> {
    let finished = false;
    for (let count = 0; count < ATTEMPTS && !finished; count++) ({ finished } = await advance(id));
    const { status, refusal } = await db.operation.findUniqueOrThrow({ where: { id } });
    return { finished, status, code: (refusal as { code?: string } | null)?.code };
  }

  it("ends with the answer when all goes well", async () => {
    expect(await run()).toEqual({ finished: true, status: "failed", code: "address-not-allowed" });
  });

  /** The operation's updates in their order: the claim, its start, the step's name, the end. */
  const expectTriedAgain = (which: number) =>
    withHiccup("operation", which, async () =>
      expect(await run()).toEqual({ finished: true, status: "failed", code: "address-not-allowed" }),
    );

  it.each([1, 2, 3, 4])("ends with the same answer when the %i. write of the operation fails once", expectTriedAgain);
});
