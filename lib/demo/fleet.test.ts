import { expect, it } from "vitest";
import { ALL_SERVERS, FLEET } from "@/lib/demo/fleet";
import { firstVms } from "@/lib/demo/workload";
import { NODE_STATUS_IDS } from "@/lib/domain/status";

it("shows all thirteen states in 48 nodes", () => {
  const counts = Object.fromEntries(NODE_STATUS_IDS.map((status) => [status, FLEET.filter((node) => node.status === status).length]));
  const single = { Rejected: 1, Approved: 1, Starting: 1, Activating: 1, Fenced: 1, EnteringMaintenance: 1, Unfencing: 1, Out: 1 };
  expect(counts).toEqual({ Active: 30, Candidate: 4, Inadequate: 2, Failed: 2, InMaintenance: 2, ...single });
  expect(FLEET).toHaveLength(48);
});

it("gives each server its own address, name, serials and hardware addresses", () => {
  const unique = (values: (string | null)[]) => expect(new Set(values).size).toBe(values.length);
  unique(ALL_SERVERS.map(({ ip }) => ip));
  unique(ALL_SERVERS.map(({ name }) => name));
  unique(ALL_SERVERS.map(({ hardware }) => hardware.system.uuid));
  unique(ALL_SERVERS.map(({ hardware }) => hardware.machineId));
  unique(ALL_SERVERS.flatMap(({ hardware }) => hardware.links.flatMap((link) => link.permanentAddress ?? [])));
  unique(ALL_SERVERS.flatMap(({ hardware }) => hardware.disks.map(({ serial }) => serial)));
});

it("runs VMs that fit, some with a GPU of their own, and none where no workload may be", () => {
  for (const server of FLEET) {
    const used = firstVms(server).reduce((sum, vm) => sum + vm.memoryBytes, 0);
    expect(used).toBeLessThan(server.hardware.memory.totalBytes);
    if (server.status === "InMaintenance" || server.status === "Candidate") expect(used).toBe(0);
  }
  const passed = FLEET.flatMap((server) => firstVms(server).flatMap((vm) => vm.passthrough));
  expect(passed).toHaveLength(9);
  expect(FLEET.filter((server) => firstVms(server).length > 5).length).toBeGreaterThan(15);
});
