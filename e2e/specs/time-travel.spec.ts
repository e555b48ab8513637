import { HEATMAP } from "@/lib/messages/heatmap";
import { FILTER_BAR, SELECTION } from "@/lib/messages/list";
import { toolbar } from "../console";
import { expect, test } from "../fixtures";
import { cell, parameter, openHeatmap, named } from "../heatmap";
import type { Region } from "../region";

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

/** Until two hours ago the node was Failed, as the event log then says. Returns how to take that away. */
async function wasFailed(region: Region, name: string): Promise<() => Promise<unknown>> {
  const past = (statement: string) => region.sql(`BEGIN; SET LOCAL session_replication_role = replica; ${statement}; COMMIT`);
  await past(`INSERT INTO event (id, at, prev_hash, hash, kind, severity, message, node_id, from_status, to_status, actor_kind, actor_name)
    SELECT -1, now() - interval '2 hours', '', '', 'node.status', 'info', 'A test', id, 'Failed', 'Active', 'system', 'Test' FROM node WHERE name = '${name}'`);
  return () => past("DELETE FROM event WHERE id = -1");
}

test("the past shows the states of then, keeps its moment in the address, and lets nobody act on it", async ({
  region,
  operator: page,
}) => {
  const [name = ""] = (await named(region, "Active")).slice(1);
  const forget = await wasFailed(region, name);
  await openHeatmap(page);
  const opener = page.getByRole("button", { name: HEATMAP.past.open });
  await opener.click();
  const slider = page.getByRole("slider", { name: HEATMAP.past.slider });
  await expect(slider).toBeVisible();
  await expect(opener).toBeFocused();
  await slider.focus();
  for (let hour = 0; hour < 3; hour += 1) await page.keyboard.press("PageDown");
  await expect(page.getByText(HEATMAP.past.kept)).toBeVisible();

  // What is asked for is asked of then.
  const filter = page.getByRole("combobox", { name: FILTER_BAR.label });
  await filter.fill(`status = Failed and name = ${name}`);
  await filter.press("Enter");
  await expect(cell(page)).toHaveAccessibleName(new RegExp(`^${name}, Failed, `));
  await cell(page).focus();
  await page.keyboard.press("Space");
  await expect(toolbar(page)).toContainText(SELECTION.past);
  await expect(toolbar(page).getByRole("button", { name: "Actions" })).toHaveAttribute("aria-disabled", "true");

  await expect.poll(() => parameter(page, "at")).not.toBeNull();
  const moment = parameter(page, "at");
  await page.reload();
  await expect(slider).not.toHaveAttribute("aria-valuetext", HEATMAP.past.now);
  await expect(cell(page)).toHaveAccessibleName(new RegExp(`^${name}, Failed, `));
  expect(parameter(page, "at")).toBe(moment);

  await page.getByRole("button", { name: FILTER_BAR.clear }).click();
  await page.getByRole("button", { name: HEATMAP.past.back }).click();
  await expect(opener).toBeFocused();
  await expect.poll(() => parameter(page, "at")).toBeNull();
  await expect(toolbar(page)).not.toContainText(SELECTION.past);
  await forget();
});

test("whoever looks at the past is not told of readiness and alarms of now", async ({ viewer: page }) => {
  await openHeatmap(page, `&color=readiness&at=${new Date(Date.now() - 7_200_000).toISOString()}`);
  await expect(page.getByText(HEATMAP.past.readiness, { exact: true })).toBeVisible();
  await expect(cell(page)).toHaveAccessibleName(new RegExp(`, ${HEATMAP.past.readiness}$`));
});
