/** What becomes of an operation when PostgreSQL itself fails in the middle of a step: it is tried again, and nobody forgets it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { startOperation } from "@/lib/services/operations/start";
import { addUser, noDatabase, ownDatabase, unlessSkipped } from "@/lib/services/testing";
import { actAs, advance } from "./advance";

const ATTEMPTS = 8;

describe.skipIf(noDatabase)(unlessSkipped("advance"), { timeout: 60_000 }, () => {
  let drop: () => Promise<void>;
  let id: string;
  beforeAll(async () => {
    process.env.REGENT_MANAGEMENT_NETWORKS = "10.0.0.0/8";
    ({ drop } = await ownDatabase());
    actAs("test");
    await db.$executeRaw`CREATE SEQUENCE hiccups`;
    await db.$executeRawUnsafe(`
      CREATE FUNCTION hiccup() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF nextval('hiccups') = TG_ARGV[0]::int THEN RAISE EXCEPTION 'terminating connection' USING ERRCODE = '57P01'; END IF; RETURN NEW; END $$`);
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
  async function expectTriedAgain(which: number): Promise<void> {
    await db.$executeRaw`ALTER SEQUENCE hiccups RESTART`;
    await db.$executeRawUnsafe(`CREATE TRIGGER hiccup BEFORE UPDATE ON operation FOR EACH ROW EXECUTE FUNCTION hiccup(${which})`);
    try {
      expect(await run()).toEqual({ finished: true, status: "failed", code: "address-not-allowed" });
    } finally {
      await db.$executeRaw`DROP TRIGGER hiccup ON operation`;
    }
  }

  it.each([1, 2, 3, 4])("ends with the same answer when the %i. write of the operation fails once", expectTriedAgain);
});
