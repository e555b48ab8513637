import type { Page, Request } from "@playwright/test";
import { FILTER_BAR } from "@/lib/messages/list";
import { DIALOGS } from "@/lib/messages/mission";
import { MONITORING } from "@/lib/messages/monitoring";
import { command, dialog, openList, openNode, row } from "../console";
import { expect, test } from "../fixtures";

/** The router fetches a page by this header; what it fetches ahead has another one beside it. */
const isPage = (request: Request): boolean => "rsc" in request.headers() && !("next-router-prefetch" in request.headers());

/** The moments of an hour by ten seconds, and of half of one; the last may still be on its way. */
const WHOLE = /^3(59|60)$/;
const HALF = /^1(79|80)$/;

/** Holds what the router fetches back until it is let go. */
async function hold(page: Page): Promise<{ held: () => number; letGo: () => Promise<void> }> {
  let held = 0;
  let letGo = () => undefined as void;
  const open = new Promise<void>((resolve) => (letGo = resolve));
  await page.route("**/nodes/**", async (route) => {
    if (!isPage(route.request())) return route.fallback();
    held += 1;
    await open;
    await route.continue();
  });
  return {
    held: () => held,
    letGo: async () => {
      letGo();
      await page.unrouteAll({ behavior: "wait" });
    },
  };
}

test("what is pressed while the page is read again is drawn at once, and stays when it has been read", async ({
  region,
  operator: page,
}) => {
  const name = "compute-west-13";
  const id = await openNode(region, page, name, "monitoring");
  const slider = page.getByRole("slider", { name: MONITORING.moment("Load") });
  await expect(slider).toHaveAttribute("max", WHOLE);
  const { held, letGo } = await hold(page);
  const call = (as: string) => region.sql("UPDATE node SET name = $2, version = version + 1 WHERE id = $1", [id, as]);
  await call("renamed-meanwhile");
  await expect.poll(held).toBe(1);
  await page.getByRole("button", { name: MONITORING.zoomIn }).click();
  await expect(slider).toHaveAttribute("max", HALF);
  await page.getByRole("button", { name: "Rename", exact: true }).click();
  const asking = dialog(page, DIALOGS.rename.title);
  await expect(asking).toBeVisible();
  const address = page.url();
  expect(address).toMatch(/from=.*&to=.*&do=rename/);

  await letGo();
  await expect(page.getByRole("heading", { name: "renamed-meanwhile", level: 1 })).toBeVisible();
  await expect(asking).toBeVisible();
  expect(page.url()).toBe(address);

  await page.goBack();
  await expect(asking).toBeHidden();
  await expect(slider).toHaveAttribute("max", HALF);
  await page.goBack();
  await expect(slider).toHaveAttribute("max", WHOLE);
  await expect(page).toHaveURL(`${region.url}/nodes/${id}/monitoring`);
  await page.goForward();
  await expect(slider).toHaveAttribute("max", HALF);
  await call(name);
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  await expect(page).toHaveURL(/from=[^&]+&to=[^&]+$/);
});

test("no dialog, filter or range asks the server for a page, and Back from another page finds the query again", async ({
  region,
  operator: page,
}) => {
  await openList(page);
  const fetched: string[] = [];
  page.on("request", (request) => isPage(request) && fetched.push(request.url()));
  await page.getByRole("combobox", { name: FILTER_BAR.label }).fill("compute-west");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\?q=compute-west$/);
  await command(page, "compute-west-13", "Rename");
  await expect(dialog(page, DIALOGS.rename.title)).toBeVisible();
  await page.goBack();
  await expect(dialog(page, DIALOGS.rename.title)).toBeHidden();
  await expect(page).toHaveURL(/\?q=compute-west$/);
  expect(fetched).toEqual([]);

  await row(page, "compute-west-13").getByRole("link", { name: "compute-west-13", exact: true }).click();
  await expect(page).toHaveURL(/\/overview$/);
  await page.goBack();
  await expect(page).toHaveURL(`${region.url}/nodes?q=compute-west`);
  await expect(row(page, "compute-west-13")).toBeVisible();
  const conditions = page.getByRole("list", { name: FILTER_BAR.conditions }).getByRole("listitem");
  await expect(conditions).toHaveText(["compute-west"]);
  // A link to the same page without a query shows it without one.
  await page.getByRole("navigation").getByRole("link", { name: "Nodes", exact: true }).first().click();
  await expect(page).toHaveURL(`${region.url}/nodes`);
  await expect(conditions).toHaveCount(0);
  await page.reload();
  await expect(page).toHaveURL(`${region.url}/nodes`);
});

test("a link to the page that is open already changes nothing of what the page keeps later", async ({ region, operator: page }) => {
  const name = "compute-west-14";
  const id = await openNode(region, page, name, "monitoring");
  const slider = page.getByRole("slider", { name: MONITORING.moment("Load") });
  await page.getByRole("link", { name: "Monitoring", exact: true }).click();
  await page.getByRole("button", { name: MONITORING.zoomIn }).click();
  await expect(slider).toHaveAttribute("max", HALF);
  const address = page.url();
  await region.sql("UPDATE node SET name = $2, version = version + 1 WHERE id = $1", [id, "renamed-later"]);
  await expect(page.getByRole("heading", { name: "renamed-later", level: 1 })).toBeVisible();
  expect(page.url()).toBe(address);
  await expect(slider).toHaveAttribute("max", HALF);
  await region.sql("UPDATE node SET name = $2, version = version + 1 WHERE id = $1", [id, name]);
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  await page.goBack();
  await expect(slider).toHaveAttribute("max", WHOLE);
  await expect(page).toHaveURL(`${region.url}/nodes/${id}/monitoring`);
});

test("the link past the header leaves an entry that Back finds again", async ({ region, operator: page }) => {
  await openList(page);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${region.url}/nodes#main`);
  await row(page, "compute-west-13").getByRole("link", { name: "compute-west-13", exact: true }).click();
  await expect(page).toHaveURL(/\/overview$/);
  await page.goBack();
  await expect(row(page, "compute-west-13")).toBeVisible();
  await expect(page).toHaveURL(`${region.url}/nodes#main`);
});
