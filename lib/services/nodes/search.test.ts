import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { noDatabase, ownDatabase, plantNode, unlessSkipped } from "../testing";
import { SEARCH_MAX, searchNodes } from "./search";

describe.skipIf(noDatabase)(unlessSkipped("the search for nodes"), { timeout: 60_000 }, () => {
  let drop: () => Promise<void>;
  beforeAll(async () => {
    ({ drop } = await ownDatabase());
    const node = (name: string, facts: object = {}) =>
      plantNode("Active", { name, ip: "10.1.1.1", convergedMacs: [], accessMacs: [], ...facts });
    await node("west-2");
    await node("west-10");
    await node("old-west", { tags: ["rack-A", "west"] });
    await plantNode("Out", { name: "west-1", ip: "10.1.1.9", convergedMacs: [] });
    await node("storage-7", { ip: "10.20.1.7", convergedMacs: ["b8:ce:f6:01:02:20"], accessMacs: ["b8:ce:f6:01:02:21"] });
    await node("storage-71", { ip: "10.20.1.71", tags: ["100%_sure"] });
  }, 60_000);
  afterAll(() => drop?.());

  const names = async (text: string) => (await searchNodes(text)).map(({ name }) => name);

  it("puts the exact before what begins so, and that before what has it somewhere", async () => {
    expect(await names("west-2")).toEqual(["west-2"]);
    expect(await names("west")).toEqual(["old-west", "west-2", "west-10", "west-1"]);
    expect(await names("WEST-1")).toEqual(["west-1", "west-10"]);
    expect(await names("est")).toEqual(["west-2", "west-10", "old-west", "west-1"]);
  });

  it.each([
    ["an IP address", "10.20.1.7", ["storage-7", "storage-71"]],
    ["the start of one", " 10.20. ", ["storage-7", "storage-71"]],
    ["a MAC address", "B8:CE:F6:01:02:21", ["storage-7"]],
    ["a MAC address with dashes", "b8-ce-f6-01-02-20", ["storage-7"]],
    ["a tag", "rack-a", ["old-west"]],
    ["signs that are patterns elsewhere", "100%_s", ["storage-71"]],
    ["a percent sign alone", "%", ["storage-71"]],
    ["nothing", "   ", []],
    ["what is not there", "nowhere", []],
    ["what would end a statement", "'; DROP TABLE node; --", []],
  ])("finds by %s", async (_, text, expected) => expect(await names(text)).toEqual(expected));

  it(`gives at most ${SEARCH_MAX}, quickly among 10,000`, async () => {
    await db.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      await tx.$executeRaw`
        INSERT INTO node (id, name, ip, role, status, ssh_user, host_key_type, host_key_sha256, converged_macs, access_macs, tags)
        SELECT gen_random_uuid(), 'many-' || n, '10.30.' || n / 256 || '.' || n % 256, 'Worker', 'Active', 'root', 'ssh-ed25519', 'SHA256:' || repeat('A', 43), array['b8:ce:f6:01:02:03'], '{}', array['bulk']
        FROM generate_series(1, 10000) AS n`;
    });
    const began = performance.now();
    const found = await names("many-99");
    const took = performance.now() - began;
    expect(found).toHaveLength(SEARCH_MAX);
    expect(found.slice(0, 3)).toEqual(["many-99", "many-990", "many-991"]);
    expect(took).toBeLessThan(1000);
  });
});
