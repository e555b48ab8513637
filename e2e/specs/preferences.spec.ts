import type { Page } from "@playwright/test";
import { row } from "../console";
import { expect, signIn, test } from "../fixtures";
import { PASSWORD, PEOPLE, type Region } from "../region";

const stored = async (region: Region, email: string) =>
  (await region.sql<{ preferences: object }>(`SELECT preferences FROM "user" WHERE email = $1`, [email]))[0]?.preferences;

/** Other tests know the console as it is delivered. */
test.afterEach(({ region }) => region.sql(`UPDATE "user" SET preferences = '{}'`));

/** What the page's root hands down to every row. */
const rowHeight = (page: Page) => row(page, "compute-west-01").evaluate((line) => getComputedStyle(line).getPropertyValue("--row-height"));

test("density is chosen in the account's menu, holds at once, for the next page's first markup, and in another browser", async ({
  region,
  viewer: page,
  newContext,
}) => {
  await page.goto("/nodes");
  await expect(row(page, "compute-west-01")).toBeVisible();
  expect(await rowHeight(page)).toBe("36px");
  await page.getByRole("button", { name: /^Account/ }).click();
  await page.getByRole("radio", { name: "Compact" }).check({ force: true });
  await expect.poll(() => rowHeight(page)).toBe("28px");
  await expect.poll(() => stored(region, PEOPLE.viewer.email)).toEqual({ density: "compact" });
  const markup = await (await page.request.get("/nodes")).text();
  expect(markup).toContain('data-density="compact"');

  const elsewhere = await (await newContext()).newPage();
  await signIn(elsewhere, PEOPLE.viewer.email, PASSWORD);
  await expect(row(elsewhere, "compute-west-01")).toBeVisible();
  expect(await rowHeight(elsewhere)).toBe("28px");
});

test("the time zone of the settings holds for every moment that is written out", async ({ region, newContext, signedIn }) => {
  const context = await newContext({ storageState: await signedIn("operator"), timezoneId: "Asia/Tokyo" });
  const page = await context.newPage();
  await page.goto("/settings");
  await expect(page).toHaveURL(/\/settings\/appearance$/);
  await expect(page.getByRole("link", { name: "Settings", exact: true }).first()).toHaveAttribute("aria-current", "page");
  await expect(page.getByText(/^This page was opened at .* GMT\+9\.$/)).toBeVisible();
  await page.getByText("UTC", { exact: true }).click();
  await expect(page.getByText(/^This page was opened at .* UTC\.$/)).toBeVisible();
  await expect.poll(() => stored(region, PEOPLE.operator.email)).toEqual({ timeZone: "utc" });
  await page.goto("/events");
  await expect(page.locator("time").first()).toHaveAttribute("title", / UTC$/);
});

test("what could not be saved holds in the tab, is told once, and goes along with the next change", async ({
  region,
  secondAdmin: page,
  watch,
}) => {
  watch.allow(/ERR_INTERNET_DISCONNECTED/);
  await page.goto("/settings/appearance");
  await expect(page.getByText(/^This page was opened at/)).toBeVisible();
  // The page has what it needs to tell of a lost connection before there is one.
  await expect(page.getByRole("region", { name: /^Notifications/ })).toBeAttached();
  await page.context().setOffline(true);
  await page.getByText("Comfortable", { exact: true }).click();
  await expect(page.getByText("Your preferences could not be saved.")).toHaveCount(1);
  await page.getByRole("checkbox", { name: "Single-key shortcuts" }).uncheck();
  await expect(page.getByRole("radio", { name: "Comfortable" })).toBeChecked();
  await page.context().setOffline(false);
  await page.getByText("UTC", { exact: true }).click();
  await expect(page.getByRole("radio", { name: "UTC" })).toBeChecked();
  await expect.poll(() => stored(region, PEOPLE.secondAdmin.email)).toEqual({ density: "comfortable", singleKeys: false, timeZone: "utc" });
  await expect(page.getByText("Your preferences could not be saved.")).toHaveCount(1);
});

test("About names the versions and the worker that lives", async ({ viewer: page }) => {
  await page.goto("/settings/about");
  await expect(page.getByText(/^PostgreSQL \d+/)).toBeVisible();
  await expect(page.getByRole("region", { name: "Workers", exact: true }).getByRole("row")).toHaveCount(2);
  await expect(page.getByRole("row").last()).toContainText("just now");
});
