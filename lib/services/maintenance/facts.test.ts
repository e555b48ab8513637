/** What a plan believes of nodes: what was seen on them lately, and nothing else. */
import { describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { noDatabase, unlessSkipped } from "../testing";
import { readPreflight } from "./preflight";
import { answers, plantHypervisor } from "./testing";
import { code, useMaintenance, value } from "./testing-maintenance";

describe.skipIf(noDatabase)(unlessSkipped("what a plan knows"), { timeout: 60_000 }, () => {
  const { begin } = useMaintenance();

  it("plans nothing for a node whose hypervisor did not answer its newest survey", async () => {
    const node = await plantHypervisor(64, [8]);
    const other = await plantHypervisor(64, []);
    const survey = { partitions: [], services: [], failedServices: null, vms: null };
    await db.$executeRaw`
      INSERT INTO metrics.node_survey (node_id, surveyed_at, survey) VALUES (${other.id}::uuid, now() + interval '1 second', ${JSON.stringify(survey)}::jsonb)`;
    expect(await begin(node.id)).toMatchObject({ code: "preflight-memory" });
    await db.$executeRaw`UPDATE metrics.node_survey SET survey = jsonb_set(survey, '{vms}', '[]') WHERE node_id = ${other.id}::uuid`;
    expect(code(await begin(node.id))).toBe("ok");
  });

  it("says of a fenced node what was seen on it since", async () => {
    const node = await plantHypervisor(64, [8], { status: "Fenced" });
    await plantHypervisor(64, []);
    const fenced = async (minutes: number) => {
      await db.$transaction(async (tx) => {
        await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
        await tx.$executeRaw`DELETE FROM fence`;
        await tx.fence.create({
          data: {
            nodeId: node.id,
            state: "confirmed",
            cause: "Test",
            actorName: "Ada",
            evidence: [{}],
            endedAt: new Date(Date.now() + minutes * 60_000),
          },
        });
      });
      return value(await readPreflight(node.id, "operator")).checks.find(({ id }) => id === "workload");
    };
    expect(await fenced(1)).toMatchObject({ state: "pass", detail: `${node.name} is fenced with evidence: nothing runs on it.` });
    expect(await fenced(-1)).toMatchObject({ state: "fail", remedy: "Shut them down: they may run elsewhere by now." });
    expect(await begin(node.id)).toMatchObject({ code: "preflight-workload" });
    await db.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      await tx.$executeRaw`DELETE FROM fence`;
    });
  });

  it("does not drain what can not be seen", async () => {
    const node = await plantHypervisor(64, [8]);
    await plantHypervisor(64, []);
    await db.$executeRaw`UPDATE metrics.node_now SET sampled_at = now() - interval '2 minutes' WHERE node_id = ${node.id}::uuid`;
    expect(await begin(node.id)).toMatchObject({ ok: false, code: "preflight-workload" });
    await answers(node.id);
    expect(code(await begin(node.id))).toBe("ok");
  });
});
