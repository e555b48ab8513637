import { describe, expect, it } from "vitest";
import { verdict } from "./adequacy";
import type { NodeFacts, RefusalContext } from "./guards";
import { sampleInventory } from "./inventory.sample";
import { addRefusal, COMMANDS, refusal, regionFacts, type CommandName } from "./lifecycle";
import { DEFAULT_SETTINGS, Requirements } from "./settings";
import { NODE_STATUSES, type NodeStatus } from "./status";

const COLUMNS = "Cand Appr Start Actg Act Fail Fenc Ent InM Unf Inad Rej Out";
const STATUS: Record<string, NodeStatus> = {
  Cand: "Candidate", Appr: "Approved", Start: "Starting", Actg: "Activating", Act: "Active", Fail: "Failed", Fenc: "Fenced",
  Ent: "EnteringMaintenance", InM: "InMaintenance", Unf: "Unfencing", Inad: "Inadequate", Rej: "Rejected", Out: "Out",
}; // prettier-ignore

/** Which action in which status, as the product defines it. */
const MATRIX = `
| Modify Candidate | Y | · | · | · | · | · | · | · | · | · | Y | · | · |
| Join | Y | · | · | · | · | · | · | · | · | · | · | · | · |
| Accept | Y | · | · | · | · | · | · | · | · | · | · | · | · |
| Reject | Y | · | · | · | · | · | · | · | · | · | · | · | · |
| Delete Candidate | Y | · | · | · | · | · | · | · | · | · | Y | Y | · |
| Maintenance | · | · | · | · | Y | Y | Y | · | · | · | · | · | · |
| Force Maintenance | · | · | · | · | Y | Y | Y | Y | · | · | · | · | · |
| Cancel maintenance | · | · | · | · | · | · | · | Y | · | · | · | · | · |
| Continue maintenance | · | · | · | · | · | · | · | Y | · | · | · | · | · |
| Extend deadline | · | · | · | · | · | · | · | Y | · | · | · | · | · |
| Move VMs back | · | · | · | · | Y | · | · | · | · | · | · | · | · |
| Activate | · | · | · | · | · | · | · | · | Y | · | · | · | · |
| Plan maintenance | · | · | · | · | Y | Y | Y | · | · | · | · | · | · |
| Remove | · | · | · | · | · | · | · | · | Y | · | · | · | · |
| Reconsider | · | · | · | · | · | · | · | · | · | · | · | Y | · |
| Rename | Y | Y | Y | Y | Y | Y | Y | Y | Y | Y | Y | Y | · |
| Configure | Y | Y | Y | Y | Y | Y | Y | Y | Y | Y | Y | Y | · |
| Create Alarm | · | Y | Y | Y | Y | Y | Y | Y | Y | Y | · | · | · |
| Add tag | Y | Y | Y | Y | Y | Y | Y | Y | Y | Y | Y | Y | · |
| Re-inspect | Y | · | · | · | Y | Y | · | · | Y | · | Y | · | · |
| Set BMC | Y | Y | Y | Y | Y | Y | Y | Y | Y | Y | Y | · | · |
| Power on | · | · | · | · | · | · | Y | · | Y | · | · | · | · |
| Power cycle | · | · | · | · | · | · | · | · | Y | · | · | · | · |
| Fence | · | · | · | · | Y | Y | · | Y | · | Y | · | · | · |
| Confirm that it is off | · | · | · | · | Y | Y | · | Y | · | Y | · | · | · |`;

const NOW = new Date("2026-11-20T12:00:00Z");
const before = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

const node = (facts: Partial<NodeFacts> = {}): NodeFacts => ({
  name: "compute-west-10",
  ip: "10.20.1.40",
  status: "Candidate",
  role: "Worker",
  hostKeyChanged: false,
  inspectedAt: before(10),
  verdict: { adequate: true, results: [] },
  inventory: sampleInventory(),
  convergedMacs: ["b8:ce:f6:01:02:20", "b8:ce:f6:01:02:21"],
  ...facts,
});

const context = (facts: Partial<RefusalContext> = {}): RefusalContext => ({
  role: "admin",
  now: NOW,
  settings: DEFAULT_SETTINGS,
  region: { joinedCount: 5, activeCount: 4, controlCount: 3, activeControlCount: 3 },
  activeOperation: null,
  ...facts,
});

const reason = (command: CommandName, facts: Partial<NodeFacts> = {}, circumstances: Partial<RefusalContext> = {}) =>
  refusal(command, node(facts), context(circumstances))?.reason ?? null;

