import type { Page } from "@playwright/test";
import { FLEET } from "@/lib/demo/fleet";
import { compareIPv4 } from "@/lib/domain/address";
import { COMMANDS } from "@/lib/domain/lifecycle";
import { COLUMN_IDS, type ColumnId } from "@/lib/domain/node-sort";
import { compareNames } from "@/lib/domain/units";
import { COLUMNS, LIST, SELECTION } from "@/lib/messages/list";
import { cellOf, openList, row, select, toolbar } from "../console";
import { expect, test } from "../fixtures";

const grid = (page: Page) => page.getByRole("grid", { name: "Nodes" });
const head = (page: Page, id: ColumnId) => page.getByRole("columnheader", { name: COLUMNS[id].header, exact: true });
const names = (page: Page) => grid(page).getByRole("rowheader").allInnerTexts();

/** What a column shows, from the first row to the last. */
async function column(page: Page, id: ColumnId): Promise<string[]> {
  const at = await head(page, id).getAttribute("aria-colindex");
  return grid(page).locator(`tbody [aria-colindex="${at}"]`).allInnerTexts();
}

async function sortBy(page: Page, id: ColumnId, direction: "ascending" | "descending"): Promise<void> {
  for (;;) {
    const is = (await head(page, id).getAttribute("aria-sort")) ?? "";
    if (is === direction) return;
    await head(page, id).getByRole("button").click();
    await expect(head(page, id)).not.toHaveAttribute("aria-sort", is);
  }
}

test("the list has the fourteen columns in their order, and a row for every server of the region", async ({ region, viewer }) => {
  await openList(viewer);
  await expect(viewer.getByRole("columnheader").getByRole("button")).toHaveText(COLUMN_IDS.map((id) => COLUMNS[id].header));
  expect(COLUMN_IDS).toEqual(Object.keys(COLUMNS));
  const nodes = await region.sql<{ name: string; ip: string }>("SELECT name, ip FROM node WHERE status <> 'Out'");
  expect(nodes.map(({ ip }) => ip)).toEqual(expect.arrayContaining(FLEET.filter(({ status }) => status !== "Out").map(({ ip }) => ip)));
  await expect.poll(() => names(viewer)).toEqual(nodes.map(({ name }) => name).toSorted(compareNames));
  await expect(await cellOf(viewer, "compute-west-01", "candidate")).toHaveText("No");
  await expect(await cellOf(viewer, "compute-west-01", "ip")).toHaveText("127.20.1.4");
  await expect(await cellOf(viewer, "compute-west-01", "vmMemoryTotal")).toHaveText(/GiB$/);
  await expect(await cellOf(viewer, "compute-west-31", "candidate")).toHaveText("Yes");
  await expect(await cellOf(viewer, "compute-west-01", "tags")).toHaveText(/rack-/);
});

test("every column sorts both ways; names in natural order, addresses by number, what is not known last", async ({ viewer }) => {
  await openList(viewer);
  for (const id of COLUMN_IDS) {
    await sortBy(viewer, id, "ascending");
    await expect(grid(viewer).locator("[aria-sort$=ending]")).toHaveCount(1);
    await sortBy(viewer, id, "descending");
  }
  await sortBy(viewer, "ip", "ascending");
  const ips = await column(viewer, "ip");
  expect(ips).toEqual(ips.toSorted(compareIPv4));
  expect(ips.indexOf("127.20.1.9")).toBeLessThan(ips.indexOf("127.20.1.10"));
  for (const direction of ["ascending", "descending"] as const) {
    await sortBy(viewer, "vmMemoryTotal", direction);
    const cells = await column(viewer, "vmMemoryTotal");
    const unknown = cells.findIndex((text) => text.includes("—"));
    expect(unknown).toBeGreaterThan(0);
    expect(cells.slice(unknown).every((text) => text.includes("—"))).toBe(true);
  }
  await viewer.reload();
  await expect(head(viewer, "vmMemoryTotal")).toHaveAttribute("aria-sort", "descending");
});

