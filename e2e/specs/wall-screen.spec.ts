import type { Locator, Page } from "@playwright/test";
import { WALL } from "@/lib/messages/wall";
import { expect, test } from "../fixtures";
import { attention, count, picture, pixelsOf, SCREEN } from "../wall-page";
import { wallNodes, wallView } from "../wall-nodes";
import { startWallServer } from "../wall-server";

/** In the browser: counts the tones that are made. */
function countTones(): void {
  let tones = 0;
  Object.assign(window, { tones });
  window.AudioContext = class extends AudioContext {
    override createOscillator(): OscillatorNode {
      Object.assign(window, { tones: (tones += 1) });
      return super.createOscillator();
    }
  };
}

test("a failure is heard after one press, once for many, and not without asking for it", async ({ region, newContext }) => {
  const rows = wallNodes(16);
  const server = await startWallServer(region.url);
  server.greet([wallView(rows)]);
  const fail = (...places: number[]) =>
    server.tell({
      type: "rows",
      changed: places.flatMap((at) => (rows[at] ? [{ ...rows[at], status: "Failed" as const }] : [])),
      gone: [],
    });
  const context = await newContext({ viewport: SCREEN });
  const tones = (page: Page) => page.evaluate(() => (window as unknown as { tones: number }).tones); // set by the script above
  const allow = (page: Page) => page.getByRole("button", { name: WALL.allowSound });
  const quiet = await context.newPage();
  await quiet.addInitScript(countTones);
  await quiet.goto(`${server.url}/wall#test`);
  await expect(picture(quiet)).toBeVisible();
  await expect(allow(quiet)).toBeHidden();
  const loud = await context.newPage();
  await loud.addInitScript(countTones);
  await loud.goto(`${server.url}/wall?sound=1#test`);
  await expect(allow(loud)).toBeVisible();
  await allow(loud).click();
  await expect(allow(loud)).toBeHidden();
  await expect.poll(() => tones(loud)).toBe(2);
  await fail(1, 2);
  await fail(3);
  await expect(attention(loud).getByText("compute-04")).toBeVisible();
  await expect.poll(() => tones(loud)).toBe(4);
  expect(await tones(quiet)).toBe(0);
  await context.close();
  server.stop();
});

test("the screen is dim at night where it hangs, and shows that place's time", async ({ region, newContext }) => {
  const server = await startWallServer(region.url);
  server.greet([wallView(wallNodes(16))]);
  const wall = await (await newContext({ viewport: { width: 640, height: 360 }, timezoneId: "UTC" })).newPage();
  await wall.clock.install({ time: new Date("2026-11-26T20:59:30Z") });
  await wall.goto(`${server.url}/wall?night=22:00-06:00&zone=Europe/Berlin#test`);
  await expect(wall.getByText("21:59")).toBeVisible();
  /** Of all pixels together, without their opacity. */
  const light = async () => {
    const { data } = await pixelsOf(wall.context(), await wall.screenshot());
    return data.reduce((sum, part, at) => (at % 4 === 3 ? sum : sum + part), 0);
  };
  const day = await light();
  await wall.clock.fastForward(30_000);
  await expect(wall.getByText("22:00")).toBeVisible();
  const night = await light();
  console.log(`Light of the picture at night: ${((night / day) * 100).toFixed()} % of the day`);
  expect(night).toBeLessThan(day * 0.6);
  expect(night).toBeGreaterThan(day * 0.3);
  await wall.close();
  server.stop();
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
  // A browser without a screen refuses unless it is told.
  const wall = await (await newContext({ viewport: SCREEN, permissions: ["screen-wake-lock"] })).newPage();
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
