import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import type axe from "axe-core";
import { COLORS } from "@/lib/domain/heatmap-colors";
import { MOST_GROUPS } from "@/lib/domain/wall-layout";
import { HEATMAP } from "@/lib/messages/heatmap";
import { FIELDS } from "@/lib/messages/mission";
import { WALL, WALL_GROUPS, WALL_LINKS } from "@/lib/messages/wall";
import { dialog, live, toast } from "../console";
import { expect, test } from "../fixtures";
import type { Region } from "../region";
import { wallNodes, wallSamples, wallView } from "../wall-nodes";
import { startWallServer } from "../wall-server";

const AXE = readFileSync("node_modules/axe-core/axe.min.js", "utf8");
const SCREEN = { width: 1920, height: 1080 };

/** In the settings, as an administrator does. Returns the address, which stands there once. */
async function makeLink(page: Page, name: string, view: string = WALL_LINKS.allNodes): Promise<string> {
  await page.goto("/settings/wall");
  await live(page);
  await page.getByRole("button", { name: WALL_LINKS.make }).click();
  const make = dialog(page, WALL_LINKS.make);
  await make.getByLabel(WALL_LINKS.view).selectOption({ label: view });
  return nameLink(page, name);
}

/** In the dialog that asks for its name. */
async function nameLink(page: Page, name: string): Promise<string> {
  const make = dialog(page, WALL_LINKS.make);
  await make.getByLabel(FIELDS.name).fill(name);
  await make.getByRole("button", { name: "Make" }).click();
  const made = dialog(page, WALL_LINKS.made(name));
  const address = await made.getByText(/\/wall#/).innerText();
  await made.getByRole("button", { name: "Close", exact: true }).last().click();
  return address;
}

async function revokeLink(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: `${WALL_LINKS.revoke} ${name}` }).click();
  await dialog(page, WALL_LINKS.revokeTitle(name)).getByRole("button", { name: WALL_LINKS.revoke }).click();
  await expect(toast(page, WALL_LINKS.revoked(name))).toBeVisible();
}

const picture = (page: Page) => page.getByRole("region", { name: WALL.picture });
const attention = (page: Page) => page.getByRole("region", { name: WALL.attention });
const count = (page: Page, group: keyof typeof WALL_GROUPS) =>
  page.getByRole("list", { name: WALL.counts }).getByRole("listitem").filter({ hasText: WALL_GROUPS[group] });

const activeNodes = async (region: Region): Promise<number> =>
  (await region.sql<{ count: number }>("SELECT count(*)::int FROM node WHERE status = 'Active'"))[0]?.count ?? 0;

/** What the pages that are not its own answer to whoever has only the token. */
async function reachable(page: Page, token: string): Promise<Record<string, number>> {
  const paths = ["/api/live", "/api/trends", "/api/v1/nodes", "/api/v1/operations", "/api/v1/tags"];
  return page.evaluate(
    async ({ paths: asked, authorization }) =>
      Object.fromEntries(
        await Promise.all(asked.map(async (path) => [path, (await fetch(path, { headers: { authorization } })).status] as const)),
      ),
    { paths, authorization: `Bearer ${token}` },
  );
}

test("a link made in the settings shows the nodes live where nobody is signed in, reaches nothing else, and is dark once revoked", async ({
  region,
  admin,
  newContext,
  watch,
}) => {
  watch.allow(/401|410/);
  const address = await makeLink(admin, "Lobby");
  const wall = await (await newContext({ viewport: SCREEN })).newPage();
  const asked: string[] = [];
  wall.on("request", (request) => asked.push(request.url()));
  await wall.goto(address);
  await expect(picture(wall)).toBeVisible();
  await expect(count(wall, "active")).toContainText(String(await activeNodes(region)));
  await expect(wall.getByText(/^(just now|\d+ s ago)$/)).toBeVisible();
  const token = address.split("#")[1] ?? "";
  // The token is in no address that is asked for, and nothing is kept in the browser.
  expect(asked.filter((url) => url.split("#")[0]?.includes(token))).toEqual([]);
  expect(await wall.context().cookies()).toEqual([]);

  const [failed] = await region.sql<{ id: string }>("SELECT id FROM node WHERE status = 'Failed' ORDER BY status_since DESC LIMIT 1");
  await region.sql("UPDATE node SET name = 'wall-test', version = version + 1 WHERE id = $1", [failed?.id]);
  await expect(attention(wall).getByText("wall-test")).toBeVisible();

  expect(Object.values(await reachable(wall, token))).toEqual([401, 401, 401, 401, 401]);
  const other = await wall.context().newPage();
  for (const path of ["/nodes", "/events", "/settings/wall"]) {
    await other.goto(path);
    await expect(other).toHaveURL(/\/login$/);
  }
  await other.close();

  await admin.reload();
  await expect(admin.getByRole("row", { name: /Lobby/ })).not.toContainText(WALL_LINKS.never);
  await revokeLink(admin, "Lobby");
  const revokedAt = Date.now();
  await expect(wall.getByText("This link was revoked.")).toBeVisible({ timeout: 5000 });
  console.log(`Revoked to dark: ${Date.now() - revokedAt} ms after the administrator was told`);
  await expect(picture(wall)).toBeHidden();
  await wall.reload();
  await expect(wall.getByText("This link was revoked.")).toBeVisible();
});