describe("action by status", () => {
  const names = Object.keys(COMMANDS) as CommandName[];
  const rows = MATRIX.trim()
    .split("\n")
    .map((line) =>
      line
        .split("|")
        .map((cell) => cell.trim())
        .slice(1, -1),
    );

  it.each(rows)("%s", (label, ...cells) => {
    const command = names.find((name) => COMMANDS[name].label === label);
    expect(command).toBeDefined();
    const allowed = COLUMNS.split(" ")
      .filter((_, index) => cells[index] === "Y")
      .map((short) => STATUS[short]);
    expect(new Set(COMMANDS[command!].allowed)).toEqual(new Set(allowed));
    for (const short of COLUMNS.split(" ")) {
      const status = STATUS[short]!;
      expect(reason(command!, { status }) === null, `${label} in ${status}`).toBe(allowed.includes(status));
    }
  });

  it("has a row for every command but the re-trust, which needs a changed host key", () => {
    const labels = names.map((name) => COMMANDS[name].label);
    expect(labels.filter((label) => !rows.some(([first]) => first === label))).toEqual(["Re-trust host key", "Revoke host key"]);
    expect(reason("retrust")).toBe("The host key of 10.20.1.40 has not changed.");
    expect(reason("retrust", { hostKeyChanged: true })).toBeNull();
    expect(reason("retrust", { hostKeyChanged: true, hostKeyRevoked: true })).toBeNull();
    expect(reason("revokeTrust")).toBeNull();
    expect(reason("revokeTrust", { status: "Rejected" })).toBe("A rejected or removed node is not contacted any more.");
    expect(reason("revokeTrust", { hostKeyChanged: true })).toBe("The host key of 10.20.1.40 changed.");
    for (const command of ["revokeTrust", "join", "accept", "modify"] as const)
      expect(reason(command, { hostKeyChanged: true, hostKeyRevoked: true })).toBe("The host key of 10.20.1.40 was revoked.");
    expect(reason("retrust", { hostKeyChanged: true, status: "Rejected" })).toBe("A rejected or removed node is not contacted any more.");
  });
});

describe("who", () => {
  it("names the missing role before anything else", () => {
    expect(reason("join", { status: "Out" }, { role: "viewer" })).toBe("You need the Operator role.");
    expect(reason("remove", { status: "InMaintenance" }, { role: "operator" })).toBe("You need the Admin role.");
    expect(reason("forceMaintenance", { status: "Active" }, { role: "operator" })).toBe("You need the Admin role.");
    expect(reason("configure", {}, { role: "viewer" })).toBeNull();
    expect([addRefusal("viewer")?.reason, addRefusal("operator")]).toEqual(["You need the Operator role.", null]);
  });
});

describe("candidate actions", () => {
  it("name the status they need", () => {
    for (const command of ["join", "accept", "reject", "modify", "delete"] as const) {
      expect(reason(command, { status: "EnteringMaintenance" })).toBe(
        "Candidate actions need status Candidate; this node is Entering maintenance.",
      );
    }
  });

  it("tell why an Inadequate node can not join", () => {
    const judged = verdict(sampleInventory(), Requirements.parse({ memoryGiB: 128 }), "Worker");
    const refused = refusal("join", node({ status: "Inadequate", verdict: judged }), context());
    expect(refused?.reason).toBe("Candidate actions need status Candidate; this node is Inadequate.");
    expect(refused?.hint).toBe("Memory 64 GiB, needs 128 GiB.");
    expect(reason("accept", { verdict: judged })).toBe("Hardware does not meet cluster requirements: Memory 64 GiB, needs 128 GiB.");
  });

  it("need a complete and fresh inspection to join", () => {
    expect(reason("join", { inspectedAt: null })).toBe("Hardware discovery is not complete.");
    expect(reason("accept", { inspectedAt: null })).toBe("Hardware discovery is not complete.");
    const settings = { ...DEFAULT_SETTINGS, inspectionFreshnessMinutes: 15 };
    expect(reason("join", { inspectedAt: before(190).toISOString() }, { settings })).toBe(
      "Last inspected 3 h ago; inspect again before joining.",
    );
    expect(reason("join", { inspectedAt: before(190) })).toBeNull();
  });

  it("stop while a host key is not trusted", () => {
    for (const command of ["join", "accept", "modify"] as const) {
      expect(reason(command, { hostKeyChanged: true })).toBe("The host key of 10.20.1.40 changed.");
    }
    expect(reason("delete", { hostKeyChanged: true })).toBeNull();
    // It asks the server for its key again, and sends nothing else while the key is another one.
    expect(reason("reinspect", { hostKeyChanged: true })).toBeNull();
  });

  it("wait for what is running, and say whose it is", () => {
    const activeOperation = { label: "Re-inspect", actorName: "Ada", at: "Inventory" };
    const refused = refusal("join", node(), context({ activeOperation }));
    expect(refused?.reason).toBe("Re-inspect is running on this node, started by Ada.");
    expect(refused?.hint).toBe("It is at “Inventory”. Wait until it has ended.");
    expect(reason("rename", {}, { activeOperation })).toBeNull();
  });

  it("refuse links and Node Types with the two documented causes", () => {
    const unplugged = sampleInventory();
    const links = unplugged.links.map((link) => (link.name === "ens1f1" ? { ...link, carrier: false } : link));
    const refused = refusal("join", node({ inventory: { links } }), context());
    expect([refused?.reason, refused?.hint]).toEqual(["Network links not in expected state.", "No carrier: ens1f1."]);
    expect(reason("accept", { inventory: { links } })).toBeNull();
    const first = { settings: { ...DEFAULT_SETTINGS, requireControlFirst: true }, region: regionFacts([]) };
    expect(refusal("join", node(), context(first))).toMatchObject({
      reason: "Selected Node Type is invalid for cluster configuration.",
      field: "role",
    });
    expect(reason("join", {}, { ...first, joinRole: "Control" })).toBeNull();
    expect(reason("join", {}, { region: regionFacts([]) })).toBeNull();
  });

  it("leave the links to the server when a list does not have them", () => {
    expect(reason("join", { inventory: undefined, convergedMacs: undefined, verdict: undefined })).toBeNull();
  });
});

