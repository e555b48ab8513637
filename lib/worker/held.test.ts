/** A worker that slept in the middle of a step, and what it still had in its head. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import type { Operation } from "@/lib/generated/prisma/client";
import { nodePowerAad } from "@/lib/domain/sealing";
import { seal } from "@/lib/secrets";
import { OperationLost } from "@/lib/services/operations/lock";
import { claimOperation } from "@/lib/services/operations/claim";
import { startOperation } from "@/lib/services/operations/start";
import { addUser, noDatabase, ownDatabase, plantNode, unlessSkipped } from "@/lib/services/testing";
import { order } from "./bmc";
import { whileHeld, type Held } from "./held";

/** Longer than what was said of the operation counts for. */
const SLEEP_MS = 5200;

describe.skipIf(noDatabase)(unlessSkipped("an operation that is held"), { timeout: 60_000 }, () => {
  let drop: () => Promise<void>;
  let operation: Operation;
  const folder = mkdtempSync(join(tmpdir(), "regent-held-"));
  beforeAll(async () => {
    const database = await ownDatabase();
    ({ drop } = database);
    const keyFile = join(folder, "seal.key");
    writeFileSync(keyFile, database.sealPrivateKey, { mode: 0o600 });
    Object.assign(process.env, { REGENT_MANAGEMENT_NETWORKS: "10.0.0.0/8", REGENT_SEAL_PRIVATE_KEY_FILE: keyFile });
  }, 60_000);
  afterAll(async () => {
    await drop?.();
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    const { call } = await addUser("Ada", "admin");
    const id = await db.$transaction((tx) => startOperation(tx, { kind: "contact", call: call(), ip: "10.0.0.9", now: new Date() }));
    operation = (await claimOperation(id, "test")) ?? expect.unreachable();
  });

  const taken = () => db.$executeRaw`UPDATE operation SET attempt = attempt + 1 WHERE id = ${operation.id}::uuid`;
  /** Nothing of this process runs meanwhile, as after SIGSTOP. */
  const asleep = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

  it("is this worker's until it is taken from it", async () => {
    expect(await whileHeld(operation, async ({ isMine }) => [await isMine(), await isMine()])).toEqual([true, true]);
    await taken();
    expect(await whileHeld(operation, ({ isMine }) => isMine())).toBe(false);
  });

  it("is asked for again after a sleep, before anything else is done", async () => {
    const said = await whileHeld(operation, async ({ isMine, signal }) => {
      const before = await isMine();
      await taken();
      asleep(SLEEP_MS);
      return [before, await isMine(), signal.aborted];
    });
    expect(said).toEqual([true, false, true]);
  });

  it("switches no power that is another worker's to switch", async () => {
    const { id: nodeId } = await plantNode("InMaintenance");
    const place = { address: "10.0.0.8", port: 623 };
    const sealed = seal(process.env.REGENT_SEAL_PUBLIC_KEY ?? "", "pw", nodePowerAad(nodeId, place));
    await db.nodePower.create({ data: { nodeId, ...place, login: "admin", sealed } });
    const ordered = whileHeld(operation, async (held: Held) => {
      await taken();
      return order({ ...held, nodeId }, "cycle");
    });
    await expect(ordered).rejects.toThrow(OperationLost);
  });

  it("is let go with what a step did beside what failed", async () => {
    let signal: AbortSignal | undefined;
    const failing = whileHeld(operation, (held) => {
      ({ signal } = held);
      return Promise.reject(new Error("ours"));
    });
    await expect(failing).rejects.toThrow("ours");
    expect(signal?.aborted).toBe(true);
  });
});
