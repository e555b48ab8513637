import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import type { Outcome } from "@/lib/outcome";
import { addUser, noDatabase, ownDatabase, plantNode, unlessSkipped } from "../testing";
import { rungAlarms } from "./alarms";
import { wallLinks } from "./list";
import { makeWallLink } from "./make";
import { moveWallLink } from "./move";
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
  const ASKED = { name: "Lobby", viewId: null, address: null, networks: [] as string[], screen: null };
  const made = async (asked: Partial<Parameters<typeof makeWallLink>[0]> = {}, by = ada) =>
    value(await makeWallLink({ ...ASKED, ...asked }, by.call())).token ?? "";
  const make = (name = "Lobby", viewId: string | null = null) => made({ name, viewId });
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
    expect(await makeWallLink({ ...ASKED, name: "Hall", viewId: hidden.id }, ada.call())).toMatchObject({
      ok: false,
      code: "view-gone",
    });
  });

  it("show what an address shows that nobody has saved", async () => {
    const token = await made({ name: "Hall", address: "view=heatmap&color=memory&x=1" });
    expect(value(await openWall(token, "")).address).toBe("view=heatmap&color=memory");
    expect(await wallLinks()).toMatchObject([{ viewName: "Unsaved view" }]);
    expect(await lastEvent()).toMatchObject({ message: "Ada made the wall link “Hall” for the view “Unsaved view”." });
  });

  it("are revoked once, and say so ever after", async () => {
    const token = await make();
    const [link] = await wallLinks();
    const linkId = link?.id ?? "";
    expect([...(await holdingWallLinks([linkId])).keys()]).toEqual([linkId]);
    value(await revokeWallLink({ linkId }, bob.call()));
    expect(await lastEvent()).toMatchObject({ kind: "wall.revoked", message: "Bob revoked the wall link “Lobby”." });
    expect(await revokeWallLink({ linkId }, bob.call())).toMatchObject({ ok: false, code: "wall-gone" });
    expect([await holdingWallLinks([linkId]), await wallLinks()]).toEqual([new Map(), []]);
    expect(await openWall(token, "")).toMatchObject({ ok: false, reason: "This link was revoked." });
  });

  it("never end by themselves, and outlast who made them", async () => {
    const eve = await addUser("Eve", "admin");
    const token = await made({ name: "Hall" }, eve);
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

  it("open from the addresses that they allow and from nowhere else, also while they are shown", async () => {
    const token = await made({ networks: ["10.20.0.0/16", "2001:db8::/32"] });
    expect(await lastEvent()).toMatchObject({
      message: "Ada made the wall link “Lobby” for the view “All nodes”, to be opened from 10.20.0.0/16, 2001:db8::/32 only.",
    });
    const [link] = await wallLinks();
    const linkId = link?.id ?? "";
    expect(link?.networks).toEqual(["10.20.0.0/16", "2001:db8::/32"]);
    for (const from of ["10.20.1.2", "2001:db8::7"]) expect((await openWall(token, from)).ok, from).toBe(true);
    for (const from of ["10.21.1.2", "", "fd00::1"])
      expect(await openWall(token, from), from).toMatchObject({ ok: false, code: "wall-elsewhere", reason: expect.stringContaining(from) });
    const shown = async (from: string) => (await holdingWallLinks([linkId])).get(linkId)?.(from);
    expect([await shown("10.20.1.2"), await shown("10.21.1.2")]).toEqual([true, false]);

    value(await moveWallLink({ linkId, networks: ["10.21.1.2"] }, bob.call()));
    expect(await lastEvent()).toMatchObject({
      kind: "wall.moved",
      message: "Bob allowed the wall link “Lobby” to be opened from 10.21.1.2 only.",
    });
    expect([await shown("10.20.1.2"), await shown("10.21.1.2")]).toEqual([false, true]);
    value(await moveWallLink({ linkId, networks: [] }, bob.call()));
    expect((await openWall(token, "203.0.113.9")).ok).toBe(true);
    value(await revokeWallLink({ linkId }, bob.call()));
    expect(await moveWallLink({ linkId, networks: [] }, bob.call())).toMatchObject({ ok: false, code: "wall-gone" });
  });

  it("of a screen that showed its token open once with it, and then with another", async () => {
    const screen = "x".repeat(43);
    expect(await made({ screen })).toBe("");
    expect(await makeWallLink({ ...ASKED, screen }, bob.call())).toMatchObject({ ok: false, code: "screen-taken" });
    const opened = await Promise.all(Array.from({ length: 5 }, () => openWall(screen, "")));
    const first = opened.filter(({ ok }) => ok);
    expect(first).toHaveLength(1);
    const token = first[0]?.ok ? (first[0].value.token ?? "") : "";
    expect(token).not.toBe(screen);
    expect(await openWall(screen, "")).toMatchObject({ code: "wall-unknown" });
    expect(value(await openWall(token, ""))).not.toHaveProperty("token");
  });
});

describe.skipIf(noDatabase)(unlessSkipped("alarms of a wall"), { timeout: 60_000 }, () => {
  let drop: () => Promise<void>;
  beforeAll(async () => ({ drop } = await ownDatabase()), 60_000);
  afterAll(() => drop?.());

  it("ring when they have just begun, and neither old nor muted ones do", async () => {
    const node = await plantNode("Active");
    const subject = async (name: string, facts: { state?: string; since?: Date; muted?: string; mutedSince?: Date }) => {
      const alarm = { name, severity: "warning", scope: "all", rule: { metric: "memory" }, actorName: "Ada" };
      const { id } = await db.alarm.create({ data: alarm });
      await db.alarmSubject.create({ data: { alarmId: id, nodeId: node.id, state: "ALARM", seq: 3, ...facts } });
      return id;
    };
    const ids = [
      await subject("new", {}),
      await subject("old", { since: new Date(Date.now() - 3600_000) }),
      await subject("muted", { muted: "Window", mutedSince: new Date() }),
      await subject("well", { state: "OK" }),
    ];
    expect(await rungAlarms(ids)).toMatchObject([{ nodeId: node.id, metric: "memory", key: expect.stringMatching(/:3$/) }]);
    expect(await rungAlarms(ids.slice(1))).toEqual([]);
  });
});
