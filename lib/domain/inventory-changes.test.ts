import { describe, expect, it } from "vitest";
import { inventoryChanges } from "./inventory-changes";
import { SAMPLE_LINKS, sampleInventory } from "./inventory.sample";

const was = sampleInventory();

describe("inventoryChanges", () => {
  it("says nothing about the same machine, or without an earlier inspection", () => {
    expect(inventoryChanges(structuredClone(was), was)).toEqual([]);
    expect(inventoryChanges(null, was)).toEqual([]);
    expect(inventoryChanges({ links: "damaged" }, was)).toEqual([]);
  });

  it("names what was swapped, added, taken out and restarted", () => {
    const is = sampleInventory({
      system: { ...was.system, serial: "S99" },
      memory: { totalBytes: 128 * 2 ** 30 },
      disks: [{ name: "nvme0n1", model: "PM9A3", serial: "D2", sizeBytes: 960e9, type: "nvme", health: "ok" }],
      links: SAMPLE_LINKS.map((link) => (link.name === "ens1f1" ? { ...link, carrier: false } : link)).filter(
        ({ name }) => name !== "eno2",
      ),
      bootId: "b-2",
    });
    expect(inventoryChanges(was, is)).toEqual([
      "System serial was S10, is S99",
      "Memory was 64 GiB, is 128 GiB",
      "Disk nvme0n1 (PM9A3, D1, 960 GB) is gone",
      "Disk nvme0n1 (PM9A3, D2, 960 GB) is new",
      "Network link eno2 (3c:ec:ef:00:00:11) is gone",
      "Network link ens1f1 is down now",
      "The server was restarted",
    ]);
  });

  it("knows a disk by its serial, not by the name of this boot", () => {
    const [disk] = was.disks;
    expect(inventoryChanges(was, sampleInventory({ disks: [{ ...disk!, name: "nvme1n1" }] }))).toEqual([]);
  });
});
