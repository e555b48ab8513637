import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import type { Outcome } from "@/lib/outcome";
import { addUser, noDatabase, ownDatabase, unlessSkipped } from "../testing";
import { wallLinks } from "./list";
import { makeWallLink } from "./make";
import { holdingWallLinks, openWall } from "./open";
import { revokeWallLink } from "./revoke";

type Person = Awaited<ReturnType<typeof addUser>>;

describe.skipIf(noDatabase)(unlessSkipped("wall links"), { timeout: 60_000 }, () => {
  let drop: () => Promise<void>;
  let ada: Person, bob: Person;
  beforeAll(async () => {
    ({ drop } = await ownDatabase());
    [ada, bob] = await Promise.all([addUser("Ada", "admin"), addUser("Bob", "admin")]);
  }, 60_000);
  afterAll(() => drop?.());
  beforeEach(async () => {
    await db.wallLink.deleteMany();
    await db.rateBucket.deleteMany();
  });

  const value = <T>(outcome: Outcome<T>): T => {
    if (!outcome.ok) throw new Error(outcome.reason);
    return outcome.value;
  };
  const make = async (name = "Lobby", viewId: string | null = null) =>
    value(await makeWallLink({ name, viewId, address: null }, ada.call())).token;
  const lastEvent = () => db.event.findFirstOrThrow({ orderBy: { id: "desc" } });

  it("are known by the hash of their token alone", async () => {
    const token = await make();
    const [row] = await db.wallLink.findMany();
    expect(Buffer.from(row?.tokenHash ?? []).toString("hex")).toBe(createHash("sha256").update(token).digest("hex"));
    expect(JSON.stringify([row, await lastEvent()], (_, part) => (typeof part === "bigint" ? String(part) : part))).not.toContain(token);
    expect(token.length).toBeGreaterThan(40);
    expect(value(await openWall(token, "")).id).toBe(row?.id);
    expect(await lastEvent()).toMatchObject({ kind: "wall.made", message: "Ada made the wall link “Lobby” for the view “All nodes”." });
  });

  it("show the view as it was, also when it has gone, and no view of another person", async () => {
    const view = { name: "Racks", address: "view=heatmap&group=tag%3Arack-&x=1", updatedAt: new Date() };
    const own = await db.savedView.create({ data: { ...view, ownerId: ada.id } });
    const hidden = await db.savedView.create({ data: { ...view, ownerId: bob.id } });
    const token = await make("Lobby", own.id);
    await db.savedView.deleteMany();
    expect(value(await openWall(token, "")).address).toBe("view=heatmap&group=tag%3Arack-");
    expect(await makeWallLink({ name: "Hall", viewId: hidden.id, address: null }, ada.call())).toMatchObject({
      ok: false,
      code: "view-gone",
    });
  });

  it("show what an address shows that nobody has saved", async () => {
    const { token } = value(await makeWallLink({ name: "Hall", viewId: null, address: "view=heatmap&color=memory&x=1" }, ada.call()));
    expect(value(await openWall(token, "")).address).toBe("view=heatmap&color=memory");
    expect(await wallLinks()).toMatchObject([{ viewName: "Unsaved view" }]);
    expect(await lastEvent()).toMatchObject({ message: "Ada made the wall link “Hall” for the view “Unsaved view”." });
  });

  it("are revoked once, and say so ever after", async () => {
    const token = await make();
    const [link] = await wallLinks();
    const linkId = link?.id ?? "";
    expect(await holdingWallLinks([linkId])).toEqual(new Set([linkId]));
    value(await revokeWallLink({ linkId }, bob.call()));
    expect(await lastEvent()).toMatchObject({ kind: "wall.revoked", message: "Bob revoked the wall link “Lobby”." });
    expect(await revokeWallLink({ linkId }, bob.call())).toMatchObject({ ok: false, code: "wall-gone" });
    expect([await holdingWallLinks([linkId]), await wallLinks()]).toEqual([new Set(), []]);
    expect(await openWall(token, "")).toMatchObject({ ok: false, reason: "This link was revoked." });
  });

  it("never end by themselves, and outlast who made them", async () => {
    const eve = await addUser("Eve", "admin");
    const { token } = value(await makeWallLink({ name: "Hall", viewId: null, address: null }, eve.call()));
    await db.wallLink.updateMany({ data: { createdAt: new Date("2016-01-01") } });
    await db.user.delete({ where: { id: eve.id } });
    expect((await openWall(token, "")).ok).toBe(true);
    expect(await wallLinks()).toMatchObject([{ name: "Hall", madeBy: "Eve", lastSeenAt: null }]);
  });

  it("tell when a screen was last there", async () => {
    await make();
    const [link] = await wallLinks();
    await holdingWallLinks([link?.id ?? ""]);
    const [seen] = await wallLinks();
    expect(Date.parse(seen?.lastSeenAt ?? "")).toBeGreaterThan(Date.now() - 60_000);
  });

  it("that are wrong are limited by place, and keep no right one out", async () => {
    const token = await make();
    const codes: string[] = [];
    for (let index = 0; index < 25; index += 1) {
      const answer = await openWall(`wrong ${index}`, "1.2.3.4");
      codes.push(answer.ok ? "ok" : answer.code);
    }
    expect(codes.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => "wall-unknown"));
    expect(codes.at(-1)).toBe("too-many");
    expect((await openWall(token, "1.2.3.4")).ok).toBe(true);
    expect(await openWall("wrong", "5.6.7.8")).toMatchObject({ code: "wall-unknown" });
    expect(await openWall("x".repeat(5000), "5.6.7.8")).toMatchObject({ code: "wall-unknown" });
  });
});
