import { describe, expect, it } from "vitest";
import { cpuShares, usedServices } from "./services";
import type { Survey } from "./survey";

const used = (name: string, cpuSeconds: number | null) => ({ name, cpuSeconds, memoryBytes: null });
const service = (name: string, cpuSeconds: number | null) => ({
  ...used(name, cpuSeconds),
  state: "active",
  subState: "running",
  restarts: 0,
});
const surveyed = (upSeconds: number | undefined, ...services: Survey["services"]) => ({
  services,
  ...(upSeconds !== undefined && { upSeconds }),
});

describe("what services use now", () => {
  const before = surveyed(1000, used("a", 10), used("b", 50), used("c", null));

  it("is their CPU time between two surveys over the machine's own time between them", () =>
    expect(cpuShares(before, surveyed(1060, used("a", 40), used("b", 170)))).toEqual({ a: 0.5, b: 2 }));
  it("is not known of what began, or began anew, in between", () =>
    expect(cpuShares(before, surveyed(1060, used("a", 3), used("c", 4), used("d", 5)))).toEqual({}));
  it("is not known when the machine was restarted, nor over a time that says nothing of now", () => {
    for (const up of [12, 1000.5, 1181, undefined]) expect(cpuShares(before, surveyed(up, used("a", 40)))).toEqual({});
    expect(cpuShares(surveyed(undefined, used("a", 10)), surveyed(60, used("a", 40)))).toEqual({});
  });
});

describe("what services use on average", () => {
  const inspected = { bootedAt: 1000, clock: 4600 };
  const NOTHING: Survey = {
    partitions: [],
    services: [],
    failedServices: null,
    vms: null,
    linksDown: null,
    disksFailing: null,
    poolsDegraded: null,
  };
  const rows = (services: ReturnType<typeof service>[], survey: Survey | null) =>
    usedServices(services, inspected, survey).map(({ cpuNow, cpuAverage }) => [cpuNow, cpuAverage]);

  it("is their CPU time over the time since the server started", () => {
    expect(rows([service("a", 36), service("b", 7200), service("c", null)], null)).toEqual([
      [null, 0.01],
      [null, 2],
      [null, null],
    ]);
    expect(usedServices([service("a", 1)], { bootedAt: 1000, clock: 1000 }, null)[0]?.cpuAverage).toBeNull();
  });
  it("grows with the survey that told the CPU time, however long ago the inspection was", () => {
    // Ten days after an inspection that came an hour after the boot.
    const survey = { ...NOTHING, services: [used("a", 8640)], upSeconds: 864_000, cpuShares: { a: 0.02 } };
    expect(rows([service("a", 8640), service("b", 36)], survey)).toEqual([
      [0.02, 0.01],
      [null, 0.01],
    ]);
  });
  it("is not known of a survey that does not tell how long the server has been running", () =>
    expect(rows([service("a", 8640)], { ...NOTHING, services: [used("a", 8640)] })).toEqual([[null, null]]));
});
