import type { Locator, Page } from "@playwright/test";
import { TAGS } from "@/lib/messages/tags";
import { openNode, toast } from "../console";
import { expect, test } from "../fixtures";

const tags = (page: Page): Locator => page.getByRole("list", { name: "Tags", exact: true }).getByRole("listitem");
const combobox = (page: Page): Locator => page.getByRole("combobox", { name: TAGS.add });

test("tags are added, removed and taken back, and everybody sees it", async ({ region, operator: page, viewer }) => {
  test.slow();
  const name = "storage-west-03";
  const id = await openNode(region, page, name);
  await openNode(region, viewer, name);
  const [before] = await region.sql<{ tags: string[]; version: number }>("SELECT tags, version FROM node WHERE id = $1", [id]);
  await expect(tags(page)).toHaveText(before?.tags ?? []);

  await page.getByRole("button", { name: TAGS.add }).press("Enter");
  await expect(combobox(page)).toBeFocused();
  const options = page.getByRole("listbox", { name: "Tags" }).getByRole("option");
  await expect(options.filter({ hasText: "gpu" })).toHaveText(/gpu4 nodes/);
  await expect(options.filter({ hasText: "storage" })).toHaveCount(0);
  await page.keyboard.type("gp");
  await page.keyboard.press("ArrowDown");
  await expect(combobox(page)).toHaveAttribute("aria-activedescendant", /.+/);
  await page.keyboard.press("Enter");
  await expect(toast(page, TAGS.added(["gpu"]))).toBeVisible();
  await expect(page.getByRole("button", { name: TAGS.add })).toBeFocused();
  await expect(tags(page).filter({ hasText: "gpu" })).toHaveCount(1);
  await expect(tags(viewer).filter({ hasText: "gpu" })).toHaveCount(1);
  await page.getByRole("button", { name: TAGS.undo }).click();
  await expect(tags(page)).toHaveText(before?.tags ?? []);
  await expect(tags(viewer)).toHaveText(before?.tags ?? []);

  await page.getByRole("button", { name: TAGS.add }).click();
  await combobox(page).fill(`fine, ${"x".repeat(65)}`);
  await page.keyboard.press("Enter");
  await expect(combobox(page)).toHaveAccessibleDescription(/has 65 characters; a tag has at most 64\./);
  await expect(combobox(page)).toHaveValue(`fine, ${"x".repeat(65)}`);
  await combobox(page).fill("owner=render, zone b");
  await page.keyboard.press("Enter");
  await expect(tags(page)).toHaveText([...(before?.tags ?? []), "owner=render", "zone b"]);

  await page.getByRole("button", { name: TAGS.add }).click();
  await page.keyboard.press("Escape");
  await expect(combobox(page)).toBeHidden();
  await expect(page.getByRole("button", { name: TAGS.add })).toBeFocused();

  await page.getByRole("button", { name: TAGS.remove("owner=render") }).press("Enter");
  await expect(tags(page)).toHaveText([...(before?.tags ?? []), "zone b"]);
  await expect(page.getByRole("button", { name: TAGS.add })).toBeFocused();
  await page
    .getByRole("listitem")
    .filter({ hasText: TAGS.removed(["owner=render"]) })
    .getByRole("button", { name: TAGS.undo })
    .click();
  await expect(tags(page)).toHaveText([...(before?.tags ?? []), "zone b", "owner=render"]);

  const [after] = await region.sql<{ version: number }>("SELECT version FROM node WHERE id = $1", [id]);
  expect(after?.version).toBe(before?.version);
  const recorded = await region.sql<{ message: string }>(
    "SELECT message FROM event WHERE node_id = $1 AND kind = 'node.tagged' ORDER BY id",
    [id],
  );
  expect(recorded.map(({ message }) => message)).toEqual([
    TAGS.changed("Olga Operator", name, ["gpu"], []),
    TAGS.changed("Olga Operator", name, [], ["gpu"]),
    TAGS.changed("Olga Operator", name, ["owner=render", "zone b"], []),
    TAGS.changed("Olga Operator", name, [], ["owner=render"]),
    TAGS.changed("Olga Operator", name, ["owner=render"], []),
  ]);
  await expect(viewer.getByRole("button", { name: TAGS.add })).toHaveAccessibleDescription("You need the Operator role.");
  await expect(viewer.getByRole("button", { name: TAGS.remove("zone b") })).toHaveAccessibleDescription("You need the Operator role.");
});
