import { describe, expect, it } from "vitest";
import type { NodeFacts, RefusalContext } from "./lifecycle";
import { preflight, type PreflightFacts } from "./preflight";
import { DEFAULT_SETTINGS } from "./settings";
import { sampleVm } from "./vm.sample";

const GIB = 2 ** 30;
const CPU = { architecture: "x86_64", model: "EPYC 7763", flags: [] };
const NODE: NodeFacts & { id: string } = {
  id: "n1",
  name: "compute-1",
  ip: "10.0.0.1",
  status: "Active",
  role: "Worker",
  hostKeyChanged: false,
  inspectedAt: new Date(0),
};
const CONTEXT: RefusalContext = {
  role: "operator",
  now: new Date(0),
  settings: DEFAULT_SETTINGS,
  region: { joinedCount: 3, activeCount: 3, controlCount: 0, activeControlCount: 0 },
  activeOperation: null,
};
const facts = (more: Partial<PreflightFacts> = {}): PreflightFacts => ({
  node: NODE,
  context: CONTEXT,
  vms: [sampleVm("web1", { memoryBytes: 4 * GIB })],
  answers: true,
  fenced: false,
  processor: CPU,
  pci: [],
  targets: [{ id: "n2", name: "compute-2", memoryBytes: 16 * GIB, usedBytes: 0, promisedBytes: 0, cpu: CPU, networks: null }],
  draining: [],
  degradedPools: [],
  reserveShare: 0.1,
  ...more,
});
const failing = (more: Partial<PreflightFacts>) => {
  const { checks, refusal } = preflight(facts(more));
  return { failed: checks.filter(({ state }) => state === "fail").map(({ id }) => id), code: refusal?.code, reason: refusal?.reason };
};

describe("the pre-flight", () => {
  it("passes with a target for every VM, and shows the sums", () => {
    const { checks, refusal, placement } = preflight(facts());
    expect(refusal).toBeNull();
    expect(checks.every(({ state }) => state === "pass")).toBe(true);
    expect(checks.find(({ id }) => id === "others")?.detail).toBe("3 active nodes; 2 remain.");
    expect(checks.find(({ id }) => id === "memory")?.detail).toBe("4 GiB to move; 14.4 GiB free on 1 node; every VM has a target.");
    expect(placement.moves).toHaveLength(1);
  });

  it("names VMs with passed-through devices, with the device", () => {
    const gpu = sampleVm("ml-train-3", { passthrough: ["0000:3b:00.0"] });
    expect(failing({ vms: [gpu] })).toEqual({
      failed: ["passthrough"],
      code: "preflight-passthrough",
      reason: "1 VM with GPU passthrough is running: ml-train-3. Shut it down first.",
    });
    const card = { slot: "0000:3b:00.0", classId: "0302", className: "3D controller", vendorId: "10de", vendor: "NVIDIA Corporation" };
    const pci = [{ ...card, deviceId: "26b9", device: "AD102GL [L40S]", driver: "vfio-pci", iommuGroup: 40 }];
    const detail = (known: PreflightFacts["pci"]) =>
      preflight(facts({ vms: [gpu], pci: known })).checks.find(({ id }) => id === "passthrough")?.detail;
    expect(detail(pci)).toBe("1 VM holds a device of this node. ml-train-3: AD102GL [L40S] (0000:3b:00.0).");
    expect(detail([])).toBe("1 VM holds a device of this node. ml-train-3: 0000:3b:00.0.");
  });

  it("names the VM that fits nowhere", () => {
    expect(failing({ vms: [sampleVm("big", { memoryBytes: 20 * GIB })] })).toMatchObject({ failed: ["memory"], code: "preflight-memory" });
  });

  it("says when two plans would spend the same memory", () => {
    const found = failing({
      vms: [sampleVm("big", { memoryBytes: 20 * GIB })],
      draining: [{ name: "compute-9", bytes: 8 * GIB }],
    });
    expect(found.failed).toEqual(["memory", "together"]);
    const { checks } = preflight(facts({ draining: [{ name: "compute-9", bytes: 8 * GIB }] }));
    expect(checks.find(({ id }) => id === "together")).toMatchObject({ state: "warn" });
  });

  it("does not take a node that can not be seen for an empty one", () => {
    expect(failing({ answers: false, vms: [sampleVm("web1")] })).toMatchObject({
      failed: ["workload"],
      reason: "compute-1 does not answer. Last seen with 1 running VM.",
    });
    expect(failing({ vms: null })).toMatchObject({ failed: ["workload"] });
    const { checks } = preflight(facts({ vms: null }));
    expect(checks.filter(({ state }) => state === "warn").map(({ id }) => id)).toEqual(["passthrough", "memory", "suited"]);
    expect(failing({ vms: null, answers: false, fenced: true }).failed).toEqual([]);
  });

  it("says of a fenced node only what was seen since, and moves nothing that may run elsewhere by now", () => {
    const detail = (more: Partial<PreflightFacts>) =>
      preflight(facts({ fenced: true, ...more })).checks.find(({ id }) => id === "workload");
    expect(detail({ vms: null })).toMatchObject({ state: "pass", detail: "compute-1 is fenced with evidence: nothing runs on it." });
    expect(detail({ vms: [sampleVm("web1", { state: "shut off" })] })).toMatchObject({
      state: "pass",
      detail: "No VM runs on it. 1 shut off stays defined on it.",
    });
    expect(detail({ vms: [sampleVm("web1")] })).toMatchObject({
      state: "fail",
      detail: "compute-1 still runs web1.",
      remedy: "Shut them down: they may run elsewhere by now.",
    });
    expect(failing({ fenced: true })).toMatchObject({ code: "preflight-workload" });
  });

  it("asks the lifecycle's table first, and shows its conditions", () => {
    const busy = { ...CONTEXT, activeOperation: { label: "Re-inspect", actorName: "Ada", at: null } };
    expect(failing({ context: busy })).toMatchObject({ failed: ["idle"], code: "busy" });
    const alone = { ...CONTEXT, region: { ...CONTEXT.region, activeCount: 1 } };
    expect(failing({ context: alone })).toMatchObject({ failed: ["others"], code: "no-other-active" });
    const control = { ...CONTEXT, region: { ...CONTEXT.region, controlCount: 3, activeControlCount: 2 } };
    expect(failing({ context: control, node: { ...NODE, role: "Control" } })).toMatchObject({ failed: ["quorum"], code: "quorum" });
  });
});