test("four chips filter and count; several are a union; the address restores them; what is hidden is told", async ({ region, viewer }) => {
  await openList(viewer);
  const rows = grid(viewer).getByRole("rowheader");
  await expect(rows.first()).toBeVisible();
  const all = await rows.count();
  const chip = (label: string) => viewer.getByRole("button", { name: new RegExp(`^${label} ?\\d+$`) });
  const counts: Record<string, number> = {};
  for (const label of ["Active", "Candidate", "Inadequate", "In Maintenance"]) {
    const count = Number(/\d+$/.exec((await chip(label).textContent()) ?? "")?.[0]);
    await chip(label).click();
    await expect(chip(label)).toHaveAttribute("aria-pressed", "true");
    await expect(rows).toHaveCount(count);
    await expect(viewer.getByText(LIST.hiddenByChips(all - count))).toBeVisible();
    await chip(label).click();
    await expect(rows).toHaveCount(all);
    counts[label] = count;
  }
  const [recorded] = await region.sql(
    `SELECT count(*) FILTER (WHERE status = 'Active')::int AS "Active", count(*) FILTER (WHERE status = 'Inadequate')::int AS "Inadequate",
            count(*) FILTER (WHERE status = 'InMaintenance')::int AS "In Maintenance" FROM node`,
  );
  expect(counts).toMatchObject(recorded ?? {});

  await chip("Inadequate").click();
  await chip("In Maintenance").click();
  const union = (counts["Inadequate"] ?? 0) + (counts["In Maintenance"] ?? 0);
  await expect(rows).toHaveCount(union);
  await viewer.reload();
  await expect(rows).toHaveCount(union);
  await expect(chip("Inadequate")).toHaveAttribute("aria-pressed", "true");

  await select(viewer, "compute-west-35");
  await chip("Inadequate").click();
  await expect(toolbar(viewer)).toContainText(SELECTION.hidden(1));
  await toolbar(viewer).getByRole("button", { name: "Show" }).click();
  await expect(rows).toHaveCount(all);
});

test("no candidate that matches: the three causes are named", async ({ viewer }) => {
  await openList(viewer, "?filter=candidate&q=name+%3D+nobody");
  await expect(viewer.getByText(LIST.noMatch)).toBeVisible();
  for (const cause of ["Hardware discovery not complete.", "Server is not network-reachable.", "Table filter excludes Candidate view."])
    await expect(viewer.getByText(cause)).toBeVisible();
  await viewer.getByRole("button", { name: LIST.clear }).click();
  await expect(row(viewer, "compute-west-01")).toBeVisible();
});

test("the toolbar keeps its shape, and every refused action says why in words that the server uses", async ({ operator: page }) => {
  await openList(page);
  const buttons = toolbar(page).getByRole("button");
  const shape = await toolbar(page).getByRole("button").allInnerTexts();
  await expect(buttons.first()).toHaveAccessibleDescription(SELECTION.nothing);
  await select(page, "compute-west-09");
  await expect(toolbar(page).getByRole("button", { name: "Join" })).toHaveAccessibleDescription(
    "Candidate actions need status Candidate; this node is Failed.",
  );
  await expect(toolbar(page).getByText("Candidate actions need status Candidate; this node is Failed.")).toBeVisible();
  await select(page, "compute-west-31");
  await expect(toolbar(page)).toContainText("2 of");
  await expect(toolbar(page).getByRole("button", { name: "Join" })).toHaveAccessibleDescription(SELECTION.exactlyOne);
  expect(await toolbar(page).getByRole("button").allInnerTexts()).toEqual(shape);
  await page.getByRole("button", { name: "Actions for compute-west-09" }).click();
  await expect(page.getByRole("menuitem")).toHaveCount(23);
  await expect(page.getByRole("menuitem", { name: COMMANDS.activate.label })).toHaveAccessibleDescription(
    "Activate needs status In maintenance.",
  );
  await expect(page.getByRole("menuitem", { name: COMMANDS.createAlarm.label })).not.toHaveAttribute("aria-disabled", "true");
});

