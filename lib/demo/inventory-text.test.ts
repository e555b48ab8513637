import { describe, expect, it } from "vitest";
import { ALL_SERVERS, FLEET, SPARE_SERVERS } from "@/lib/demo/fleet";
import { inventoryText } from "@/lib/demo/inventory-text";
import { firstState } from "@/lib/demo/state";
import { partitionsOf, servicesOf, firstVms } from "@/lib/demo/workload";
import { shortfalls, verdict } from "@/lib/domain/adequacy";
import { linkChecks } from "@/lib/domain/join-checks";
import type { Inventory } from "@/lib/domain/inventory";
import { suggestedMacs } from "@/lib/domain/links";
import { DEFAULT_SETTINGS } from "@/lib/domain/settings";
import { parseProbe } from "@/lib/machines/parse";

const NOW = 1_800_000_000.25;

function inventoryOf(server: (typeof ALL_SERVERS)[number], now = NOW, linkDown: string[] = []): Inventory {
  const parsed = parseProbe(inventoryText(server, now, firstState(server, NOW), linkDown));
  if (!parsed.ok) throw new Error(`${server.name}: ${parsed.reason}`);
  return parsed.value;
}

const byName = (name: string) => {
  const server = ALL_SERVERS.find((candidate) => candidate.name === name);
  if (!server) throw new Error(name);
  return server;
};

describe("the text of the probe", () => {
  it.each(ALL_SERVERS)("says of $name what it is", (server) => {
    const state = firstState(server, NOW);
    const inventory = inventoryOf(server);
    expect(inventory).toMatchObject(server.hardware);
    const running = server.prepared && server.failedUnits.length === 0;
    expect(inventory).toMatchObject({
      privilege: server.privilege,
      hostname: server.name,
      bootedAt: state.bootedAt,
      clock: Math.floor(NOW),
    });
    expect(inventory.missing).toEqual(server.prepared && !running ? ["libvirt is installed but does not answer: VMs are unknown."] : []);
    expect(inventory.vms).toEqual(running ? firstVms(server) : []);
    expect(inventory.services).toEqual(servicesOf(server, state, NOW));
    expect(inventory.partitions).toEqual(partitionsOf(server, NOW));
    expect(inventory.hypervisor).toEqual({ libvirt: server.prepared ? "11.3.0" : null, qemu: server.prepared ? "10.0.2" : null, running });
  });

  it("moves with the time, and no counter ever falls", () => {
    const server = byName("compute-west-01");
    const inventories = [0, 60, 3600, 86_400].map((later) => inventoryOf(server, NOW + later));
    const sums = inventories.map(({ services }) => services.reduce((sum, { cpuSeconds }) => sum + (cpuSeconds ?? 0), 0));
    expect(sums).toEqual(sums.toSorted((a, b) => a - b));
    expect(new Set(inventories.map(({ services }) => services[0]?.memoryBytes)).size).toBe(4);
    expect(new Set(inventories.map(({ bootId, bootedAt }) => `${bootId} ${bootedAt}`)).size).toBe(1);
  });

  it("takes down a link, and the bond with its last one", () => {
    const server = byName("compute-west-01");
    const carrier = (down: string[]) => new Map(inventoryOf(server, NOW, down).links.map((link) => [link.name, link.carrier]));
    expect(Object.fromEntries(carrier(["ens1f0"]))).toMatchObject({ ens1f0: false, ens1f1: true, bond0: true });
    expect(Object.fromEntries(carrier(["ens1f0", "ens1f1"]))).toMatchObject({
      ens1f1: false,
      bond0: false,
      "bond0.110": false,
      eno1: true,
    });
  });
});

describe("the fleet under the default settings", () => {
  const short = (server: (typeof ALL_SERVERS)[number]) =>
    shortfalls(verdict(inventoryOf(server), DEFAULT_SETTINGS.requirements, server.role));

  it("is adequate but for the servers that shall not be", () => {
    const inadequate = ALL_SERVERS.filter((server) => short(server).length > 0).map(({ name }) => name);
    expect(inadequate).toEqual(["compute-west-35", "compute-west-36", "spare-west-02"]);
    expect(FLEET.filter(({ status }) => status === "Inadequate").map(({ name }) => name)).toEqual(inadequate.slice(0, 2));
    expect(short(byName("compute-west-35"))).toEqual(["Memory 4 GiB, needs 8 GiB"]);
  });

  it("has converged addresses that the inventory would propose as well, and one candidate with a cable out", () => {
    for (const server of ALL_SERVERS) {
      const inventory = inventoryOf(server);
      const checks = linkChecks({ inventory, convergedMacs: server.convergedMacs, settings: DEFAULT_SETTINGS });
      const failed = checks.filter(({ state }) => state === "fail").map(({ detail }) => detail);
      expect(failed).toEqual(server.name === "compute-west-34" ? ["No carrier: ens1f1."] : []);
      if (failed.length === 0) expect(suggestedMacs(inventory, server.ip)).toEqual(server.convergedMacs);
    }
  });

  it("has spare servers of three kinds", () => {
    expect(SPARE_SERVERS.map(({ prepared }) => prepared)).toEqual([true, false, false]);
    expect(SPARE_SERVERS.map(({ credentials }) => credentials)).toEqual(
      Array.from({ length: 3 }, () => ({ user: "root", password: "regent-demo" })),
    );
  });
});
