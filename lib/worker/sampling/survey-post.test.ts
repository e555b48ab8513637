/** Surveys in a real PostgreSQL: many in one statement, the newest of each node, and none lost while it is away. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Survey } from "../../domain/survey";
import { sampleVm } from "../../domain/vm.sample";
import { closeSamplePool, samplePool } from "../../services/metrics/pool";
import { readSurvey } from "../../services/metrics/survey";
import { noDatabase, ownDatabase, plantNode, unlessSkipped } from "../../services/testing";
import { SurveyPost } from "./survey-post";

const GIB = 2 ** 30;
const surveyOf = (facts: Partial<Survey> = {}): Survey => ({
  partitions: [],
  services: [],
  failedServices: [],
  vms: null,
  linksDown: null,
  disksFailing: null,
  poolsDegraded: null,
  ...facts,
});

describe.skipIf(noDatabase)(unlessSkipped("surveys on their way"), () => {
  let drop: () => Promise<void>;
  beforeAll(async () => void ({ drop } = await ownDatabase()), 60_000);
  afterAll(async () => {
    await closeSamplePool();
    await drop?.();
  });
  const vmMemory = async (id: string) =>
    (
      await samplePool().query<{ total: string | null; available: string | null }>(
        "SELECT vm_memory_total_bytes AS total, vm_memory_available_bytes AS available FROM node WHERE id = $1",
        [id],
      )
    ).rows;

  it("says of every node the newest, and leaves out one that is gone", async () => {
    const [runs, without] = [
      await plantNode("Active", { memoryBytes: BigInt(16 * GIB) }),
      await plantNode("Active", { memoryBytes: BigInt(16 * GIB) }),
    ];
    const post = new SurveyPost();
    post.add(runs.id, surveyOf({ failedServices: ["old.service"] }), performance.now());
    post.add(runs.id, surveyOf({ vms: [sampleVm("a"), sampleVm("b")] }), performance.now());
    post.add(without.id, surveyOf(), performance.now());
    post.add(randomUUID(), surveyOf(), performance.now());
    await post.flush();
    expect((await readSurvey(runs.id))?.survey.vms?.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(await vmMemory(runs.id)).toEqual([{ total: String(8 * GIB), available: String(8 * GIB) }]);
    // No hypervisor answered: what is known of its memory stays.
    expect((await readSurvey(without.id))?.survey.vms).toBeNull();
    expect(await vmMemory(without.id)).toEqual([{ total: without.vmMemoryTotalBytes, available: without.vmMemoryAvailableBytes }]);
    post.add(runs.id, surveyOf({ vms: [] }), performance.now());
    await post.flush();
    expect(await vmMemory(runs.id)).toEqual([{ total: "0", available: String(16 * GIB) }]);
  });

  it("is as old as its question", async () => {
    const { id } = await plantNode("Active");
    const post = new SurveyPost();
    post.add(id, surveyOf(), performance.now() - 40_000);
    await post.flush();
    const { rows } = await samplePool().query<{ age: number }>(
      "SELECT extract(epoch FROM clock_timestamp() - surveyed_at)::float8 AS age FROM metrics.node_survey WHERE node_id = $1",
      [id],
    );
    expect(rows[0]?.age).toBeGreaterThanOrEqual(40);
    expect(rows[0]?.age).toBeLessThan(60);
  });

  it("keeps what PostgreSQL did not take, and of a node the newest", async () => {
    const [one, two] = [await plantNode("Active"), await plantNode("Active")];
    const post = new SurveyPost();
    for (const { id } of [one, two]) post.add(id, surveyOf({ failedServices: ["before.service"] }), performance.now());
    await samplePool().query("ALTER TABLE metrics.node_survey RENAME TO away");
    const failing = post.flush();
    post.add(two.id, surveyOf({ failedServices: ["meanwhile.service"] }), performance.now());
    await expect(failing).rejects.toThrow("node_survey");
    await samplePool().query("ALTER TABLE metrics.away RENAME TO node_survey");
    await post.flush();
    expect((await readSurvey(one.id))?.survey.failedServices).toEqual(["before.service"]);
    expect((await readSurvey(two.id))?.survey.failedServices).toEqual(["meanwhile.service"]);
  });
});
