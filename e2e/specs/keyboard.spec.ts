import type { Locator, Page } from "@playwright/test";
import { DIALOGS, FIELDS, TOASTS } from "@/lib/messages/mission";
import { candidate } from "../candidates";
import { dialog, openList, row, toast } from "../console";
import { expect, test } from "../fixtures";
import { nodeNamed } from "../records";

const focused = (target: Locator): Promise<boolean> => target.evaluate((element) => element === document.activeElement);

/** Goes on by Tab until the focus is there. */
async function tabTo(page: Page, target: Locator, key = "Tab"): Promise<void> {
  for (let presses = 0; presses < 120; presses += 1) {
    if (await focused(target)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`The focus never came to ${String(target)}.`);
}

test("a server is added without a mouse, and the focus comes back to where it began", async ({ region, operator: page }) => {
  const server = await region.servers.fresh();
  await openList(page);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  const opener = page.getByRole("button", { name: "+ Add Candidate" });
  await tabTo(page, opener);
  await page.keyboard.press("Enter");
  const add = dialog(page, DIALOGS.add.title);
  await expect(add.getByLabel(FIELDS.ip)).toBeFocused();
  await page.keyboard.type(server.ip);
  await tabTo(page, add.getByLabel(FIELDS.user));
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(server.credentials.user);
  await tabTo(page, add.getByLabel(new RegExp(`^${FIELDS.password}`)));
  await page.keyboard.type(server.credentials.password);
  const trust = add.getByRole("radio", { name: "The fingerprint matches" });
  await expect(trust).toBeVisible();
  await tabTo(page, trust);
  await page.keyboard.press("Space");
  await expect(trust).toBeChecked();
  await tabTo(page, add.getByRole("button", { name: DIALOGS.add.next }));
  await page.keyboard.press("Enter");
  await expect(add.getByRole("button", { name: DIALOGS.add.submit })).toBeVisible();
  await expect(add.getByRole("checkbox").first()).toBeFocused();
  await tabTo(page, add.getByRole("button", { name: DIALOGS.add.submit }));
  await page.keyboard.press("Enter");
  await expect(add).toBeHidden();
  await expect(opener).toBeFocused();
  await expect(toast(page, TOASTS.added)).toBeVisible();
});

test("a candidate joins without a mouse, from the menu of its line", async ({ region, operator: page }) => {
  const server = await region.servers.fresh();
  await candidate(region, page, server);
  await openList(page, "?filter=candidate");
  const opener = page.getByRole("button", { name: `Actions for ${server.name}`, exact: true });
  await page.getByRole("button", { name: /^Candidate \d+$/ }).focus();
  // The grid is one Tab stop: within it the arrows lead on.
  await tabTo(page, page.getByRole("grid").getByRole("rowheader").first().getByRole("link"));
  while (!(await focused(row(page, server.name).getByRole("link")))) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Shift+F10");
  await expect(page.getByRole("menu")).toBeVisible();
  while (!(await focused(page.getByRole("menuitem", { name: "Join", exact: true })))) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Escape");
  await expect(opener).toBeFocused();
  await page.keyboard.press("Enter");
  while (!(await focused(page.getByRole("menuitem", { name: "Join", exact: true })))) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const join = dialog(page, DIALOGS.join.title);
  await tabTo(page, join.getByRole("button", { name: DIALOGS.join.submit }));
  await page.keyboard.press("Enter");
  await expect(join.getByRole("alert")).toHaveText(`Join ${server.name} as Worker?`);
  await tabTo(page, join.getByRole("button", { name: DIALOGS.join.submit }));
  await page.keyboard.press("Space");
  await expect(join).toBeHidden();
  await expect(opener).toBeFocused();
  await expect(toast(page, TOASTS.joined)).toBeVisible({ timeout: 30_000 });
});

test("Escape asks before it throws away what was typed", async ({ operator: page }) => {
  await openList(page);
  const opener = page.getByRole("button", { name: "+ Add Candidate" });
  await opener.press("Enter");
  const add = dialog(page, DIALOGS.add.title);
  await expect(add.getByLabel(FIELDS.ip)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(add).toBeHidden();
  await expect(opener).toBeFocused();

  await opener.press("Enter");
  await expect(add.getByLabel(FIELDS.ip)).toBeFocused();
  await page.keyboard.type("10.20.");
  await page.keyboard.press("Escape");
  await expect(add.getByRole("alert")).toContainText("Discard what you typed?");
  await expect(add.getByRole("button", { name: "Keep editing" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(add.getByLabel(FIELDS.ip)).toHaveValue("10.20.");
  await expect(add.getByLabel(FIELDS.ip)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(add.getByRole("button", { name: "Keep editing" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(add.getByRole("button", { name: "Discard" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(add).toBeHidden();
  await expect(opener).toBeFocused();
});

test("the open dialog stands in the address: Back closes it, a pasted link and a reload open it", async ({ region, operator: page }) => {
  const { id } = await nodeNamed(region, "storage-west-01");
  await openList(page);
  await row(page, "storage-west-01").getByRole("button", { name: "Actions for storage-west-01" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  const rename = dialog(page, DIALOGS.rename.title);
  await expect(rename).toBeVisible();
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ do: "rename", node: id });
  const link = page.url();
  await page.goBack();
  await expect(rename).toBeHidden();
  await expect(page).toHaveURL(/\/nodes$/);
  await page.goForward();
  await expect(rename).toBeVisible();
  await page.reload();
  await expect(rename.getByLabel(new RegExp(`^${FIELDS.name}`))).toHaveValue("storage-west-01");
  await rename.getByRole("button", { name: "Cancel" }).click();
  await expect(page).toHaveURL(/\/nodes$/);
  await page.goto("/events");
  await page.goto(link);
  await expect(rename).toBeVisible();
  await page.goto(`/nodes/${id}/overview?do=rename&node=${id}`);
  await expect(rename).toBeVisible();
});