describe("maintenance and removal", () => {
  const single = { region: { joinedCount: 1, activeCount: 1, controlCount: 0, activeControlCount: 0 } };

  it("use the three documented sentences", () => {
    expect(reason("maintenance", { status: "Starting" })).toBe(
      "Maintenance requires Active, Failed, or Fenced status and more than one node.",
    );
    expect(reason("remove", { status: "Active" })).toBe("Remove requires In maintenance status and more than one node.");
    for (const [command, status] of [
      ["maintenance", "Active"],
      ["remove", "InMaintenance"],
      ["remove", "Active"],
      ["forceMaintenance", "Failed"],
    ] as const) {
      expect(reason(command, { status }, single)).toBe("Single-node clusters do not support these actions.");
    }
    expect(reason("maintenance", { status: "Candidate" }, single)).toBe(
      "Maintenance requires Active, Failed, or Fenced status and more than one node.",
    );
  });

  it("keep another node Active", () => {
    const region = { joinedCount: 3, activeCount: 1, controlCount: 0, activeControlCount: 0 };
    expect(reason("maintenance", { status: "Active" }, { region })).toBe("No other node is Active.");
    expect(reason("maintenance", { status: "Failed" }, { region })).toBeNull();
    expect(reason("forceMaintenance", { status: "Active" }, { region })).toBeNull();
  });

  it.each([
    [3, 3, null],
    [3, 2, "Without control-01, 1 of 3 Control nodes would be Active; the cluster needs 2."],
    [2, 2, null],
    [1, 1, "Without control-01, 0 of 1 Control nodes would be Active; the cluster needs 1."],
  ])("keep the majority of %i Control nodes, %i Active", (controlCount, activeControlCount, expected) => {
    const region = { joinedCount: 9, activeCount: 8, controlCount, activeControlCount };
    expect(reason("maintenance", { status: "Active", role: "Control", name: "control-01" }, { region })).toBe(expected);
  });

  it("allow force during a drain that hangs", () => {
    const activeOperation = { label: "Maintenance", actorName: "Ada", at: null };
    expect(reason("forceMaintenance", { status: "EnteringMaintenance" }, { activeOperation })).toBeNull();
    expect(reason("activate", { status: "Active" })).toBe("Activate needs status In maintenance.");
  });
});

describe("power and fencing", () => {
  it("need a BMC, where that is known", () => {
    for (const command of ["powerOn", "powerCycle"] as const)
      expect(reason(command, { status: "InMaintenance", hasBmc: false })).toBe("No BMC is set for this node.");
    expect(reason("fence", { status: "Failed", hasBmc: false })).toBe("No BMC is set for this node.");
    expect(reason("fence", { status: "Failed", hasBmc: true })).toBeNull();
  });

  it("take nobody's word against a host that has just answered", () => {
    const seen = (seconds: number) => ({ status: "Failed" as const, metrics: { sampledAt: before(seconds / 60).toISOString() } });
    expect(reason("confirmOff", seen(40))).toBe("compute-west-10 answered 40 s ago, so it is not off.");
    expect(reason("confirmOff", seen(61))).toBeNull();
    expect(reason("confirmOff", { status: "Failed", metrics: null })).toBeNull();
  });

  it("are for Admins, but for switching on", () => {
    for (const command of ["power", "fence", "confirmOff"] as const) {
      expect(reason(command, { status: "Failed" }, { role: "operator" })).toBe("You need the Admin role.");
    }
    expect(reason("powerOn", { status: "Fenced" }, { role: "operator" })).toBeNull();
    expect(reason("powerOn", { status: "Fenced" }, { role: "viewer" })).toBe("You need the Operator role.");
  });
});

describe("counts of the region", () => {
  it("leave out what has not joined or is gone", () => {
    const all = (Object.keys(NODE_STATUSES) as NodeStatus[]).map((status) => ({ status, role: "Control" as const }));
    expect(regionFacts(all)).toEqual({ joinedCount: 9, activeCount: 1, controlCount: 9, activeControlCount: 1 });
  });
});
