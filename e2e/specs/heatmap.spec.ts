import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import type axe from "axe-core";
import { COLORS } from "@/lib/domain/heatmap-colors";
import { NODE_STATUSES } from "@/lib/domain/status";
import { compareNames } from "@/lib/domain/units";
import { HEATMAP } from "@/lib/messages/heatmap";
import { LIST, SELECTION } from "@/lib/messages/list";
import { live, openList, row, toolbar } from "../console";
import { expect, test } from "../fixtures";
import type { Region } from "../region";

const grid = (page: Page) => page.getByRole("grid", { name: HEATMAP.grid });
const cell = (page: Page) => grid(page).getByRole("gridcell");
const legend = (page: Page) => page.getByRole("group", { name: HEATMAP.legend });
const state = (page: Page, label: string) => legend(page).getByRole("button", { name: new RegExp(`^${label} [0-9,]+$`) });
const header = (page: Page, label: string) => page.getByRole("button", { name: new RegExp(`^${label} ?[0-9,]+`), expanded: true });
const parameter = (page: Page, name: string) => new URL(page.url()).searchParams.get(name);

async function openHeatmap(page: Page, query = ""): Promise<void> {
  await page.goto(`/nodes?view=heatmap${query}`);
  await live(page);
  await expect(cell(page)).toBeVisible();
}

/** Names of the nodes of a status, in their order. */
async function named(region: Region, status: string): Promise<string[]> {
  const nodes = await region.sql<{ name: string }>("SELECT name FROM node WHERE status = $1", [status]);
  return nodes.map(({ name }) => name).toSorted(compareNames);
}

test("another view keeps the filter and the selection, and brings them back", async ({ operator: page }) => {
  await openList(page, "?q=name+%3A+compute");
  await page.getByRole("checkbox", { name: "Select compute-west-02", exact: true }).check();
  await page.getByText(LIST.views.heatmap, { exact: true }).click();
  await expect(cell(page)).toBeVisible();
  expect(parameter(page, "q")).toBe("name : compute");
  await expect(toolbar(page)).toContainText("compute-west-02");

  await cell(page).focus();
  const first = ((await cell(page).getAttribute("aria-label")) ?? "").split(",")[0] ?? "";
  await page.keyboard.press("Space");
  await expect(cell(page)).toHaveAttribute("aria-selected", "true");
  await expect(toolbar(page)).toContainText(/^.*2 of /);
  await page.keyboard.press("Shift+ArrowRight");
  const second = ((await cell(page).getAttribute("aria-label")) ?? "").split(",")[0] ?? "";
  await page.getByRole("button", { name: HEATMAP.asList }).click();
  for (const name of [first, second, "compute-west-02"])
    await expect(page.getByRole("checkbox", { name: `Select ${name}`, exact: true })).toBeChecked();
  expect(parameter(page, "view")).toBeNull();
});

test("keys go through the cells, whose names say what is seen", async ({ region, viewer: page }) => {
  await openHeatmap(page, "&color=memory");
  const failed = await named(region, "Failed");
  await expect(cell(page)).toHaveAccessibleName(new RegExp(`^${failed[0]}, Failed, .*${COLORS.memory.label} [0-9.]+ [GT]iB`));
  await page.keyboard.press("Tab");
  await cell(page).focus();
  await page.keyboard.press("ArrowRight");
  await expect(cell(page)).toHaveAccessibleName(new RegExp(`^${failed[1]}, `));
  await expect(cell(page)).toBeFocused();
  await page.keyboard.press("PageDown");
  const [fenced] = await named(region, "Fenced");
  await expect(cell(page)).toHaveAccessibleName(new RegExp(`^${fenced}, ${NODE_STATUSES.Fenced.label}`));
  await page.keyboard.press("ControlOrMeta+Home");
  await expect(cell(page)).toHaveAccessibleName(new RegExp(`^${failed[0]}, `));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowUp");
  await expect(cell(page)).toBeFocused();
  await expect(cell(page)).toHaveCount(1);
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: failed[0] ?? "" })).toBeVisible();
});

test("a click opens the node of the cell, and with Control it selects it", async ({ region, operator: page }) => {
  await openHeatmap(page);
  const [first, second] = await named(region, "Failed");
  const box = await cell(page).boundingBox();
  if (!box) throw new Error("The first cell is not drawn.");
  const beside = { x: box.x + box.width * 1.5 + 2, y: box.y + box.height / 2 };
  await page.mouse.move(beside.x, beside.y);
  await expect(page.getByRole("tooltip")).toContainText(second ?? "");
  await page.keyboard.down("Control");
  await page.mouse.click(beside.x, beside.y);
  await page.keyboard.up("Control");
  await expect(toolbar(page)).toContainText(second ?? "");
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await expect(page.getByRole("heading", { level: 1, name: first ?? "" })).toBeVisible();
});

