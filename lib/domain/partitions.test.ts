import { expect, it } from "vitest";
import { partitionRows } from "./partitions";

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
