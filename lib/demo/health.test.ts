import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import type { Exec } from "@/lib/demo/exec";
import { FLEET, type DemoNode } from "@/lib/demo/fleet";
import { quietSurveys } from "@/lib/demo/health";
import { surveyText } from "@/lib/demo/sample-text";
import type { Survey } from "@/lib/domain/survey";
import { surveyedValues } from "@/lib/domain/survey";
import { parseSurvey } from "@/lib/machines/parse-sample";

const folder = mkdtempSync(join(tmpdir(), "regent-demo-"));
afterAll(() => rmSync(folder, { recursive: true }));

function survey(server: DemoNode, faults: Exec["faults"] = {}): Survey {
  const silent = { out: () => Promise.resolve(), err: () => undefined, gone: () => false, drop: () => undefined, cut: () => undefined };
  const parsed = parseSurvey(surveyText({ server, folder, faults, stdin: Promise.resolve(""), ...silent }));
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
}
const server = (name: string): DemoNode => {
  const found = FLEET.find((one) => one.name === name);
  if (!found) throw new Error(`There is no ${name}.`);
  return found;
};

it("has the broken disks of its story, with their mirrors, and the service that failed", () => {
  const failing = FLEET.flatMap((one) => (survey(one).disksFailing?.length ? [`${one.name} ${survey(one).disksFailing?.join()}`] : []));
  expect(failing).toEqual(["compute-west-05 nvme1n1", "compute-west-09 nvme1n1", "storage-west-02 sdh"]);
  expect(survey(server("compute-west-05"))).toMatchObject({ poolsDegraded: ["md md1"], failedServices: [], linksDown: [] });
  expect(survey(server("compute-west-23"))).toMatchObject({
    poolsDegraded: [],
    failedServices: ["libvirtd.service"],
    disksFailing: [],
    vms: null,
  });
});

it("has its links up but where a fault says otherwise; what is not in use is not missed", () => {
  const down = FLEET.filter((one) => survey(one).linksDown?.length);
  expect(down.map(({ name }) => name)).toEqual([]);
  expect(survey(server("compute-west-01"), { linkDown: ["ens1f1", "eno2"] }).linksDown).toEqual(["ens1f1"]);
  expect(survey(server("compute-west-01"), { pools: "degraded" }).poolsDegraded).toEqual(["md md1"]);
});

it("tells of its past what it would have said", () => {
  const now = Date.now() / 1000;
  for (const one of FLEET) {
    const { freeRoot: _, freeLog: __, freeData: ___, freeContainers: ____, ...said } = surveyedValues(survey(one), one.hardware.memory.totalBytes); // prettier-ignore
    expect({ name: one.name, ...quietSurveys(one)(now) }).toMatchObject({ name: one.name, ...said });
  }
});