test("all that match are selected at once, any one is deselected, and what the filter hides stays selected", async ({ viewer: page }) => {
  await openList(page, "?filter=active");
  const rows = grid(page).getByRole("rowheader");
  await expect(rows.first()).toBeVisible();
  const active = await rows.count();
  await page.getByRole("checkbox", { name: "Select all that are listed" }).check();
  await expect(toolbar(page)).toContainText(SELECTION.everything(active));
  await page.getByRole("checkbox", { name: "Select compute-west-02", exact: true }).uncheck();
  await expect(toolbar(page)).toContainText(`${active - 1} of`);
  await page.getByRole("button", { name: /^Active ?\d+$/ }).click();
  await page.getByRole("button", { name: /^Inadequate ?\d+$/ }).click();
  await expect(toolbar(page)).toContainText(SELECTION.hidden(active - 1));
  await toolbar(page).getByRole("button", { name: "Clear" }).click();
  await expect(toolbar(page)).toContainText(SELECTION.nothing);
});

test("the grid is one Tab stop; arrows, Home, End, Page keys, Space, Enter and Shift+F10 do what they do in a grid", async ({
  viewer: page,
}) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await openList(page);
  const order = await names(page);
  const link = (at: number) => page.getByRole("link", { name: order[at] ?? "", exact: true });
  await page.getByRole("button", { name: "Export CSV" }).focus();
  // Past the frame's scroll position nothing else is reachable by Tab: one press enters, one leaves.
  await expect(grid(page).locator("[tabindex='0']")).toHaveCount(1);
  await link(0).focus();
  await page.keyboard.press("ArrowDown");
  await expect(link(1)).toBeFocused();
  await page.keyboard.press("Space");
  await expect(page.getByRole("checkbox", { name: `Select ${order[1]}`, exact: true })).toBeChecked();
  await page.keyboard.press("Shift+ArrowDown");
  await expect(toolbar(page)).toContainText("2 of");
  await expect(link(2)).toBeFocused();
  await page.keyboard.press("End");
  await expect(page.getByRole("button", { name: `Actions for ${order[2]}` })).toBeFocused();
  await page.keyboard.press("Home");
  await expect(page.getByRole("checkbox", { name: `Select ${order[2]}`, exact: true })).toBeFocused();
  await page.keyboard.press("Control+End");
  await expect(page.getByRole("button", { name: /^Actions for / }).last()).toBeFocused();
  await page.keyboard.press("Control+Home");
  await expect(page.getByRole("checkbox", { name: `Select ${order[0]}`, exact: true })).toBeFocused();
  await page.keyboard.press("PageDown");
  await expect(page.getByRole("checkbox", { name: `Select ${order[0]}`, exact: true })).not.toBeFocused();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+F10");
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toBeHidden();
  await expect(page.getByRole("button", { name: `Actions for ${order[0]}` })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(toolbar(page)).toContainText(SELECTION.nothing);
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowUp");
  await expect(head(page, "name").getByRole("button")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(head(page, "name")).toHaveAttribute("aria-sort", "descending");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/nodes\/[0-9a-f-]{36}\/overview/);
});

test("Shift with an arrow selects that stretch and no other, whatever was chosen before", async ({ viewer: page }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await openList(page);
  const order = await names(page);
  const link = (at: number) => page.getByRole("link", { name: order[at] ?? "", exact: true });
  await link(2).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Escape");
  await expect(toolbar(page)).toContainText(SELECTION.nothing);
  await link(6).focus();
  await page.keyboard.press("Shift+ArrowDown");
  await expect(toolbar(page)).toContainText("2 of");
  for (const at of [6, 7]) await expect(page.getByRole("checkbox", { name: `Select ${order[at]}`, exact: true })).toBeChecked();
});

