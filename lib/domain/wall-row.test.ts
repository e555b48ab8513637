import { describe, expect, it } from "vitest";
import { sampleRow } from "./row-facts.sample";
import { wallRow, withoutAddresses } from "./wall-row";

const SECRET = { description: "beside the vault", actorName: "Ada Admin", verdict: {}, silence: {}, hostKey: "SHA256:x", sshUser: "root" };
const row = (facts: object) => ({
  ...sampleRow({ name: "compute-01" }),
  id: "n1",
  statusSince: "2026-11-26T10:00:00.000Z",
  statusReason: null,
  reasonIsPersonal: false,
  ...SECRET,
  ...facts,
});

describe("what a wall may see", () => {
  it("is these fields and no others, however many a row has", () => {
    expect(Object.keys(wallRow(row({}), "status")).toSorted()).toEqual(
      ["id", "memoryBytes", "metrics", "name", "readiness", "reason", "status", "statusSince", "storageBytes", "tags", "vcpus"].toSorted(),
    );
    const text = JSON.stringify(wallRow(row({ ip: "10.20.1.40", macs: ["b8:ce:f6:01:02:03"] }), "status"));
    for (const secret of ["10.20.1.40", "b8:ce:f6", "vault", "Ada", "SHA256", "root"]) expect(text).not.toContain(secret);
  });

  it("has the reason of a failure, without addresses, and no reason that a person typed", () => {
    const statusReason = "10.20.1.40:22 (b8:ce:f6:01:02:03) did not answer; ask ada@example.org.";
    expect(wallRow(row({ status: "Failed", statusReason }), "status").reason).toBe("… (…) did not answer; ask …");
    expect(wallRow(row({ status: "Rejected", statusReason: "Bob wants it back" }), "status").reason).toBeNull();
    expect(wallRow(row({ status: "Fenced", statusReason: "x".repeat(500) }), "status").reason).toHaveLength(120);
    const asked = { status: "Fenced", statusReason: "Ada asked for it: smoke. Its BMC says that it is off.", reasonIsPersonal: true };
    expect(wallRow(row(asked), "status").reason).toBeNull();
  });

  it("has the tags that the view groups by", () => {
    const tags = ["rack-A", "owner-ada", "Rack-spare"];
    expect(wallRow(row({ tags }), "status").tags).toEqual([]);
    expect(wallRow(row({ tags }), "tag:rack-").tags).toEqual(["rack-A", "Rack-spare"]);
    expect(wallRow(row({ tags }), "tag").tags).toEqual(tags);
  });

  it("has the newest values alone", () => {
    const metrics = {
      ...Object.fromEntries(["cpu", "memory", "networkRx", "networkTx"].map((id) => [id, { last: 0.5, points: [1, 2, 3] }])),
      sampledAt: "2026-11-26T10:00:00.000Z",
    };
    expect(wallRow(row({ metrics }), "status").metrics).toEqual({
      cpu: { last: 0.5 },
      memory: { last: 0.5 },
      networkRx: { last: 0.5 },
      networkTx: { last: 0.5 },
      sampledAt: "2026-11-26T10:00:00.000Z",
    });
  });
});

it("addresses go from a text, and times and words stay", () => {
  for (const address of [
    "10.0.0.1",
    "10.0.0.0/24",
    "fe80::1%eth0",
    "2001:db8::8a2e:370:7334",
    "::1",
    "b8:ce:f6:01:02:03",
    "B8-CE-F6-01-02-03",
  ])
    expect(withoutAddresses(`from ${address} on`)).toBe("from … on");
  expect(withoutAddresses("disk sdc: I/O error at 10:42, kernel 6.12.4")).toBe("disk sdc: I/O error at 10:42, kernel 6.12.4");
});
