import { describe, expect, it } from "vitest";
import { sampleInventory, sampleLink } from "./inventory.sample";
import { joinChecks, type JoinFacts } from "./join-checks";
import { accessLinks, findLinks, linkTree, physicalLinks, suggestedMacs } from "./links";
import { DEFAULT_SETTINGS } from "./settings";

const inventory = sampleInventory();
const names = (links: { name: string }[]) => links.map(({ name }) => name);
const CONVERGED = ["b8:ce:f6:01:02:20", "b8:ce:f6:01:02:21"];

describe("links", () => {
  it("are physical when they sit on a bus, unless none does", () => {
    expect(names(physicalLinks(inventory))).toEqual(["eno1", "eno2", "ens1f0", "ens1f1"]);
    expect(
      names(
        physicalLinks({
          links: [sampleLink({ name: "eth0", pciSlot: null }), sampleLink({ name: "lo", type: "loopback", pciSlot: null })],
        }),
      ),
    ).toEqual(["eth0"]);
  });

  it("are found by the address burnt into the card, also inside a bond that shows another", () => {
    expect(names(findLinks(inventory, CONVERGED))).toEqual(["ens1f0", "ens1f1"]);
    expect(findLinks(inventory, ["aa:bb:cc:dd:ee:00"])).toEqual([]);
    expect(names(findLinks(inventory, ["3c:ec:ef:00:00:10", "3c:ec:ef:00:00:10"]))).toEqual(["eno1"]);
  });

  it("carry the access address through VLAN and bond down to the cards", () => {
    expect(names(accessLinks(inventory, "10.20.1.40"))).toEqual(["eno1"]);
    expect(names(accessLinks(inventory, "10.110.1.40")).toSorted()).toEqual(["bond0", "bond0.110", "ens1f0", "ens1f1"]);
    expect(accessLinks(inventory, "10.9.9.9")).toEqual([]);
  });

  it("end the search among links that point at each other", () => {
    const ring = [
      sampleLink({ name: "a", parent: "b", addresses: [{ address: "10.0.0.1", prefix: 8 }] }),
      sampleLink({ name: "b", parent: "a" }),
    ];
    expect(names(accessLinks({ links: ring }, "10.0.0.1"))).toEqual(["a", "b"]);
  });

  it("are proposed as converged when they are the fastest with carrier, the access link only for want of another", () => {
    expect(suggestedMacs(inventory, "10.20.1.40")).toEqual(CONVERGED);
    expect(suggestedMacs(inventory, "10.110.1.40")).toEqual(["3c:ec:ef:00:00:10"]);
    const only = { links: [sampleLink({ addresses: [{ address: "10.20.1.40", prefix: 24 }] })] };
    expect(suggestedMacs(only, "10.20.1.40")).toEqual(["3c:ec:ef:00:00:10"]);
    expect(suggestedMacs({ links: [] }, "10.20.1.40")).toEqual([]);
    expect(suggestedMacs({ links: [sampleLink({ speedMbps: null })] }, "10.0.0.1")).toEqual(["3c:ec:ef:00:00:10"]);
  });
});

