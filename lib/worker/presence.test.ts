/** Who of the workers lives, and who only seems to. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { noDatabase, ownDatabase, unlessSkipped } from "@/lib/services/testing";
import { arrive } from "./presence";

const HANGS_MS = 300;

describe.skipIf(noDatabase)(unlessSkipped("a worker"), { timeout: 30_000 }, () => {
  let drop: () => Promise<void>;
  beforeAll(async () => {
    ({ drop } = await ownDatabase());
  }, 60_000);
  afterAll(() => drop?.());

  it("that hangs with its connection alive is ended for it, and its work is taken over; one that speaks is left alone", async () => {
    const lost: string[] = [];
    const come = (id: string) => arrive(id, "test", () => void lost.push(id), { hangsMs: HANGS_MS });
    const [hung, well, looker] = [await come("hung"), await come("well"), await come("looker")];
    const adopted: string[] = [];
    for (let count = 0; count < 30 && !adopted.length; count += 1) {
      for (const presence of [well, looker]) await presence.look((id) => Promise.resolve(void adopted.push(id)));
      await sleep(50);
    }
    expect(adopted).toEqual(["hung"]);
    expect([...new Set(lost)]).toEqual(["hung"]);
    expect((await db.worker.findMany({ orderBy: { id: "asc" } })).map(({ id }) => id)).toEqual(["looker", "well"]);
    await Promise.all([hung, well, looker].map((presence) => presence.leave().catch(() => undefined))); // the hung one has no connection any more
  });
});
