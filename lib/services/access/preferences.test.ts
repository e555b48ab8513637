import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { DEFAULT_PREFERENCES } from "@/lib/domain/preferences";
import { addUser, noDatabase, ownDatabase, unlessSkipped } from "../testing";
import { readPreferences, savePreferences } from "./preferences";

describe.skipIf(noDatabase)(unlessSkipped("preferences"), { timeout: 60_000 }, () => {
  let drop: () => Promise<void>;
  beforeAll(async () => void ({ drop } = await ownDatabase()), 60_000);
  afterAll(() => drop?.());

  it("begin with the defaults and are kept for one person", async () => {
    const [ada, bob] = [await addUser("Ada", "admin"), await addUser("Bob", "viewer")];
    expect(await readPreferences(ada.id)).toEqual(DEFAULT_PREFERENCES);
    expect(await savePreferences({ density: "compact", listWidths: { name: 300 } }, ada.call())).toMatchObject({ ok: true });
    await savePreferences({ timeZone: "utc", listWidths: { ip: 120 } }, ada.call());
    expect(await readPreferences(ada.id)).toEqual({ ...DEFAULT_PREFERENCES, density: "compact", timeZone: "utc", listWidths: { ip: 120 } });
    expect(await readPreferences(bob.id)).toEqual(DEFAULT_PREFERENCES);
  });

  it("lose nothing when two tabs change them at once", async () => {
    const { id, call } = await addUser("Cyd");
    await Promise.all([savePreferences({ density: "comfortable" }, call()), savePreferences({ singleKeys: false }, call())]);
    expect(await readPreferences(id)).toMatchObject({ density: "comfortable", singleKeys: false });
  });

  it("are the defaults of a user who is gone, and over what is no object", async () => {
    expect(await readPreferences("00000000-0000-4000-8000-000000000000")).toEqual(DEFAULT_PREFERENCES);
    const { id, call } = await addUser("Dee");
    await db.$executeRaw`UPDATE "user" SET preferences = '[1]' WHERE id = ${id}::uuid`;
    expect(await readPreferences(id)).toEqual(DEFAULT_PREFERENCES);
    await savePreferences({ density: "compact" }, call());
    expect(await readPreferences(id)).toMatchObject({ density: "compact" });
  });
});