test("the tooltip comes with the focus, and Escape takes it away", async ({ region, viewer: page }) => {
  await openHeatmap(page);
  const [failed] = await named(region, "Failed");
  await cell(page).focus();
  const tooltip = page.getByRole("tooltip");
  await expect(tooltip).toContainText(failed ?? "");
  for (const label of ["Failed", "CPU", "Memory", "Network Rx", "Network Tx"]) await expect(tooltip).toContainText(label);
  await page.keyboard.press("Escape");
  await expect(tooltip).toBeHidden();
  await page.keyboard.press("ArrowRight");
  await expect(tooltip).toBeVisible();
});

test("group, colour and label stand in the address, and a link shows the same", async ({ viewer: page }) => {
  await openHeatmap(page);
  await page.getByLabel(HEATMAP.colorBy).selectOption({ label: COLORS.storage.label });
  await page.getByLabel(HEATMAP.groupBy).selectOption({ label: "Memory" });
  await page.getByLabel(HEATMAP.label, { exact: true }).selectOption({ label: HEATMAP.labels.name });
  await expect.poll(() => page.url()).toContain("view=heatmap&group=memory&color=storage&label=name");
  await expect(page.getByRole("button", { name: /GiB( and more| to | ?[0-9])/ }).first()).toBeVisible();
  await page.getByText(HEATMAP.measures.usage, { exact: true }).click();
  await expect.poll(() => parameter(page, "group")).toBe("used-memory");
  await page.reload();
  await expect(page.getByRole("radio", { name: HEATMAP.measures.usage })).toBeChecked();
  await expect(page.getByLabel(HEATMAP.colorBy)).toHaveValue("storage");
  await page.getByLabel(HEATMAP.groupBy).selectOption({ label: HEATMAP.tag("rack-") });
  await expect(header(page, "rack-A")).toBeVisible();
  await expect.poll(() => parameter(page, "group")).toBe("tag:rack-");
});

test("the legend is a filter: states toggle, and a range is set by keys", async ({ region, viewer: page }) => {
  await openHeatmap(page, "&color=memory");
  const [{ count } = { count: 0 }] = await region.sql<{ count: number }>("SELECT count(*)::int FROM node WHERE status <> 'Out'");
  const failed = await named(region, "Failed");
  await state(page, "Failed").click();
  await expect(state(page, "Failed")).toHaveAttribute("aria-pressed", "true");
  await expect(legend(page)).toContainText(HEATMAP.matching(failed.length, count));
  expect(parameter(page, "only")).toBe("Failed");
  await state(page, "Failed").click();
  await expect(legend(page).getByRole("status")).toBeHidden();

  const from = page.getByRole("slider", { name: HEATMAP.from(COLORS.memory.label) });
  await from.focus();
  for (let press = 0; press < 3; press += 1) await page.keyboard.press("PageUp");
  await expect.poll(() => parameter(page, "range")).toBe("30-100");
  await expect(from).toHaveAttribute("aria-valuetext", /GiB|TiB/);
  await page.reload();
  await expect(from).toHaveValue("30");
  await legend(page).getByRole("button", { name: HEATMAP.clear }).click();
  await expect(from).toHaveValue("0");
  expect(parameter(page, "range")).toBeNull();
});

test("a group closes and opens by its header, and keeps its count", async ({ region, viewer: page }) => {
  await openHeatmap(page);
  const [failed, fenced] = await Promise.all([named(region, "Failed"), named(region, "Fenced")]);
  const failedHeader = page.getByRole("button", { name: new RegExp(`^Failed ?${failed.length}`) }).first();
  await failedHeader.focus();
  await page.keyboard.press("Enter");
  await expect(failedHeader).toHaveAttribute("aria-expanded", "false");
  await expect(cell(page)).toHaveAccessibleName(new RegExp(`^${fenced[0]}, `));
  await page.keyboard.press("Enter");
  await expect(cell(page)).toHaveAccessibleName(new RegExp(`^${failed[0]}, `));
});

