import type { Page } from "@playwright/test";
import { dialog, openList } from "../console";
import { expect, test } from "../fixtures";
import { nodeNamed } from "../records";

const sheet = (page: Page) => dialog(page, "Keyboard shortcuts");

/** Other tests know the console as it is delivered. */
test.afterEach(({ region }) => region.sql(`UPDATE "user" SET preferences = '{}'`));

/** What the page is asked for by keys that others own. */
async function calls(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    window.addEventListener("regent:shortcut", (event) => heard.push(String((event as CustomEvent).detail)));
  });
  return () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
}

test("keys go to the pages, and ask those who own the rest", async ({ viewer: page }) => {
  await openList(page);
  await page.keyboard.press("g");
  await page.keyboard.press("e");
  await expect(page).toHaveURL(/\/events$/);
  await expect(page.getByRole("heading", { name: "Events", level: 1 })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await expect(page).toHaveURL(/\/settings\/appearance$/);
  await expect(page.getByRole("heading", { name: "Settings", level: 1 })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("n");
  await expect(page).toHaveURL(/\/nodes$/);
  await expect(page.getByRole("heading", { name: "Nodes", level: 1 })).toBeVisible();
  const heard = await calls(page);
  // Escape leaves the drawer that "o" opens; in the filter that "/" leads to, letters are letters.
  for (const key of ["[", "]", "Control+o", "Alt+/", "x", "o"]) await page.keyboard.press(key);
  await expect(page.getByRole("dialog", { name: "Operations" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "Operations" })).toBeHidden();
  for (const key of ["/", "o"]) await page.keyboard.press(key);
  expect(await heard()).toEqual(["previous", "next", "operations", "filter"]);
});

test("the sheet lists every key, closes by Escape and gives the focus back", async ({ viewer: page }) => {
  await openList(page);
  const opener = page.getByRole("button", { name: /^Account/ });
  await opener.focus();
  await page.keyboard.press("?");
  await expect(sheet(page)).toBeVisible();
  for (const title of ["Anywhere, with single keys", "In the list of nodes"])
    await expect(sheet(page).getByRole("region", { name: title })).toBeVisible();
  const heard = await calls(page);
  await page.keyboard.press("o");
  await page.keyboard.press("?");
  expect(await heard()).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(sheet(page)).toBeHidden();
  await expect(opener).toBeFocused();
});

test("single keys are letters while somebody types, and do nothing under a dialog or a menu", async ({ region, operator: page }) => {
  const { id } = await nodeNamed(region, "compute-west-02");
  await openList(page, `?do=rename&node=${id}`);
  const name = page.getByRole("dialog").getByLabel(/^Name/);
  await name.fill("");
  await name.pressSequentially("go/?");
  await expect(name).toHaveValue("go/?");
  await expect(sheet(page)).toBeHidden();
  await page.keyboard.press("Control+k");
  await expect(dialog(page, "Search or jump to")).toBeHidden();
  await openList(page);
  await page.getByRole("button", { name: "Actions for compute-west-02" }).click();
  await expect(page.getByRole("menu")).toBeVisible();
  const heard = await calls(page);
  await page.keyboard.press("o");
  expect(await heard()).toEqual([]);
});

test("single keys can be switched off; the sheet says so, and the palette's key stays", async ({ newContext, signedIn, region }) => {
  const context = await newContext({ storageState: await signedIn("admin") });
  const page = await context.newPage();
  await page.goto("/settings/appearance");
  await page.getByRole("checkbox", { name: "Single-key shortcuts" }).uncheck();
  await page.getByRole("heading", { name: "Settings", level: 1 }).click();
  await page.keyboard.press("?");
  await page.keyboard.press("g");
  await page.keyboard.press("n");
  await expect(sheet(page)).toBeHidden();
  await page.getByRole("button", { name: "Show keyboard shortcuts" }).click();
  await expect(sheet(page)).toContainText("Single-key shortcuts are off.");
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/settings\/appearance$/);
  await page.keyboard.press("ControlOrMeta+k");
  await expect(dialog(page, "Search or jump to")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("checkbox", { name: "Single-key shortcuts" }).check();
  await expect
    .poll(() => region.sql(`SELECT preferences->>'singleKeys' AS keys FROM "user" WHERE email LIKE 'ada@%'`))
    .toEqual([{ keys: "true" }]);
});
