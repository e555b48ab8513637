/** Orders to a real BMC that is silent for a moment, and what changes meanwhile. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, describe, it } from "vitest";
import { db } from "@/lib/db";
import { nodePowerAad } from "@/lib/domain/sealing";
import { noBmcs, startBmc, unlessNoBmcs, type TestBmc } from "@/lib/machines/testing-bmc";
import { done, refuse, type Outcome } from "@/lib/outcome";
import { seal } from "@/lib/secrets";
import { noDatabase, ownDatabase, plantNode, unlessSkipped } from "@/lib/services/testing";
import { order, patiently } from "./bmc";

describe.skipIf(noDatabase || noBmcs)(unlessNoBmcs(unlessSkipped("an order")), { timeout: 60_000 }, () => {
  let drop: () => Promise<void>;
  let bmc: TestBmc;
  let nodeId: string;
  const folder = mkdtempSync(join(tmpdir(), "regent-order-"));
  beforeAll(async () => {
    const database = await ownDatabase();
    ({ drop } = database);
    const keyFile = join(folder, "seal.key");
    writeFileSync(keyFile, database.sealPrivateKey, { mode: 0o600 });
    Object.assign(process.env, { REGENT_MANAGEMENT_NETWORKS: "127.20.0.0/16", REGENT_SEAL_PRIVATE_KEY_FILE: keyFile });
    bmc = await startBmc("127.20.241.1", 6251);
    const { address, port, login, password } = bmc;
    ({ id: nodeId } = await plantNode("Failed"));
    const sealed = seal(process.env.REGENT_SEAL_PUBLIC_KEY ?? "", password, nodePowerAad(nodeId, { address, port }));
    await db.nodePower.create({ data: { nodeId, address, port, login, sealed } });
  }, 60_000);
  afterAll(async () => {
    bmc?.stop();
    await drop?.();
    rmSync(folder, { recursive: true });
  });

  it("is not given any more when its reason has gone while the BMC was silent", async () => {
    const { signal } = new AbortController();
    const asked: Outcome[] = [];
    // The first try meets a silent BMC; before the second one, both the BMC and the node answer again.
    const due = (): Promise<Outcome> => {
      bmc.silence(asked.length === 0);
      asked.push(asked.length === 0 ? done(undefined) : refuse("answers", "It answers again."));
      return Promise.resolve(asked.at(-1) ?? done(undefined));
    };
    const held = { nodeId, signal, isMine: () => Promise.resolve(true) };
    expect(await patiently(30, signal, () => order(held, "off", due))).toMatchObject({ code: "answers" });
    expect(asked).toHaveLength(2);
    expect(bmc.orders()).toEqual([]);
  });
});
