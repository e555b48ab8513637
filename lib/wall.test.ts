import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { db } from "./db";
import { liveHub } from "./live";
import { addUser, noDatabase, ownDatabase, plantNode, unlessSkipped } from "./services/testing";
import { makeWallLink } from "./services/wall/make";
import { moveWallLink } from "./services/wall/move";
import { openWall, type WallLink } from "./services/wall/open";
import { revokeWallLink } from "./services/wall/revoke";
import { MOST_SCREENS, wallHub } from "./wall";

type Heard = [event: string, data: Record<string, unknown>];

describe.skipIf(noDatabase)(unlessSkipped("the walls of a web process"), { timeout: 60_000 }, () => {
  let drop: () => Promise<void>;
  let ada: Awaited<ReturnType<typeof addUser>>;
  beforeAll(async () => {
    ({ drop } = await ownDatabase());
    ada = await addUser("Ada", "admin");
  }, 60_000);
  afterAll(async () => {
    liveHub().close();
    await drop?.();
  });
  beforeEach(() => db.wallLink.deleteMany());

  async function link(networks: string[] = [], address: string | null = null): Promise<WallLink> {
    const made = await makeWallLink({ name: randomUUID(), viewId: null, address, networks, screen: null }, ada.call());
    const opened = await openWall(made.ok ? (made.value.token ?? "") : "", "10.0.0.9");
    if (!opened.ok) throw new Error(opened.reason);
    return opened.value;
  }

  function show(on: WallLink, from = "10.0.0.9") {
    const heard: Heard[] = [];
    const screen = { heard, closed: false, leave: () => {} };
    const close = () => {
      screen.closed = true;
      screen.leave();
    };
    screen.leave = wallHub().add(on, { from, send: (event, data) => void heard.push([event, JSON.parse(data)]), close });
    return screen;
  }
  const said = (screen: { heard: Heard[] }, event: string) => screen.heard.filter(([name]) => name === event).map(([, data]) => data);
  const within = <T>(ms: number, look: () => T) => vi.waitFor(look, { timeout: ms, interval: 50 });

  it("are dark within 5 s once their link is revoked, and those of other links are not", async () => {
    await plantNode("Active");
    const [first, second] = [await link(), await link()];
    const [lobby, hall] = [show(first), show(second)];
    await within(5000, () => expect([said(lobby, "view"), said(hall, "view")]).toMatchObject([[{ rows: [{}] }], [{ rows: [{}] }]]));
    await revokeWallLink({ linkId: first.id }, ada.call());
    await within(5000, () => expect([lobby.closed, said(lobby, "revoked")]).toEqual([true, [{}]]));
    expect(hall.closed).toBe(false);
    hall.leave();
  });

  it("are not called revoked when they come while others are looked at", async () => {
    const links = await Promise.all(Array.from({ length: 8 }, () => link()));
    const screens: ReturnType<typeof show>[] = [];
    // As after a restart of the web: all of them within a moment, and each with a link of its own.
    for (const one of links) {
      screens.push(show(one));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await within(5000, () => expect(screens.map((screen) => said(screen, "view").length)).toEqual(links.map(() => 1)));
    expect(screens.map((screen) => [screen.closed, said(screen, "revoked").length])).toEqual(links.map(() => [false, 0]));
    for (const screen of screens) screen.leave();
  });

  it("are closed where an address is not allowed any more, without being called revoked", async () => {
    const wall = await link(["10.0.0.9"]);
    const [here, there] = [show(wall), show(wall, "10.0.0.8")];
    await within(5000, () => expect([here.closed, there.closed]).toEqual([false, true]));
    await moveWallLink({ linkId: wall.id, networks: ["10.0.0.0/29"] }, ada.call());
    await within(5000, () => expect(here.closed).toBe(true));
    expect([said(here, "revoked"), said(there, "revoked")]).toEqual([[], []]);
  });

  it("say that Regent is cut off from the region, to those that are there and to those that come", async () => {
    const wall = await link();
    const first = show(wall);
    await within(5000, () => expect(said(first, "view")).toMatchObject([{ isolation: null }]));
    await db.$executeRaw`UPDATE region_watch SET silent = 3, total = 6`;
    await within(5000, () => expect(said(first, "isolation")).toEqual([{ isolation: { silent: 3, total: 6 } }]));
    const second = show(wall);
    await within(5000, () => expect(said(second, "view")).toMatchObject([{ isolation: { silent: 3, total: 6 } }]));
    await db.$executeRaw`UPDATE region_watch SET silent = NULL, total = NULL`;
    await within(5000, () => expect(said(first, "isolation").at(-1)).toEqual({ isolation: null }));
    first.leave();
    second.leave();
  });

  it("ring once when an alarm begins for one of their nodes", async () => {
    const node = await plantNode("Active");
    const wall = await link();
    const screen = show(wall);
    await within(5000, () => expect(said(screen, "view")).toHaveLength(1));
    const alarm = await db.alarm.create({
      data: { name: "Memory", severity: "warning", scope: "all", rule: { metric: "memory" }, actorName: "Ada" },
    });
    const subject = await db.alarmSubject.create({ data: { alarmId: alarm.id, nodeId: node.id, state: "OK", seq: 1 } });
    await db.alarmSubject.update({ where: { id: subject.id }, data: { state: "ALARM", since: new Date(), seq: 2 } });
    await within(5000, () => expect(said(screen, "alarm")).toEqual([{ color: "used-memory" }]));
    // Its value changes with each round: that is no new alarm.
    await db.alarmSubject.update({ where: { id: subject.id }, data: { value: 0.97 } });
    await db.node.update({ where: { id: node.id }, data: { name: "renamed", version: { increment: 1 } } });
    await within(5000, () => expect(said(screen, "rows").at(-1)).toMatchObject({ changed: [{ name: "renamed" }] }));
    await within(5000, () => expect(said(screen, "beat").length).toBeGreaterThan(0));
    expect(said(screen, "alarm")).toHaveLength(1);
    screen.leave();
  });

  it("ring later when PostgreSQL could not say which alarm began", async () => {
    const node = await plantNode("Active");
    const screen = show(await link());
    await within(5000, () => expect(said(screen, "view")).toHaveLength(1));
    const alarm = await db.alarm.create({
      data: { name: "CPU", severity: "warning", scope: "all", rule: { metric: "cpu" }, actorName: "Ada" },
    });
    await db.alarmSubject.create({ data: { alarmId: alarm.id, nodeId: node.id, state: "OK", seq: 1 } });
    const beats = () => said(screen, "beat").length;
    await db.$transaction([
      db.$executeRaw`UPDATE alarm_subject SET state = 'ALARM', since = now(), seq = 2 WHERE alarm_id = ${alarm.id}::uuid`,
      db.$executeRaw`ALTER TABLE alarm_subject RENAME TO away`,
    ]);
    // It was asked for, and more than once: a beat is told before each look.
    const before = beats();
    await within(15_000, () => expect(beats()).toBeGreaterThan(before + 1));
    expect(said(screen, "alarm")).toEqual([]);
    await db.$executeRaw`ALTER TABLE away RENAME TO alarm_subject`;
    await within(5000, () => expect(said(screen, "alarm")).toEqual([{ color: "used-cpu" }]));
    screen.leave();
  });

  it("go on when it can not be said which nodes can be taken out", async () => {
    const [plain, ready] = [await link(), await link([], "color=readiness")];
    await db.$executeRaw`ALTER TABLE maintenance_vm RENAME TO away`;
    const [first, second] = [show(plain), show(ready)];
    await within(5000, () => expect([said(first, "view").length, said(second, "view").length]).toEqual([1, 1]));
    const { rows } = said(second, "view")[0] as { rows: { readiness: string }[] };
    expect(new Set(rows.map(({ readiness }) => readiness))).toEqual(new Set(["unknown"]));
    first.leave();
    second.leave();
    await db.$executeRaw`ALTER TABLE away RENAME TO maintenance_vm`;
  });

  it("show all nodes at first sight, also when the last screen has just left", async () => {
    await plantNode("Active");
    const nodes = await db.node.count();
    const wall = await link();
    for (let round = 0; round < 10; round += 1) {
      show(wall).leave();
      const screen = show(wall);
      await within(10_000, () => expect(said(screen, "view")).toHaveLength(1));
      expect((said(screen, "view")[0] as { rows: unknown[] }).rows).toHaveLength(nodes);
      screen.leave();
    }
  });

  it("are so many of one link and no more", async () => {
    const wall = await link();
    const screens = Array.from({ length: MOST_SCREENS }, () => show(wall));
    expect(wallHub().hasRoom(wall)).toBe(false);
    screens[0]?.leave();
    expect(wallHub().hasRoom(wall)).toBe(true);
    for (const screen of screens) screen.leave();
  });
});
