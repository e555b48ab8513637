import { expect, it } from "vitest";
import { freeShare, partitionRows } from "./partitions";

it("the watched file systems come first, in their order, and one that is not there is said", () => {
  const at = (mount: string) => ({ mount, filesystem: "ext4", sizeBytes: 10, usedBytes: 1, availableBytes: 9 });
  const rows = partitionRows([at("/boot"), at("/mnt/containers"), at("/"), at("/var/log")]);
  expect(rows.map(({ mount, partition }) => [mount, partition?.mount ?? null])).toEqual([
    ["/", "/"],
    ["/var/log", "/var/log"],
    ["/mnt/data", null],
    ["/mnt/containers", "/mnt/containers"],
    ["/boot", "/boot"],
  ]);
});

it("of a file system that is full for users nothing is free, however much is reserved for root", () => {
  expect(freeShare({ usedBytes: 95, availableBytes: 0 })).toBe(0);
  expect(freeShare({ usedBytes: 76, availableBytes: 19 })).toBe(0.2);
  expect(freeShare({ usedBytes: 0, availableBytes: 0 })).toBeNull();
});
