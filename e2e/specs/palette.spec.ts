import type { Locator, Page } from "@playwright/test";
import { PALETTE } from "@/lib/messages/console";
import { DIALOGS } from "@/lib/messages/mission";
import { dialog, openList } from "../console";
import { expect, test } from "../fixtures";
import { nodeNamed } from "../records";

const palette = (page: Page): Locator => dialog(page, "Search or jump to");
const options = (page: Page): Locator => palette(page).getByRole("option");

/** Other tests know the console as it is delivered. */
test.afterEach(({ region }) => region.sql(`UPDATE "user" SET preferences = '{}'`));

async function openPalette(page: Page): Promise<Locator> {
  await page.keyboard.press("ControlOrMeta+k");
  const box = palette(page).getByRole("combobox");
  await expect(box).toBeFocused();
  return box;
}

test("a node is found by name, IP, MAC address and tag on any page, and opened by Enter", async ({ region, viewer: page }) => {
  const [node] = await region.sql<{ name: string; ip: string; mac: string }>(
    "SELECT name, ip, converged_macs[1] AS mac FROM node WHERE name = 'compute-west-04'",
  );
  await region.sql("UPDATE node SET tags = array['palette-tag'] WHERE name = 'compute-west-04'");
  await page.goto("/events");
  await expect(page.getByRole("heading", { name: "Events", level: 1 })).toBeVisible();
  const box = await openPalette(page);
  for (const text of [node?.name ?? "", node?.ip ?? "", (node?.mac ?? "").toUpperCase().replaceAll(":", "-"), "palette-t"]) {
    await box.fill(text);
    await expect(options(page).first()).toContainText("compute-west-04");
  }
  await box.fill("COMPUTE-WEST-04");
  await expect(options(page).first()).toHaveAttribute("aria-selected", "true");
  await expect(box).toHaveAttribute("aria-activedescendant", (await options(page).first().getAttribute("id")) ?? "");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/nodes\/[0-9a-f-]{36}\/overview$/);
  await expect(page.getByRole("heading", { name: "compute-west-04", level: 1 })).toBeVisible();
  await expect(palette(page)).toBeHidden();
});

test("a command of a named node opens its dialog and does nothing by itself", async ({ region, admin: page }) => {
  const { id } = await nodeNamed(region, "compute-west-05");
  await openList(page);
  const opener = page.getByRole("button", { name: "Search or jump to…" });
  await opener.click();
  await palette(page).getByRole("combobox").fill("rename compute-west-05");
  await expect(options(page).first()).toContainText("Rename compute-west-05");
  await page.keyboard.press("Enter");
  await expect(dialog(page, DIALOGS.rename.title)).toBeVisible();
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ do: "rename", node: id });
  await page.keyboard.press("Escape");
  await expect(dialog(page, DIALOGS.rename.title)).toBeHidden();
  await expect(opener).toBeFocused();
});

test("a refused command says why, in the lifecycle's words, and stays where it is", async ({ admin: page, viewer }) => {
  await openList(page);
  const box = await openPalette(page);
  await box.fill("join compute-west-01");
  const reason = "Candidate actions need status Candidate; this node is Active.";
  await expect(options(page).first()).toContainText(`Not possible: ${reason}`);
  await page.keyboard.press("Enter");
  await expect(palette(page).getByRole("status")).toHaveText(PALETTE.notPossible("Join compute-west-01", reason));
  await expect(page).toHaveURL(/\/nodes$/);

  await openList(viewer);
  await (await openPalette(viewer)).fill("rename compute-west-01");
  await expect(options(viewer).first()).toContainText("Not possible: You need the Operator role.");
});

