/** What is told of each node of a region is what its own pre-flight says. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sampleVm } from "../../domain/vm.sample";
import { db } from "../../db";
import { noDatabase, ownDatabase, plantNode, unlessSkipped } from "../testing";
import { readPreflight } from "./preflight";
import { readReadiness } from "./readiness";
import { answers, emptyRegion, plantHypervisor } from "./testing";

const GIB = 2 ** 30;

describe.skipIf(noDatabase)(unlessSkipped("maintenance readiness"), { timeout: 60_000 }, () => {
  let drop: () => Promise<void>;
  beforeAll(async () => void ({ drop } = await ownDatabase()), 60_000);
  afterAll(() => drop?.());
  beforeEach(emptyRegion);

  /** Of every node, both asked. */
  async function compared() {
    const { readiness, unplaced } = await readReadiness();
    const nodes = await db.node.findMany({ orderBy: { name: "asc" } });
    const asked = await Promise.all(
      nodes.map(async ({ id, name }) => {
        const found = await readPreflight(id, "admin");
        if (!found.ok) throw new Error(found.reason);
        return [name, found.value.refusal?.reason ?? null] as const;
      }),
    );
    const told = nodes.map(({ id, name }) => {
      const found = readiness.get(id);
      return [name, found?.id === "ready" ? null : (found?.reason ?? "nothing")] as const;
    });
    return { asked, told, unplaced, ids: nodes.map(({ id }) => readiness.get(id)?.id) };
  }

  it("is that of the pre-flight: room, reserve, devices, silence and fences", async () => {
    await plantHypervisor(64, [8, 4], { name: "a-fits" });
    await plantHypervisor(64, [40], { name: "b-one-large" });
    await plantHypervisor(64, [30], { name: "c-holds" });
    const gpu = await plantHypervisor(64, [2], { name: "d-gpu" });
    const planted = gpu.inventory as object; // as planted
    const vms = [sampleVm("train-1", { passthrough: ["0000:41:00.0"], memoryBytes: 2 * GIB })];
    await db.node.update({ where: { id: gpu.id }, data: { inventory: { ...planted, vms } } });
    await plantNode("Failed", { name: "e-silent" });
    const failed = await plantNode("Failed", { name: "f-answers", inventory: planted });
    await answers(failed.id);
    await plantNode("Fenced", { name: "g-fenced" });
    await plantNode("Candidate", { name: "h-candidate" });
    const { asked, told, ids, unplaced } = await compared();
    expect(told).toEqual(asked);
    expect(ids).toEqual(["ready", "ready", "ready", "refused", "refused", "ready", "ready", "apart"]);
    expect(unplaced).toBeNull();
  });

  it("warns of a machine that fits nowhere, though what is free together is enough", async () => {
    for (const name of ["a", "b", "c"]) await plantHypervisor(64, [40], { name });
    await plantHypervisor(64, [30], { name: "d" });
    const { asked, told, ids, unplaced } = await compared();
    expect(told).toEqual(asked);
    expect(ids).toEqual(["noRoom", "noRoom", "noRoom", "noRoom"]);
    expect(unplaced).toEqual({
      count: 4,
      name: "a",
      reason: expect.stringMatching(/needs 40 GiB; the largest free space on another node is 27\.\d GiB \(d\)\.$/),
    });
  });
});
