import type { Page } from "@playwright/test";
import { COMMANDS } from "@/lib/domain/lifecycle";
import { PLAN_NODE_STATES, PLAN_STATES } from "@/lib/domain/maintenance-plan";
import { PLAN, PLAN_DIALOG, PLAN_PAGE, PLAN_REFUSALS } from "@/lib/messages/plan";
import { command, dialog, live, openList, select, toast, toolbar } from "../console";
import { expectNothingFound } from "../axe";
import { expect, test } from "../fixtures";
import { nodeNamed } from "../records";
import type { Region } from "../region";

const TURN_MS = 90_000;

const line = (page: Page, name: string) => page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
const state = (page: Page, name: string, word: keyof typeof PLAN_NODE_STATES) =>
  line(page, name).getByText(PLAN_NODE_STATES[word].label, { exact: true });

/** Active nodes without a virtual machine that keeps them, small ones first; and those that a GPU keeps. */
async function candidates(region: Region): Promise<{ free: string[]; kept: string[] }> {
  const rows = await region.sql<{ name: string; gpus: number; running: number }>(
    `SELECT n.name, (SELECT count(*)::int FROM jsonb_array_elements(n.inventory -> 'vms') vm
                     WHERE vm ->> 'state' = 'running' AND jsonb_array_length(vm -> 'passthrough') > 0) AS gpus,
            (SELECT count(*)::int FROM jsonb_array_elements(n.inventory -> 'vms') vm WHERE vm ->> 'state' = 'running') AS running
     FROM node n WHERE status = 'Active' AND role = 'Worker' AND (inventory #>> '{hypervisor,running}')::boolean ORDER BY running, name`,
  );
  return {
    free: rows.filter(({ gpus, running }) => !gpus && running > 0).map(({ name }) => name),
    kept: rows.filter(({ gpus }) => gpus > 0).map(({ name }) => name),
  };
}

test("two nodes are planned from the list; the first takes its turn, the second one's GPU stops the plan with its words, live in two browsers", async ({
  region,
  operator: page,
  secondAdmin: other,
}) => {
  test.setTimeout(240_000);
  const { free, kept } = await candidates(region);
  const [first = "", second = ""] = [free[0], kept[0]];
  const before = await nodeNamed(region, first);
  await openList(page);
  await select(page, first);
  await select(page, second);
  await toolbar(page).getByRole("button", { name: "Actions" }).click();
  await page.getByRole("menuitem", { name: COMMANDS.planMaintenance.label, exact: true }).click();
  const plan = dialog(page, PLAN_DIALOG.title);
  await expect(plan.getByText(PLAN_DIALOG.couldNow(1, 2))).toBeVisible();
  await expect(
    plan
      .getByRole("listitem")
      .filter({ hasText: second })
      .getByText(/Not now: .*GPU/),
  ).toBeVisible();
  if (!(await plan.getByRole("listitem").first().innerText()).includes(first))
    await plan.getByRole("button", { name: PLAN_DIALOG.up(first) }).click();
  await expect(plan.getByRole("listitem").first()).toContainText(first);
  await plan.getByLabel(PLAN_DIALOG.name).fill("Firmware 2.4");
  await expectNothingFound(page, "the dialog", { everyLook: true });
  await plan.getByRole("button", { name: PLAN_DIALOG.submit, exact: true }).click();
  await expect(page.getByRole("heading", { name: "Firmware 2.4", level: 1 })).toBeVisible();
  await expect(toast(page, PLAN_DIALOG.made("Firmware 2.4"))).toBeVisible();

  await other.goto(page.url());
  await live(other);
  for (const browser of [page, other]) await expect(state(browser, first, "rebooting")).toBeVisible({ timeout: TURN_MS });
  expect((await nodeNamed(region, second)).status).toBe("Active");
  await page.reload();
  await expect(state(page, first, "done")).toBeVisible({ timeout: TURN_MS });
  await expect(state(page, second, "failed")).toBeVisible({ timeout: TURN_MS });
  await expect(page.getByRole("status").filter({ hasText: /GPU/ })).toBeVisible();
  for (const browser of [page, other]) await expect(browser.getByText(PLAN_STATES.stopped.label, { exact: true })).toBeVisible();
  expect((await nodeNamed(region, first)).status).toBe("Active");
  const [boots] = await region.sql<{ changed: boolean }>(
    "SELECT booted_at > now() - interval '10 minutes' AS changed FROM node WHERE id = $1",
    [before.id],
  );
  expect(boots?.changed).toBe(true);
  await expectNothingFound(page, "a plan that has stopped", { everyLook: true });

  await other.getByRole("button", { name: PLAN_PAGE.skip }).click();
  await dialog(other, PLAN_PAGE.skipTitle(second)).getByRole("button", { name: PLAN_PAGE.skip }).click();
  await expect(toast(other, PLAN_PAGE.continued)).toBeVisible();
  await expect(state(page, second, "skipped")).toBeVisible();
  await expect(page.getByText(PLAN_STATES.done.label, { exact: true }).first()).toBeVisible();
  await page.goto("/maintenance");
  await expect(page.getByRole("region", { name: PLAN.groups.past }).getByRole("link", { name: "Firmware 2.4" })).toBeVisible();
  await expectNothingFound(page, "the list of plans", { everyLook: true });
});

