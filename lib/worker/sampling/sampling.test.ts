/** Real workers that sample the whole demo region: shared out, taken over, and honest about who does not answer. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { FLEET, type DemoNode } from "@/lib/demo/fleet";
import { decodeValue, GAP, METRIC_IDS, type MetricId } from "@/lib/domain/metrics";
import { readNewest, readSilences } from "@/lib/services/metrics/read";
import { closeSamplePool, samplePool } from "@/lib/services/metrics/pool";
import { wishSurvey } from "@/lib/services/metrics/survey";
import { saveSettings } from "@/lib/services/settings/save";
import { addUser, noDatabase, unlessSkipped } from "@/lib/services/testing";
import { fillDemoRegion } from "../provision-demo";
import { openBench, type Bench } from "../testing-bench";
import type { Worker } from "../testing";

/** What the issue of a killed worker allows for every one of its nodes. */
const GAP_SECONDS = 30;
const TAKEN_OVER_MS = 15_000;
/** Workers look every 2 s; a node is asked at its next moment, and from then on at the new distance. */
const FOLLOWS_MS = 15_000;
const OFF = FLEET.find(({ powered, status }) => !powered && status === "Fenced");

describe.skipIf(noDatabase)(unlessSkipped("sampling the region"), { timeout: 90_000 }, () => {
  let bench: Bench;
  let workers: Worker[] = [];
  const ids = new Map<string, string>();

  beforeAll(async () => {
    bench = await openBench();
    await fillDemoRegion();
    for (const { id, ip } of await db.node.findMany({ where: { joinedAt: { not: null }, status: { not: "Out" } } })) ids.set(ip, id);
    workers = [await bench.addWorker(), await bench.addWorker()];
    const twice = async () => [...(await readNewest()).values()].filter(({ codes }) => codes[0] !== GAP).length === ids.size - 1;
    await bench.until("every node is sampled twice", twice, 30_000);
  }, 120_000);
  afterAll(async () => {
    await closeSamplePool();
    await bench?.close();
  });

  const idOf = ({ ip }: { ip: string }): string => ids.get(ip) ?? "";
  const [first, second, third, fourth] = FLEET.filter(({ status, name }) => status === "Active" && name.startsWith("compute")) as [
    DemoNode,
    DemoNode,
    DemoNode,
    DemoNode,
  ];
  const newest = async (node: DemoNode, metric: MetricId) =>
    decodeValue(metric, (await readNewest([idOf(node)])).get(idOf(node))?.codes[METRIC_IDS.indexOf(metric)] ?? Number.NaN);
  /** Ages in seconds, by the database's clock. */
  const ages = async (without: readonly DemoNode[] = []): Promise<number[]> => {
    const { rows } = await samplePool().query<{ age: number }>(
      `SELECT extract(epoch FROM clock_timestamp() - sampled_at)::float8 AS age FROM metrics.node_now WHERE node_id <> ALL($1::uuid[])`,
      [without.map(idOf)],
    );
    return rows.map(({ age }) => age);
  };
  /** The largest age that any node reaches in the next `ms`. */
  const oldestWithin = async (ms: number, without: readonly DemoNode[] = []): Promise<number> => {
    let oldest = 0;
    const end = Date.now() + ms;
    await bench.until(
      "the time is over",
      async () => {
        oldest = Math.max(oldest, ...(await ages(without)));
        return Date.now() > end;
      },
      ms + 5000,
    );
    return oldest;
  };

  it("reads what the machines are doing", async () => {
    bench.fleet.setFaults(first, { busy: 0.9 });
    await bench.until("the busy loop is seen", async () => Math.abs(((await newest(first, "cpu")) ?? 0) - 0.9) < 0.02, 25_000);
    expect(await newest(second, "cpu")).toBeLessThan(0.8);
    expect(await newest(first, "memory")).toBeGreaterThan(0.05);
    expect(await newest(first, "networkRx")).toBeGreaterThan(1e6);
    bench.fleet.setFaults(first, {});
  });

  it("asks once a minute what changes slowly", async () => {
    const survey = async () =>
      (
        await samplePool().query<{ survey: { vms: unknown[] } }>("SELECT survey FROM metrics.node_survey WHERE node_id = $1", [
          idOf(second),
        ])
      ).rows[0];
    const { survey: found } = await bench.until("the survey is there", survey, 25_000);
    expect(found.vms.length).toBeGreaterThan(0);
    const node = await db.node.findUniqueOrThrow({ where: { id: idOf(second) } });
    expect(node.vmMemoryTotalBytes).toBeGreaterThan(0n);
    // From the next sample on.
    const left = await bench.until("the survey is in a sample", () => newest(second, "vmMemoryAvailable"), 15_000);
    expect(Math.abs(left / Number(node.vmMemoryAvailableBytes) - 1)).toBeLessThan(0.0015);
    const counts = ["linksDown", "disksFailing", "poolsDegraded", "servicesDown"] as const;
    expect(await Promise.all(counts.map((metric) => newest(second, metric)))).toEqual([0, 0, 0, 0]);
    bench.fleet.setFaults(second, { linkDown: ["ens1f1"] });
    // As a page does that shows a plan: a wish that comes with a survey is that survey.
    const missed = async () => {
      await wishSurvey([idOf(second)]);
      return (await newest(second, "linksDown")) === 1;
    };
    await bench.until("the link is missed", missed, 30_000);
    bench.fleet.setFaults(second, {});
  });

  it("says of a node that is switched off why it has no samples, and samples no candidate", async () => {
    const silence = (await readSilences()).get(OFF ? idOf(OFF) : "");
    expect(silence?.reason).toContain("refused the connection");
    expect((await readNewest()).size).toBe(ids.size - 1);
  });

  it("follows a changed interval within seconds, on every node", async () => {
    const admin = await addUser("Ines", "admin");
    const now = async () => (await samplePool().query<{ at: Date }>("SELECT clock_timestamp() AS at")).rows[0]?.at ?? new Date();
    const since = async (at: Date) =>
      Number(
        (await samplePool().query<{ count: string }>("SELECT count(*) FROM metrics.node_now WHERE sampled_at > $1", [at])).rows[0]?.count,
      );
    const set = async (was: number, seconds: string) => {
      const path = "sampling.intervalSeconds";
      const outcome = await saveSettings(
        { group: "sampling", seen: { [path]: was }, typed: { [path]: seconds }, confirmed: ["silence"] },
        admin.call(),
      );
      expect(outcome).toEqual({ ok: true, value: { dangers: [] } });
      return now();
    };
    const rarer = await set(10, "30");
    await bench.until("every node is asked once more", async () => (await since(rarer)) === ids.size - 1, FOLLOWS_MS);
    const settled = await now();
    const end = Date.now() + 9000;
    await bench.until("9 s are over", async () => Date.now() > end, 15_000);
    // With 10 s it would be nearly all of them; of half a minute it is a third, each at its own moment.
    expect(await since(settled)).toBeLessThan((ids.size - 1) * 0.6);
    const again = await set(30, "10");
    await bench.until("every node is asked once more", async () => (await since(again)) === ids.size - 1, FOLLOWS_MS + 20_000);
    await bench.until("all is as usual", async () => Math.max(...(await ages())) < 12, 15_000);
  });

  it("loses a host that hangs alone, says so, and finds it again", async () => {
    bench.fleet.setFaults(third, { hang: "exec" });
    await bench.until("its silence is known", async () => (await readSilences()).has(idOf(third)), 60_000);
    expect((await readSilences()).get(idOf(third))?.reason).toContain("did not finish");
    expect(Math.max(...(await ages([third])))).toBeLessThan(13);
    bench.fleet.setFaults(third, {});
    await bench.until("it is sampled again", async () => !(await readSilences()).has(idOf(third)), 45_000);
  });

  it("remembers that a machine was restarted, once", async () => {
    bench.fleet.restart(fourth);
    const restarts = () => db.event.findMany({ where: { nodeId: idOf(fourth), kind: "node.restarted" } });
    await bench.until("the restart is an event", async () => (await restarts()).length > 0, 25_000);
    const { bootedAt } = await db.node.findUniqueOrThrow({ where: { id: idOf(fourth) } });
    expect(Date.now() - (bootedAt?.getTime() ?? 0)).toBeLessThan(40_000);
    expect(await restarts()).toHaveLength(1);
  });

  it("leaves no node without samples when one of two workers is killed", async () => {
    const [killed] = workers;
    if (!killed) throw new Error("There is no worker to kill.");
    await bench.endWorker(killed);
    expect(await oldestWithin(TAKEN_OVER_MS)).toBeLessThan(GAP_SECONDS);
    expect(Math.max(...(await ages()))).toBeLessThan(12);
  });

  it("gives a worker that comes its part, and takes it back from one that is paused", async () => {
    const more = await bench.addWorker();
    await bench.until("it has its part", async () => more.lines.some((line) => line.includes("sampling nodes")), 10_000);
    more.child.kill("SIGSTOP");
    expect(await oldestWithin(20_000)).toBeLessThan(GAP_SECONDS);
    more.child.kill("SIGCONT");
    // Its connections have run out of time meanwhile: it opens them again, while the others let go.
    expect(await oldestWithin(11_000)).toBeLessThan(GAP_SECONDS);
    await bench.until("all is as usual", async () => Math.max(...(await ages())) < 12, 15_000);
  });

  it("writes the last samples when it is told to end", async () => {
    for (const worker of workers.slice(1)) {
      const begun = Date.now();
      expect(await bench.endWorker(worker, "SIGTERM")).toBe(0);
      expect(Date.now() - begun).toBeLessThan(2000);
    }
  });
});
