/** What is measured, as an administrator sees it in the list: live, with its hour, and honest about its age. */
import { FLEET } from "@/lib/demo/fleet";
import { cellOf, openList, row } from "../console";
import { expect, test } from "../fixtures";

const serverNamed = (name: string) => {
  const found = FLEET.find((server) => server.name === name);
  if (!found) throw new Error(`The demo region has no ${name}.`);
  return found;
};

test("a server that becomes busy shows it by itself, alone, and sorts to the top", async ({ viewer: page, region }) => {
  const busy = serverNamed("compute-west-07");
  await openList(page, "?q=compute-west-0&sort=-cpu");
  const cpu = (await cellOf(page, busy.name, "cpu")).getByRole("img");
  await expect(cpu).toHaveAccessibleName(/^CPU \d+ %, last hour \d+ % to \d+ %$/);
  region.servers.faults(busy, { busy: 0.97 });
  try {
    await expect(cpu).toHaveAccessibleName(/^CPU 9[678] %, last hour /, { timeout: 25_000 });
    await expect(page.getByRole("row").nth(1)).toContainText(busy.name);
    await expect(row(page, "compute-west-06").getByRole("img", { name: /^CPU 9\d %/ })).toHaveCount(0);
    await page.reload();
    await expect(cpu).toHaveAccessibleName(/^CPU 9[678] %, last hour /);
  } finally {
    region.servers.heal(busy);
  }
});

test("a node that does not answer keeps its last values, marked as old, and says since when and why", async ({ viewer: page }) => {
  await openList(page, "?q=compute-west-14");
  const cpu = await cellOf(page, "compute-west-14", "cpu");
  await expect(cpu.getByRole("img")).toHaveAccessibleName(/^CPU \d+ %, .*Stale: last sample .* refused the connection/);
  await expect(cpu.locator(".stale")).toHaveCSS("background-image", /repeating-linear-gradient/);
  await expect(await cellOf(page, "compute-west-14", "networkRx")).toContainText("b/s");
});

test("memory shows what is installed, and its line how much of it is used", async ({ viewer: page }) => {
  await openList(page, "?q=compute-west-01");
  const memory = await cellOf(page, "compute-west-01", "memory");
  await expect(memory).toContainText("512 GiB");
  await expect(memory.getByRole("img")).toHaveAccessibleName(/^Memory \d+ %, last hour \d+ % to \d+ %$/);
});

test("there are no metrics for whoever has no token", async ({ page, region }) => {
  const answer = await page.request.get(`${region.url}/metrics`);
  expect([answer.status(), await answer.text()]).toEqual([404, "Set REGENT_METRICS_TOKEN to have metrics here.\n"]);
});