test("a plan is made and cancelled by keyboard alone; its window is named with its zone, and nothing is begun before it", async ({
  region,
  operator: page,
}) => {
  const { free } = await candidates(region);
  const name = free[1] ?? "";
  await page.goto("/maintenance");
  await live(page);
  await page.getByRole("button", { name: PLAN.plan }).focus();
  await page.keyboard.press("Enter");
  const plan = dialog(page, PLAN_DIALOG.title);
  await expect(plan.getByLabel(PLAN_DIALOG.name)).toBeFocused();
  await page.keyboard.type("Disks");
  await plan.getByLabel(PLAN_DIALOG.addNode).focus();
  await page.keyboard.type(name);
  await expect(plan.getByRole("button", { name: PLAN_DIALOG.add(name) })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(plan.getByRole("listitem").filter({ hasText: name })).toBeVisible();
  await expect(plan.getByText(/^Times are in /)).toBeVisible();
  await plan.getByLabel(PLAN_DIALOG.from, { exact: true }).focus();
  await page.keyboard.type("0102");
  await plan.getByRole("button", { name: PLAN_DIALOG.submit, exact: true }).press("Enter");
  await expect(plan.getByText(PLAN_DIALOG.noMoment)).toBeVisible();
  await plan.getByLabel(PLAN_DIALOG.from, { exact: true }).fill("2027-01-02T03:00");
  await plan.getByLabel(PLAN_DIALOG.to, { exact: true }).fill("2027-01-02T02:00");
  await plan.getByRole("button", { name: PLAN_DIALOG.submit, exact: true }).press("Enter");
  await expect(plan.getByText("The end has to be after the beginning.")).toBeVisible();
  await plan.getByLabel(PLAN_DIALOG.to, { exact: true }).fill("2027-01-02T05:00");
  await plan.getByRole("button", { name: PLAN_DIALOG.submit, exact: true }).press("Enter");
  await expect(page.getByRole("heading", { name: "Disks", level: 1 })).toBeVisible();
  await expect(page.getByText(PLAN_STATES.planned.label, { exact: true })).toBeVisible();
  await expect(state(page, name, "waiting")).toBeVisible();

  await page.getByRole("button", { name: PLAN_PAGE.cancel }).press("Enter");
  await dialog(page, PLAN_PAGE.cancelTitle("Disks")).getByRole("button", { name: PLAN_PAGE.cancel }).press("Enter");
  await expect(page.getByText(PLAN_STATES.cancelled.label, { exact: true })).toBeVisible();
  await expect(page.getByText(PLAN_REFUSALS.cancelledBefore("Olga Operator").reason)).toBeVisible();
  expect((await nodeNamed(region, name)).status).toBe("Active");
});

test("a plan that is cancelled leaves the node that is out as it is, and says so", async ({ region, operator: page }) => {
  test.setTimeout(120_000);
  const { free } = await candidates(region);
  const name = free[2] ?? "";
  await openList(page);
  await command(page, name, COMMANDS.planMaintenance.label);
  const plan = dialog(page, PLAN_DIALOG.title);
  await plan.getByLabel(PLAN_DIALOG.name).fill("Fans");
  await plan.getByRole("checkbox", { name: PLAN_DIALOG.activate }).uncheck();
  await plan.getByRole("button", { name: PLAN_DIALOG.submit, exact: true }).click();
  await expect(state(page, name, "draining")).toBeVisible({ timeout: TURN_MS });
  await page.getByRole("button", { name: PLAN_PAGE.cancel }).click();
  await dialog(page, PLAN_PAGE.cancelTitle("Fans")).getByRole("button", { name: PLAN_PAGE.cancel }).click();
  await expect(state(page, name, "left")).toBeVisible();
  await expect(line(page, name).getByText(/cancelled the plan while it was out/)).toBeVisible();
});

test("a viewer sees what is in maintenance as it is now, and may not plan", async ({ region, viewer: page }) => {
  await page.goto("/maintenance");
  await live(page);
  const links = page.getByRole("region", { name: PLAN.groups.now }).getByRole("link");
  const names = async () => (await links.allTextContents()).sort();
  const inMaintenance = async () => {
    const rows = await region.sql<{ name: string }>(
      "SELECT name FROM node WHERE status IN ('EnteringMaintenance', 'InMaintenance') ORDER BY name COLLATE \"C\"",
    );
    return rows.map(({ name }) => name);
  };
  await expect.poll(names).toEqual(await inMaintenance());
  const [name = ""] = await inMaintenance();
  const renamed = `${name}-renamed`;
  await region.sql("UPDATE node SET name = $2, version = version + 1 WHERE name = $1", [name, renamed]);
  await expect.poll(names).toContain(renamed);
  // The first reading may be the one that every new stream brings; this one is what the page was told.
  await region.sql("UPDATE node SET name = $2, version = version + 1 WHERE name = $1", [renamed, name]);
  await expect.poll(names).toEqual(await inMaintenance());
  await expectNothingFound(page, "what is in maintenance");
  await expect(page.getByRole("button", { name: PLAN.plan })).toHaveAccessibleDescription("You need the Operator role.");
});
