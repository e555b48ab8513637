/** What browsers hear when something changes: ids, at the commit, each change once. */
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addUser, noDatabase, ownDatabase, plantNode, unlessSkipped } from "../testing";
import { beginStep } from "../operations/steps";
import { claimOperation } from "../operations/claim";
import { deleteCandidate } from "./delete";
import { joinNode } from "./join";
import { rejectNode } from "./reject";

describe.skipIf(noDatabase)(unlessSkipped("what browsers are told"), () => {
  let url: string;
  let drop: () => Promise<void>;
  let client: pg.Client;
  const heard: unknown[] = [];
  beforeAll(async () => {
    ({ url, drop } = await ownDatabase());
    client = new pg.Client({ connectionString: url });
    await client.connect();
    client.on("notification", ({ channel, payload = "" }) => {
      if (channel === "regent_live") heard.push(JSON.parse(payload));
    });
    await client.query("LISTEN regent_live; LISTEN the_end");
  }, 60_000);
  afterAll(async () => {
    await client?.end();
    await drop?.();
  });

  /** Everything that was told since the last call, in its order: it comes in the order of the commits, and this one's is the last. */
  async function heardUntilNow(): Promise<unknown[]> {
    await new Promise<void>((resolve, reject) => {
      const listen = ({ channel }: pg.Notification) => {
        if (channel !== "the_end") return;
        client.off("notification", listen);
        resolve();
      };
      client.on("notification", listen);
      client.query("NOTIFY the_end").catch(reject);
    });
    return heard.splice(0);
  }

  /** Everything that was told of the work; what was told of the work before it is heard out first. */
  async function told(work: () => Promise<unknown>): Promise<unknown[]> {
    await heardUntilNow();
    await work();
    return heardUntilNow();
  }

  it("names the node, its event, and what is under way on it", async () => {
    const ada = await addUser("Ada");
    const [{ id: node }, { id: other }] = [await plantNode("Candidate"), await plantNode("Candidate")];
    expect(await told(() => rejectNode({ nodeId: node, version: 1 }, ada.call()))).toEqual([{ node }, { event: "1", node }]);

    let operation = "";
    const join = async () => {
      const started = await joinNode({ nodeId: other, version: 1, role: "Worker" }, ada.call());
      if (started.ok) operation = started.value.operationId;
    };
    const joined = await told(join);
    expect(joined).toEqual([{ operation, node: other }, { node: other }, { event: "2", node: other }]);

    const held = await claimOperation(operation, "test");
    expect(await told(async () => held && beginStep(held, "provision"))).toEqual([{ operation, node: other }, { operation }]);
    expect(await told(() => deleteCandidate({ nodeId: node, version: 2 }, ada.call()))).toEqual([{ node }, { event: "3", node }]);
  });
});