describe("the tree of links", () => {
  const drawn = (links: Parameters<typeof linkTree>[0]) =>
    linkTree(links).map(({ link, depth, under }) => `${"  ".repeat(depth)}${link.name}${under ? ` (${under})` : ""}`);

  it("puts members and VLANs under what they belong to, and loopback nowhere", () => {
    expect(drawn(inventory.links)).toEqual([
      "eno1",
      "eno2",
      "bond0",
      "  ens1f0 (member)",
      "  ens1f1 (member)",
      "  bond0.110 (vlan)",
      "vnet0",
    ]);
  });

  it("puts a VLAN that a bridge holds under its parent, and a link whose master is not there by itself", () => {
    const bridge = sampleLink({ name: "br0", type: "bridge" });
    const vlan = sampleLink({ name: "eno1.130", type: "vlan", vlanId: 130, parent: "eno1", master: "br0" });
    const tap = sampleLink({ name: "vnet1", master: "br0" });
    expect(drawn([tap, sampleLink({}), bridge, vlan, sampleLink({ name: "eth9", master: "gone" })])).toEqual([
      "eno1",
      "  eno1.130 (vlan)",
      "br0",
      "  vnet1 (member)",
      "eth9",
    ]);
  });

  it("shows each link of a ring once", () => {
    const ring = [sampleLink({ name: "a", parent: "b" }), sampleLink({ name: "b", parent: "a" })];
    expect(drawn(ring)).toEqual(["a", "  b (vlan)"]);
  });

  it("names the cluster interfaces of a link: its own addresses and its VLANs, with or without an address", () => {
    const bare = sampleLink({ name: "bond0.130", type: "vlan", vlanId: 130, parent: "bond0", operState: "down" });
    const rows = linkTree([...inventory.links, bare]);
    const of = (name: string) => rows.find(({ link }) => link.name === name)?.interfaces;
    expect(of("bond0")).toEqual([
      { name: "bond0.110", address: "10.110.1.40/24", vlanId: 110, state: "up" },
      { name: "bond0.130", address: null, vlanId: 130, state: "down" },
    ]);
    expect(of("eno1")).toEqual([{ name: "eno1", address: "10.20.1.40/24", vlanId: null, state: "up" }]);
    expect(of("bond0.110")).toEqual([{ name: "bond0.110", address: "10.110.1.40/24", vlanId: 110, state: "up" }]);
    expect(of("ens1f0")).toEqual([]);
  });
});

describe("join checks", () => {
  const checks = (facts: Partial<JoinFacts> = {}) =>
    joinChecks({ inventory, convergedMacs: CONVERGED, role: "Worker", region: { controlCount: 3 }, settings: DEFAULT_SETTINGS, ...facts });
  const states = (facts: Partial<JoinFacts> = {}) => Object.fromEntries(checks(facts).map(({ id, state }) => [id, state]));
  const one = (id: string, facts: Partial<JoinFacts>) => checks(facts).find((check) => check.id === id);

  it("pass one by one", () => {
    expect(states()).toEqual({ macs: "pass", carrier: "pass", speed: "pass", role: "pass", control: "pass" });
  });

  it("name the address that is not there and the link that is down", () => {
    expect(one("macs", { convergedMacs: [...CONVERGED, "aa:bb:cc:dd:ee:00"] })).toMatchObject({
      state: "fail",
      detail: "Not found on the machine: aa:bb:cc:dd:ee:00.",
    });
    expect(one("macs", { convergedMacs: [] })).toMatchObject({ state: "fail", detail: "No Converged MAC Address is recorded." });
    expect(one("carrier", { convergedMacs: ["3c:ec:ef:00:00:11"] })).toMatchObject({ state: "fail", detail: "No carrier: eno2." });
    const off = { links: [sampleLink({ carrier: null })] };
    expect(one("carrier", { inventory: off, convergedMacs: ["3c:ec:ef:00:00:10"] })?.state).toBe("fail");
  });

  it("refuse slow links and remark silent ones", () => {
    const at = (speedMbps: number | null) => ({ inventory: { links: [sampleLink({ speedMbps })] }, convergedMacs: ["3c:ec:ef:00:00:10"] });
    expect(one("speed", at(100))).toMatchObject({ state: "fail", detail: "eno1 has 100 Mb/s; at least 1 Gb/s is needed." });
    expect(one("speed", at(null))).toMatchObject({ state: "warn", detail: "eno1 reports no speed; at least 1 Gb/s is needed." });
  });

  it("judge the Node Type by the Control nodes that are there", () => {
    expect(states({ region: { controlCount: 0 } })["role"]).toBe("warn");
    expect(states({ region: { controlCount: 0 }, settings: { ...DEFAULT_SETTINGS, requireControlFirst: true } })["role"]).toBe("fail");
    expect(one("control", { role: "Control", region: { controlCount: 1 } })).toMatchObject({
      state: "warn",
      detail: "With this node there are 2 Control nodes; an odd number is safer.",
    });
    expect(states({ role: "Control", region: { controlCount: 2 } })["control"]).toBe("pass");
  });
});