test("whether a node can be taken out is a colour, and a sentence", async ({ viewer: page }) => {
  await openHeatmap(page, "&color=readiness");
  await cell(page).focus();
  await expect(cell(page)).toHaveAccessibleName(
    /, (Can be taken out now|The other Active nodes lack|.* does not tell how much memory|[A-Z]).*\.$/,
  );
  await expect(state(page, "Can be taken out")).toBeVisible();
});

test("while the focus is in the heatmap no cell moves, and what waits is told", async ({ region, viewer: page }) => {
  const [failed = ""] = await named(region, "Failed");
  await region.sql("UPDATE node SET tags = tags || '{aaa-test}', version = version + 1 WHERE name = $1", [failed]);
  await openHeatmap(page, "&group=tag:aaa-");
  await expect(header(page, "aaa-test")).toBeVisible();
  await cell(page).focus();
  await expect(cell(page)).toHaveAccessibleName(new RegExp(`^${failed}, `));
  const before = await cell(page).boundingBox();
  await region.sql("UPDATE node SET tags = array_remove(tags, 'aaa-test'), version = version + 1 WHERE name = $1", [failed]);
  await expect(page.getByText(/^Groups paused · 1 change ·/)).toBeVisible();
  expect(await cell(page).boundingBox()).toEqual(before);
  await expect(cell(page)).toHaveAccessibleName(new RegExp(`^${failed}, `));
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText(/^Groups paused/)).toBeHidden();
  await expect(header(page, "aaa-test")).toBeHidden();
});

test("the memory headroom stands beside the summary", async ({ viewer: page }) => {
  await openList(page);
  await expect(page.getByText(/^Memory headroom after losing any one node:/)).toBeVisible();
});

test("axe finds nothing in the heatmap, in both themes", async ({ viewer: page }) => {
  const script = readFileSync("node_modules/axe-core/axe.min.js", "utf8");
  for (const query of ["&color=memory&only=Failed&range=0-80", "&color=status", "&color=readiness&group=tag:rack-"]) {
    await openHeatmap(page, query);
    await cell(page).focus();
    await expect(page.getByRole("tooltip")).toBeVisible();
    await page.evaluate(script);
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        const found = await page.evaluate(async () => {
          const { axe: run } = window as unknown as { axe: typeof axe }; // set by the script above
          const { violations } = await run.run(document, { resultTypes: ["violations"] });
          return violations.map(
            ({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(" ")} ${failureSummary}`).join("; ")}`,
          );
        });
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect.soft([...found, ...(overflow > 0 ? [`${overflow} px too wide`] : [])], `${query}, ${colorScheme}, ${width} px`).toEqual([]);
      }
    }
    await page.setViewportSize({ width: 1280, height: 2600 });
  }
});

test("a selection that the filter hides is told here too", async ({ region, viewer: page }) => {
  await openHeatmap(page);
  const [failed] = await named(region, "Failed");
  await cell(page).focus();
  await page.keyboard.press("Space");
  await expect(toolbar(page)).toContainText(failed ?? "");
  await page
    .getByRole("button", { name: /^Inadequate ?\d+$/ })
    .first()
    .click();
  await expect(toolbar(page)).toContainText(SELECTION.hidden(1));
  await expect(row(page, failed ?? "")).toHaveCount(0);
});

test("the last day can be gone through by keyboard, and nobody takes it for now", async ({ viewer: page }) => {
  await openHeatmap(page, "&color=used-cpu");
  await page.getByRole("button", { name: HEATMAP.past.open }).click();
  const slider = page.getByRole("slider", { name: HEATMAP.past.slider });
  await expect(slider).toHaveAttribute("aria-valuetext", HEATMAP.past.now);
  await slider.focus();
  for (const key of ["PageDown", "PageDown", "ArrowLeft"]) await page.keyboard.press(key);
  await expect(slider).toHaveAttribute("aria-valuetext", /\d\d:\d\d:\d\d/);
  await expect(page.getByText(/, not now$/)).toBeVisible();
  await cell(page).focus();
  await page.keyboard.press("Home");
  await expect(cell(page)).toHaveAccessibleName(/CPU \d+ %/);
  await expect(cell(page)).not.toHaveAccessibleName(/stale/);
  await slider.focus();
  await page.keyboard.press("Home");
  await cell(page).focus();
  await expect(cell(page)).toHaveAccessibleName(/CPU \d+ %/);
  await page.getByRole("button", { name: HEATMAP.past.back }).click();
  await expect(slider).toBeHidden();
  await expect(cell(page)).toBeVisible();
});
