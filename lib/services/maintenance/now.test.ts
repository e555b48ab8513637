/** Which nodes are told to be in maintenance, on a real PostgreSQL. */
import { describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { noDatabase, plantNode, unlessSkipped } from "../testing";
import { cancelMaintenance } from "./cancel";
import { nodesInMaintenance } from "./now";
import { plantHypervisor } from "./testing";
import { useMaintenance, value } from "./testing-maintenance";

describe.skipIf(noDatabase)(unlessSkipped("nodes in maintenance"), { timeout: 60_000 }, () => {
  const { ada, nodeOf, begin } = useMaintenance();

  it("are told with their reason and who took them out, the longest first, and no others", async () => {
    const [node, other] = [await plantHypervisor(64, [8]), await plantHypervisor(64, [])];
    expect(await nodesInMaintenance()).toEqual([]);
    value(await begin(node.id));
    await db.maintenance.updateMany({ data: { reason: "New fans", startedAt: new Date(Date.now() - 3_600_000) } });
    const statusSince = new Date(Date.now() - 7_200_000);
    // As a node of a region that another console ran: nobody here took it out.
    const older = await plantNode("InMaintenance", { statusSince, statusReason: "Disk replaced" });
    const found = await nodesInMaintenance();
    expect(found).toMatchObject([
      {
        nodeId: older.id,
        status: "InMaintenance",
        since: statusSince.toISOString(),
        statusReason: "Disk replaced",
        reason: "",
        actorName: null,
      },
      { nodeId: node.id, name: node.name, status: "EnteringMaintenance", reason: "New fans", actorName: "Ada" },
    ]);
    expect((await nodeOf(other.id)).status).toBe("Active");
  });

  it("are not told any more when the stay was cancelled", async () => {
    const node = await plantHypervisor(64, [8]);
    await plantHypervisor(64, []);
    value(await begin(node.id));
    value(await cancelMaintenance({ nodeId: node.id, version: (await nodeOf(node.id)).version }, ada().call()));
    expect(await nodesInMaintenance()).toEqual([]);
  });
});