test("a wrong link says so, and one who may not make links is told why", async ({ newContext, viewer, watch }) => {
  watch.allow(/401/);
  const wall = await (await newContext()).newPage();
  for (const address of ["/wall", "/wall#wrong"]) {
    await wall.goto("about:blank");
    await wall.goto(address);
    await expect(wall.getByText("This link is not a wall link of this region.")).toBeVisible();
  }
  await viewer.goto("/settings/wall");
  await expect(viewer.getByText("You need the Admin role.")).toBeVisible();
});

test("the heatmap leads to a wall that shows the same, and tells who may not make one", async ({ admin, viewer, newContext }) => {
  await admin.goto("/nodes?view=heatmap&q=status+%3D+Failed&color=used-memory");
  await live(admin);
  await admin.getByRole("link", { name: HEATMAP.openWall }).click();
  await expect(dialog(admin, WALL_LINKS.make).getByRole("combobox", { name: WALL_LINKS.view })).toHaveValue("shown");
  const address = await nameLink(admin, "Desk");
  await expect(admin).toHaveURL(/\/settings\/wall$/);
  await expect(admin.getByRole("row", { name: /Desk/ })).toContainText(WALL_LINKS.unsaved);
  const wall = await (await newContext({ viewport: SCREEN })).newPage();
  await wall.goto(address);
  await expect(picture(wall)).toBeVisible();
  await expect(wall.getByText(COLORS["used-memory"].label, { exact: true })).toBeVisible();
  await expect(count(wall, "failed")).toBeVisible();
  await expect(count(wall, "active")).toContainText(/^0/);

  await viewer.goto("/nodes?view=heatmap");
  await live(viewer);
  const refused = viewer.getByRole("button", { name: HEATMAP.openWall });
  await expect(refused).toBeDisabled();
  await expect(refused).toHaveAccessibleDescription("You need the Admin role.");
});

test("a screen that is cut off keeps its picture under a band, and goes on by itself", async ({ admin, newContext, watch }) => {
  watch.allow(/ERR_INTERNET_DISCONNECTED/);
  const address = await makeLink(admin, "Hall");
  const context = await newContext({ viewport: SCREEN });
  const wall = await context.newPage();
  await wall.clock.install();
  await wall.goto(address);
  await expect(picture(wall)).toBeVisible();
  const before = await count(wall, "active").innerText();
  await context.setOffline(true);
  await wall.clock.fastForward(90_000);
  await expect(wall.getByText(/^Data is \d+ (s|min) old$/)).toBeVisible();
  await expect(picture(wall)).toBeVisible();
  expect(await count(wall, "active").innerText()).toBe(before);
  await context.setOffline(false);
  await wall.clock.setSystemTime(Date.now());
  await wall.clock.fastForward(1);
  await expect(wall.getByText(/^Data is/)).toBeHidden({ timeout: 30_000 });
});

/** In the browser: keeps every wake lock that the page is given, so that a test sees which of them hold. */
function keepLocks(): void {
  const locks: WakeLockSentinel[] = [];
  const { wakeLock } = navigator;
  const request = wakeLock.request.bind(wakeLock);
  wakeLock.request = async (type) => {
    const lock = await request(type);
    locks.push(lock);
    return lock;
  };
  Object.assign(window, { locks });
}

/** Of all wake locks that were given to the page, whether each still holds. */
const locksHold = (page: Page): Promise<boolean[]> =>
  page.evaluate(() => {
    const { locks } = window as unknown as { locks: WakeLockSentinel[] }; // kept by the script above
    return locks.map(({ released }) => !released);
  });