test("whoever scrolls away from the focused row is not taken back to it", async ({ viewer: page }) => {
  await page.setViewportSize({ width: 1280, height: 700 });
  await openList(page);
  const order = await names(page);
  await page.getByRole("link", { name: order[1] ?? "", exact: true }).focus();
  await grid(page).locator("tbody").hover();
  await page.mouse.wheel(0, 1200);
  await expect.poll(() => page.evaluate(() => document.querySelector(".nodes-grid")?.scrollTop ?? 0)).toBeGreaterThan(700);
  await page.mouse.wheel(0, 100);
  await expect.poll(() => page.evaluate(() => document.querySelector(".nodes-grid")?.scrollTop ?? 0)).toBeGreaterThan(750);
  // Arrows go on from where the focus is, and bring it into sight.
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("link", { name: order[2] ?? "", exact: true })).toBeFocused();
});

test("on a phone's width arrows go over the cells that are shown, and Tab comes back in", async ({ viewer: page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await openList(page);
  await page.getByRole("link", { name: (await names(page))[0] ?? "", exact: true }).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowUp");
  const column = () => page.evaluate(() => document.activeElement?.closest<HTMLElement>("[data-column]")?.dataset.column);
  expect(await column()).toBe("ip");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Tab");
  expect(await column()).toBe("ip");
});

test("columns move, widen and hide by keyboard and by panel; the address carries them to another reader", async ({
  operator: page,
  viewer,
}) => {
  await openList(page);
  await head(page, "vcpus").getByRole("button").focus();
  await page.keyboard.press("Control+Shift+ArrowLeft");
  await page.keyboard.press("Shift+ArrowRight");
  const expected = ["name", "candidate", "ip", "vcpus", "cpu"] as const;
  const heads = () => page.getByRole("columnheader").getByRole("button").allInnerTexts();
  await expect.poll(async () => (await heads()).slice(0, 5)).toEqual(expected.map((id) => COLUMNS[id].header));
  await page.getByRole("button", { name: LIST.columns }).click();
  const storage = page.getByRole("checkbox", { name: COLUMNS.storage.header, exact: true });
  await storage.click();
  await expect(storage).not.toBeChecked();
  await page.getByRole("button", { name: LIST.moveUp(COLUMNS.ip.header) }).click();
  await page.keyboard.press("Escape");
  await expect.poll(async () => (await heads()).slice(0, 3)).toEqual([COLUMNS.name.header, COLUMNS.ip.header, COLUMNS.candidate.header]);
  const shown = await heads();
  expect(shown).not.toContain(COLUMNS.storage.header);
  const { search } = new URL(page.url());
  expect(search).toContain("widths=vcpus");
  await openList(viewer, search);
  expect(await viewer.getByRole("columnheader").getByRole("button").allInnerTexts()).toEqual(shown);
  await page.getByRole("button", { name: LIST.columns }).click();
  await page.getByRole("button", { name: LIST.reset }).click();
  await expect(page.getByRole("columnheader").getByRole("button")).toHaveText(COLUMN_IDS.map((id) => COLUMNS[id].header));
});

test("while somebody points at the rows their order stands still, and what waits is told", async ({ region, viewer: page }) => {
  await openList(page, "?sort=-status");
  const before = await names(page);
  await grid(page).getByRole("rowheader").nth(3).hover();
  const moved = before.at(-1) ?? "";
  await region.sql("UPDATE node SET name = $1, version = version + 1 WHERE name = $2", ["aaa-renamed", moved]);
  await expect(page.getByText(/^Order paused · 1 change ·/)).toBeVisible();
  const during = await names(page);
  expect(during.slice(0, -1)).toEqual(before.slice(0, -1));
  expect(during.at(-1)).toBe("aaa-renamed");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect.poll(async () => (await names(page)).indexOf("aaa-renamed")).not.toBe(before.length - 1);
  await expect(page.getByText(/^Order paused/)).toBeHidden();
  await region.sql("UPDATE node SET name = $2, version = version + 1 WHERE name = $1", ["aaa-renamed", moved]);
});
