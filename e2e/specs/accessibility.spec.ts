import { TAGS } from "@/lib/messages/tags";
import { NODE_TABS } from "@/lib/messages/node";
import { expectNothingFound } from "../axe";
import { dialog, openList, select, toolbar } from "../console";
import { expect, test } from "../fixtures";
import { nodeNamed } from "../records";

test("axe finds nothing on the pages before the sign-in", async ({ newContext }) => {
  const page = await (await newContext()).newPage();
  for (const path of ["/login", "/login/link", "/login/set-up"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectNothingFound(page, path);
  }
});

test("axe finds nothing on the pages of the console", async ({ region, viewer: page }) => {
  const overviews = await Promise.all(["compute-west-02", "compute-west-14"].map((name) => nodeNamed(region, name)));
  const failed = await nodeNamed(region, "compute-west-09");
  const paths = [
    "/nodes",
    "/nodes?filter=inadequate,inMaintenance&out=1",
    "/events",
    "/alarms",
    "/alarms/new",
    "/alarms/mutes",
    `/nodes/${failed.id}/events`,
  ];
  for (const path of [...paths, ...overviews.map(({ id }) => `/nodes/${id}/overview`)]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectNothingFound(page, path);
  }
});

test("axe finds nothing on the tabs of a node, and with their rows open", async ({ region, viewer: page }) => {
  test.slow();
  const { id } = await nodeNamed(region, "gpu-west-02");
  for (const tab of Object.keys(NODE_TABS)) {
    await page.goto(`/nodes/${id}/${tab}`);
    await expect(page.getByRole("navigation", { name: "About gpu-west-02" })).toBeVisible();
    await expectNothingFound(page, `the tab ${tab}`);
  }
  await page.goto(`/nodes/${id}/links`);
  await page.getByRole("button", { name: "Expand all" }).click();
  await expectNothingFound(page, "links with their interfaces");
  await page.goto(`/nodes/${id}/events`);
  await page
    .getByRole("button", { name: /^Details of event/ })
    .first()
    .click();
  await page.getByText("Raw JSON").click();
  await expectNothingFound(page, "an event with its details");
  const bare = await nodeNamed(region, "compute-west-32");
  await page.goto(`/nodes/${bare.id}/vms`);
  await expectNothingFound(page, "a node without a hypervisor");
});

test("axe finds nothing while a tag is typed, refused and added", async ({ region, operator: page }) => {
  const { id } = await nodeNamed(region, "gpu-west-02");
  await page.goto(`/nodes/${id}/overview`);
  await page.getByRole("button", { name: TAGS.add }).click();
  await expect(page.getByRole("option").first()).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expectNothingFound(page, "the list of tags");
  const field = page.getByRole("combobox", { name: TAGS.add });
  await field.fill("x".repeat(65));
  await field.press("Enter");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expectNothingFound(page, "a refused tag");
});

test("axe finds nothing on the page of an Inadequate node", async ({ region, viewer: page }) => {
  const { id } = await nodeNamed(region, "compute-west-35");
  await page.goto(`/nodes/${id}/overview`);
  await expect(page.getByText("Not met")).toBeVisible();
  await expectNothingFound(page, "an Inadequate node");
});

test("axe finds nothing where there is no such page", async ({ viewer: page, watch }) => {
  watch.allow(/404/);
  await page.goto("/nodes/00000000-0000-4000-8000-000000000000/overview");
  await expect(page.getByText("There is no such page")).toBeVisible();
  await expectNothingFound(page, "no such node");
});

test("axe finds nothing in the menus and with a node selected", async ({ admin: page }) => {
  await openList(page);
  await select(page, "compute-west-01");
  await expectNothingFound(page, "a node selected");
  await toolbar(page)
    .getByRole("button", { name: /^Actions/ })
    .click();
  await expect(page.getByRole("menu")).toBeVisible();
  await expectNothingFound(page, "the menu Actions");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Account/ }).click();
  await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
  await expectNothingFound(page, "the account's menu");
});

test("axe finds nothing in the settings, the command palette and the sheet of keys", async ({ region, admin: page }) => {
  test.slow();
  for (const path of ["/settings/appearance", "/settings/about"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectNothingFound(page, path);
  }
  await page.keyboard.press("?");
  await expect(dialog(page, "Keyboard shortcuts")).toBeVisible();
  await expectNothingFound(page, "the sheet of keys");
  await page.keyboard.press("Escape");
  const { id } = await nodeNamed(region, "compute-west-06");
  await page.goto(`/nodes/${id}/overview`);
  await expect(page.getByRole("heading", { name: "compute-west-06", level: 1 })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+k");
  const palette = dialog(page, "Search or jump to");
  await expect(palette.getByRole("option").first()).toBeVisible();
  await expectNothingFound(page, "the palette");
  await palette.getByRole("combobox").fill("join compute-west-0");
  await expect(palette.getByText("Not possible").first()).toBeVisible();
  await expectNothingFound(page, "the palette, refused commands");
  await palette.getByRole("combobox").fill("nothing at all");
  await expect(palette.getByRole("status")).toContainText("Nothing matches");
  await expectNothingFound(page, "the palette, empty");
});
