import { openList } from "../console";
import { expect, test } from "../fixtures";

const grid = ".nodes-grid";

test("what is a minute old is hatched and says so, keeps its values, and is true again when the connection is back", async ({
  viewer: page,
  watch,
}) => {
  watch.allow(/ERR_INTERNET_DISCONNECTED/);
  await page.clock.install();
  await openList(page);
  await page.context().setOffline(true);
  await expect(page.getByText("The connection to Regent is interrupted.")).toBeVisible({ timeout: 30_000 });
  const before = await page.locator(grid).innerText();
  await expect(page.locator(grid)).not.toHaveClass(/is-stale/);
  await page.clock.fastForward(60_000);
  await expect(page.locator(grid)).toHaveClass(/is-stale/);
  expect(await page.locator(grid).innerText()).toBe(before);
  await expect(page.getByText(/data from \d\d:\d\d:\d\d/)).toBeVisible();
  await page.context().setOffline(false);
  await page.clock.fastForward(30_000);
  await expect(page.locator(grid)).not.toHaveClass(/is-stale/, { timeout: 30_000 });
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
});