/** A page of Playwright is never hidden: it is told so, and loses its locks as it then does. */
async function turnVisible(page: Page, state: "hidden" | "visible"): Promise<void> {
  await page.evaluate(async (visibilityState) => {
    const { locks } = window as unknown as { locks: WakeLockSentinel[] }; // kept by the script above
    if (visibilityState === "hidden") await Promise.all(locks.map((lock) => lock.release()));
    Object.defineProperty(document, "visibilityState", { configurable: true, value: visibilityState });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}

test("the screen is kept awake, and again after the page was hidden", async ({ region, newContext }) => {
  const server = await startWallServer(region.url);
  server.greet([wallView(wallNodes(16))]);
  const wall = await (await newContext({ viewport: SCREEN })).newPage();
  await wall.addInitScript(keepLocks);
  await wall.goto(`${server.url}/wall#test`);
  await expect(picture(wall)).toBeVisible();
  await expect.poll(() => locksHold(wall)).toEqual([true]);
  await turnVisible(wall, "hidden");
  await turnVisible(wall, "visible");
  // One was not asked for while nothing could be seen, which a browser refuses.
  await expect.poll(() => locksHold(wall)).toEqual([false, true]);
  await wall.close();
  server.stop();
});

/** What is lit in the head for weeks, and on which side of the screen's middle each stands. */
async function sides(page: Page): Promise<Record<"clock" | "count" | "title", "left" | "right" | "nowhere">> {
  const side = async (part: Locator) => {
    const box = await part.boundingBox();
    return !box ? "nowhere" : box.x + box.width < SCREEN.width / 2 ? "left" : box.x > SCREEN.width / 2 ? "right" : "nowhere";
  };
  const [clock, title] = [page.getByText(/^\d\d:\d\d$/), page.getByRole("heading", { level: 1 })];
  return { clock: await side(clock), count: await side(count(page, "active")), title: await side(title) };
}

test("clock, counts and title change sides at the full hour, and back at the next", async ({ region, newContext }) => {
  const server = await startWallServer(region.url);
  server.greet([wallView(wallNodes(16))]);
  const wall = await (await newContext({ viewport: SCREEN, timezoneId: "UTC" })).newPage();
  await wall.clock.install({ time: new Date("2026-11-26T12:59:30Z") });
  await wall.goto(`${server.url}/wall#test`);
  await expect(wall.getByText("12:59")).toBeVisible();
  expect(await sides(wall)).toEqual({ clock: "right", count: "right", title: "left" });
  await wall.clock.fastForward(30_000);
  await expect(wall.getByText("13:00")).toBeVisible();
  expect(await sides(wall)).toEqual({ clock: "left", count: "left", title: "right" });
  // In steps: a picture that stands for a minute is loaded anew.
  for (let passed = 0; passed < 3600; passed += 30) await wall.clock.fastForward(30_000);
  await expect(wall.getByText("14:00")).toBeVisible();
  expect(await sides(wall)).toEqual({ clock: "right", count: "right", title: "left" });
  await wall.close();
  server.stop();
});

test("the pointer goes when it has rested for three seconds, and comes back when it moves", async ({ region, newContext }) => {
  const server = await startWallServer(region.url);
  server.greet([wallView(wallNodes(16))]);
  const wall = await (await newContext({ viewport: SCREEN })).newPage();
  await wall.clock.install();
  await wall.goto(`${server.url}/wall#test`);
  await expect(picture(wall)).toBeVisible();
  await wall.clock.pauseAt(Date.now() + 10_000);
  /** What the pointer looks like over the picture, where it stands. */
  const cursor = () => wall.evaluate(() => getComputedStyle(document.elementFromPoint(400, 500) ?? document.body).cursor);
  await wall.mouse.move(400, 500);
  await expect.poll(cursor).toBe("auto");
  await wall.clock.runFor(2900);
  expect(await cursor()).toBe("auto");
  await wall.clock.runFor(200);
  await expect.poll(cursor).toBe("none");
  await wall.mouse.move(401, 500);
  await expect.poll(cursor).toBe("auto");
  await wall.close();
  server.stop();
});

test("axe finds nothing on a wall, in both themes, and on the page of its links", async ({ region, admin, newContext, watch }) => {
  watch.allow(/401/);
  const server = await startWallServer(region.url);
  server.greet([wallView(wallNodes(48, { 3: "Failed", 9: "Fenced", 20: "InMaintenance", 21: "Candidate" }))]);
  const wall = await (await newContext({ viewport: SCREEN })).newPage();
  const found = async (page: Page): Promise<string[]> => {
    await page.evaluate(AXE);
    return page.evaluate(async () => {
      const { axe: run } = window as unknown as { axe: typeof axe }; // set by the script above
      const { violations } = await run.run(document, { resultTypes: ["violations"] });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
    });
  };
  for (const theme of ["dark", "light"]) {
    await wall.goto(`${server.url}/wall?theme=${theme}#test`);
    await expect(picture(wall)).toBeVisible();
    expect.soft(await found(wall), theme).toEqual([]);
    await wall.goto("about:blank");
  }
  await wall.goto("/wall#wrong");
  await expect(wall.getByText("This link is not a wall link")).toBeVisible();
  expect.soft(await found(wall), "refused").toEqual([]);
  await makeLink(admin, "Axe");
  expect.soft(await found(admin), "links").toEqual([]);
  await admin.getByRole("button", { name: WALL_LINKS.make }).click();
  expect.soft(await found(admin), "new link").toEqual([]);
  await wall.close();
  server.stop();
});

test("ten thousand updates leave no trace in the memory of the page", async ({ region, newContext }) => {
  test.setTimeout(240_000);
  const rows = wallNodes(100, { 3: "Failed", 9: "Fenced", 20: "InMaintenance" });
  const server = await startWallServer(region.url);
  server.greet([wallView(rows)]);
  const context = await newContext({ viewport: SCREEN });
  const page = await context.newPage();
  await page.goto(`${server.url}/wall?rotate=used-cpu,used-memory,throughput&every=5#test`);
  await expect(picture(page)).toBeVisible();
  const devtools = await context.newCDPSession(page);
  const measure = async () => {
    for (let turn = 0; turn < 3; turn += 1) await devtools.send("HeapProfiler.collectGarbage");
    const { usedSize } = await devtools.send("Runtime.getHeapUsage");
    const { nodes } = await devtools.send("Memory.getDOMCounters");
    return { heap: usedSize, nodes, elements: await page.evaluate(() => document.querySelectorAll("*").length) };
  };
  const start = Math.floor(Date.now() / 1000);
  let update = 0;
  /** Samples of all nodes, and states that come and go. */
  const push = async (count: number) => {
    for (const end = update + count; update < end; update += 1) {
      await server.tell(wallSamples(rows, start + Math.floor(update / 100), update));
      if (update % 5) continue;
      const row = rows[update % rows.length];
      const status = update % 2 ? ("Active" as const) : ("Failed" as const);
      if (row) await server.tell({ type: "rows", changed: [{ ...row, status, reason: `Update ${update}` }], gone: [] });
      await server.tell({ type: "beat", at: Date.now() });
      // As fast as pictures are drawn.
      if (update % 10 === 0) await page.evaluate(() => new Promise((resolve) => void requestAnimationFrame(resolve)));
    }
    const last = wallNodes(1).map((row) => ({
      ...row,
      id: "00000000-0000-4000-8000-ffffffffffff",
      name: `after-${update}`,
      status: "Failed" as const,
    }));
    // The last one is seen: all before it were taken.
    await server.tell({ type: "rows", changed: last.map((row) => ({ ...row, statusSince: new Date().toISOString() })), gone: [] });
    await expect(attention(page).getByText(`after-${update}`)).toBeVisible();
    await server.tell({ type: "rows", changed: [], gone: last.map(({ id }) => id) });
    await server.tell(wallView(rows));
    await expect(attention(page).getByText(`after-${update}`)).toBeHidden();
  };
  await push(1000);
  const before = await measure();
  await push(10_000);
  const after = await measure();
  const grown = (after.heap - before.heap) / 2 ** 20;
  console.log(`10,000 updates: heap ${grown.toFixed(2)} MiB, ${JSON.stringify({ before, after })}`);
  expect(grown).toBeLessThan(5);
  expect(after.nodes).toBe(before.nodes);
  expect(after.elements).toBe(before.elements);
  expect(after.elements).toBeGreaterThan(MOST_GROUPS);
  await page.close();
  server.stop();
});

test("a web process with two hundred open streams ends within two seconds", async ({ region, admin, signedIn }) => {
  test.setTimeout(120_000);
  const address = await makeLink(admin, "Crowd");
  await admin.close();
  const { cookies } = await signedIn("viewer");
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const headers: Record<string, string>[] = [{ authorization: `Bearer ${address.split("#")[1]}` }, { cookie }];
  const open = await Promise.all(
    Array.from({ length: 200 }, async (_, index) => {
      const path = index % 2 ? "/api/live" : "/api/wall/live";
      const answer = await fetch(`${region.url}${path}`, { headers: headers[index % 2] ?? {} });
      expect(answer.status).toBe(200);
      const reader = answer.body?.getReader();
      await reader?.read();
      return reader;
    }),
  );
  const pid = region.pids.web();
  if (!pid) throw new Error("No web process runs.");
  const at = performance.now();
  process.kill(pid, "SIGTERM");
  await expect.poll(() => isAlive(pid), { timeout: 10_000, intervals: [20] }).toBe(false);
  const took = performance.now() - at;
  console.log(`SIGTERM with ${open.length} streams: ${Math.round(took)} ms`);
  expect(took).toBeLessThan(2000);
  await Promise.allSettled(open.map(async (reader) => reader?.cancel()));
  await expect
    .poll(
      () =>
        fetch(`${region.url}/healthz`).then(
          ({ ok }) => ok,
          () => false,
        ),
      { timeout: 60_000 },
    )
    .toBe(true);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
