import { COLORS } from "@/lib/domain/heatmap-colors";
import { NODE_STATUSES } from "@/lib/domain/status";
import { HEATMAP } from "@/lib/messages/heatmap";
import { HEADROOM, LIST, SELECTION } from "@/lib/messages/list";
import { openList, row, toolbar } from "../console";
import { expectNothingFound } from "../axe";
import { expect, test } from "../fixtures";
import { cell, legend, state, header, parameter, openHeatmap, named } from "../heatmap";

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

test("a fitted scale goes from the least to the largest, stands in the address, and is gone where there is none", async ({
  viewer: page,
}) => {
  await openHeatmap(page);
  const scale = page.getByLabel(HEATMAP.scale, { exact: true });
  const ramp = legend(page).getByRole("slider", { name: HEATMAP.to(COLORS["used-cpu"].label) });
  await expect(ramp).toHaveAttribute("aria-valuetext", "100 %");
  await scale.selectOption({ label: HEATMAP.scales.fitted });
  await expect.poll(() => parameter(page, "scale")).toBe("fitted");
  await expect(ramp).not.toHaveAttribute("aria-valuetext", "100 %");
  await page.reload();
  await expect(scale).toHaveValue("fitted");
  await expect(ramp).not.toHaveAttribute("aria-valuetext", "100 %");
  await page.getByLabel(HEATMAP.colorBy).selectOption({ label: COLORS.status.label });
  await expect(scale).toBeHidden();
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
  for (const query of ["&color=memory&only=Failed&range=0-80", "&color=status", "&color=readiness&group=tag:rack-"]) {
    await openHeatmap(page, query);
    await cell(page).focus();
    await expect(page.getByRole("tooltip")).toBeVisible();
    await expectNothingFound(page, query, { everyLook: true });
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

test("all that the legend leaves can be selected, and nothing that it fades", async ({ region, operator: page }) => {
  const failed = await named(region, "Failed");
  await openHeatmap(page, "&only=Failed");
  await cell(page).focus();
  await page.keyboard.press("ControlOrMeta+a");
  await expect(toolbar(page)).toContainText(new RegExp(`${failed.length} of `));
});

test("the tooltip is in sight in a low window, and follows the keys where a pointer rests", async ({ region, viewer: page }) => {
  await page.setViewportSize({ width: 1280, height: 460 });
  await openHeatmap(page);
  const [first = "", second = ""] = await named(region, "Failed");
  await cell(page).scrollIntoViewIfNeeded();
  await cell(page).hover();
  const tooltip = page.getByRole("tooltip");
  await expect(tooltip).toContainText(first);
  const box = await tooltip.boundingBox();
  expect(box?.y).toBeGreaterThanOrEqual(0);
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(460);
  await page.keyboard.press("Escape");
  await expect(tooltip).toBeHidden();
  await cell(page).focus();
  await page.keyboard.press("ArrowRight");
  await expect(tooltip).toContainText(second);
});

test("a finger sees what a cell is before it opens it", async ({ region, newContext, signedIn }) => {
  const context = await newContext({ storageState: await signedIn("viewer"), hasTouch: true });
  const page = await context.newPage();
  await openHeatmap(page);
  const [first = ""] = await named(region, "Failed");
  await cell(page).tap();
  await expect(page.getByRole("tooltip")).toContainText(first);
  await cell(page).tap();
  await expect(page.getByRole("heading", { level: 1, name: first })).toBeVisible();
});

test("the ends lead to their cells as often as they are asked for", async ({ viewer: page }) => {
  await openHeatmap(page, "&color=memory");
  const largest = page.locator("p").filter({ hasText: HEATMAP.ends.capacity.top }).getByRole("button").first();
  const name = (await largest.textContent()) ?? "";
  for (let time = 0; time < 2; time += 1) {
    await largest.click();
    await expect(cell(page)).toBeFocused();
    await expect(cell(page)).toHaveAccessibleName(new RegExp(`^${name}, `));
  }
});

test("the page's head warns when the region could not lose a node, and when a virtual machine would find no place", async ({
  region,
  viewer: page,
}) => {
  const before = await region.sql(
    "SELECT id, vm_memory_total_bytes AS given, vm_memory_available_bytes AS left FROM node WHERE status = 'Active'",
  );
  const warning = page.getByText(
    new RegExp(HEADROOM.unplaced(1, "[a-z0-9-]+( and [0-9]+ more nodes?)?", ".* the largest free space on another node is .*")),
  );
  await expect(async () => {
    // What is free together suffices, and on no node is any of it; until the next survey says again how it is.
    await region.sql("UPDATE node SET vm_memory_total_bytes = memory_bytes WHERE status = 'Active' AND vm_memory_total_bytes IS NOT NULL");
    await openList(page);
    await expect(warning).toBeVisible({ timeout: 3000 });
  }).toPass({ timeout: 45_000 });
  await region.sql("UPDATE node SET vm_memory_available_bytes = 0 WHERE status = 'Active' AND vm_memory_available_bytes IS NOT NULL");
  await expect(page.getByText(new RegExp(HEADROOM.short("[0-9.]+ [GT]iB", "[a-z0-9-]+")))).toBeVisible();
  for (const { id, given, left } of before)
    await region.sql("UPDATE node SET vm_memory_total_bytes = $2, vm_memory_available_bytes = $3 WHERE id = $1", [id, given, left]);
});