test("on a node's page its own actions stand first; pages, theme and density are there", async ({ region, admin: page }) => {
  const { id } = await nodeNamed(region, "compute-west-06");
  await page.goto(`/nodes/${id}/overview`);
  await expect(page.getByRole("heading", { name: "compute-west-06", level: 1 })).toBeVisible();
  const box = await openPalette(page);
  await expect(palette(page).getByRole("group").first()).toHaveAccessibleName("On compute-west-06");
  await box.fill("dark");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await (await openPalette(page)).fill("density compact");
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-density=compact]")).toBeAttached();
  await (await openPalette(page)).fill("events");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/events$/);
});

test("an Enter that is faster than the server is not lost, and acts on what was typed", async ({ region, admin: page }) => {
  const { id } = await nodeNamed(region, "compute-west-06");
  await page.goto(`/nodes/${id}/overview`);
  await expect(page.getByRole("heading", { name: "compute-west-06", level: 1 })).toBeVisible();
  await page.route(`**/api/v1/nodes/${id}`, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 600));
    await route.continue();
  });
  await (await openPalette(page)).fill("density compact");
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-density=compact]")).toBeAttached();
  await expect(palette(page)).toBeHidden();
  // Letters after the Enter take it back.
  const box = await openPalette(page);
  await box.fill("events");
  await page.keyboard.press("Enter");
  await box.fill("density comfortable");
  await expect(options(page).first()).toContainText("Comfortable");
  await expect(page).toHaveURL(/\/overview$/);
});

test("arrows choose, letters begin anew, Escape gives the focus back, and the same key closes", async ({ viewer: page }) => {
  await openList(page);
  const opener = page.getByRole("button", { name: /^Account/ });
  await opener.focus();
  const box = await openPalette(page);
  await page.keyboard.press("ArrowDown");
  await expect(options(page).nth(1)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("End");
  await expect(options(page).last()).toHaveAttribute("aria-selected", "true");
  await box.pressSequentially("se");
  await expect(options(page).first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Escape");
  await expect(palette(page)).toBeHidden();
  await expect(opener).toBeFocused();
  await openPalette(page);
  await page.keyboard.press("ControlOrMeta+k");
  await expect(palette(page)).toBeHidden();
  await expect(opener).toBeFocused();
});

test("the key that is pressed before the page's scripts are there opens the palette when they are", async ({ region, viewer: page }) => {
  const { id } = await nodeNamed(region, "compute-west-04");
  let arrive = () => {};
  const held = new Promise<void>((resolve) => (arrive = resolve));
  await page.route("**/_next/static/**/*.js", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`/nodes/${id}/overview`, { waitUntil: "commit" });
  await expect(page.getByRole("heading", { name: "compute-west-04", level: 1 })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+k");
  await expect(palette(page)).toBeHidden();
  arrive();
  await expect(palette(page).getByRole("combobox")).toBeFocused();
  await expect(options(page).first()).toBeVisible();
  await page.keyboard.press("ControlOrMeta+k");
  await expect(palette(page)).toBeHidden();
});

test("nothing found, a server that is away and an ended session are told in words", async ({ newContext, signedIn, watch, region }) => {
  watch.allow(/ERR_INTERNET_DISCONNECTED|401/);
  const context = await newContext({ storageState: await signedIn("viewer") });
  const page = await context.newPage();
  await openList(page);
  const box = await openPalette(page);
  await box.fill("no such node anywhere");
  await expect(palette(page).getByRole("status")).toHaveText(PALETTE.nothing("no such node anywhere"));
  await context.setOffline(true);
  await box.fill("compute");
  await expect(palette(page).getByRole("status")).toHaveText(PALETTE.failed);
  await context.setOffline(false);
  await box.fill("compute-west");
  await expect(palette(page).getByRole("status")).toHaveText(PALETTE.more(20));
  await context.clearCookies();
  await box.fill("compute-west-0");
  await expect(palette(page).getByRole("status")).toHaveText(PALETTE.signedOut);
  const stranger = await newContext({ baseURL: region.url });
  expect((await stranger.request.get("/api/v1/nodes/search?q=compute")).status()).toBe(401);
});
