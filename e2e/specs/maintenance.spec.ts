import { join } from "node:path";
import type { Page } from "@playwright/test";
import { placeVm, switchOff } from "@/lib/demo/vms";
import { COMMANDS, MAINTENANCE_NEEDS } from "@/lib/domain/lifecycle";
import { passthroughSentence } from "@/lib/domain/placement";
import { ACTIVATE, CANCEL, CONTINUE, DRAIN, MAINTENANCE, MOVE_BACK, STAY } from "@/lib/messages/maintenance";
import { DIALOGS, MAINTENANCE_BLOCKS } from "@/lib/messages/mission";
import { dialog, openList, openNode, row, toast } from "../console";
import { expect, test } from "../fixtures";
import { bringBack, check, linesOf, ok, openDialog, openPlan, reaches, statusOf, vmsOf } from "../maintenance";
import { nodeNamed, transitionsOf } from "../records";

const REMOVE_SUBMIT = DIALOGS.remove.submit;

test("GPU VMs block it by name, and OK is there by itself when they have been shut down", async ({ region, operator: page }) => {
  test.setTimeout(150_000);
  const name = "gpu-west-01";
  const held = (await vmsOf(region, name)).filter(({ state, passthrough }) => state === "running" && passthrough.length > 0);
  expect(held.length).toBeGreaterThan(0);
  const { node, form } = await openPlan(region, page, name);
  await expect(form.getByRole("term")).toContainText(["ID", "Name", "Status"]);
  await expect(form).toContainText(node.id);
  await expect(form).toContainText(MAINTENANCE_BLOCKS.gpu.title);
  const blocked = check(form, "No active VMs with GPU passthrough");
  await expect(blocked).toContainText("Blocked");
  await expect(blocked).toContainText(MAINTENANCE_BLOCKS.gpu.remedy);
  for (const { name: vm, passthrough } of held) {
    await expect(blocked).toContainText(`${vm}: `);
    for (const slot of passthrough) await expect(blocked).toContainText(`(${slot})`);
  }
  await expect(ok(form)).toHaveAttribute("aria-disabled", "true");
  const said = await ok(form).getAttribute("aria-describedby");
  await expect(form.locator(`[id="${said}"]`)).toContainText(/^OK is unavailable: \d+ VMs? with GPU passthrough (is|are) running: /);
  if (held.length === 1) await expect(ok(form)).toHaveAccessibleDescription(MAINTENANCE.unavailable(passthroughSentence(held)));
  await form.getByLabel(MAINTENANCE.reason).fill("kept while it waits");
  await ok(form).press("Enter");
  expect(await statusOf(region, name)).toBe("Active");

  const folder = join(region.folder, "demo");
  for (const { uuid } of held) switchOff(folder, uuid);
  // A survey comes once a minute, and the checks every two seconds.
  await expect(blocked).toContainText("Pass", { timeout: 90_000 });
  await expect(ok(form)).not.toHaveAttribute("aria-disabled", "true");
  await expect(form).not.toContainText(MAINTENANCE_BLOCKS.gpu.title);
  await expect(form.getByLabel(MAINTENANCE.reason)).toHaveValue("kept while it waits");
  for (const { uuid } of held) placeVm(folder, uuid, node.ip);
});

test("the plan that is shown is the plan that runs, seen live and after a reload; activation brings the VMs back", async ({
  region,
  operator: page,
}) => {
  test.setTimeout(150_000);
  const name = "compute-west-15";
  const { node, form } = await openPlan(region, page, name);
  region.servers.faults(node, { migrationMs: 2000 });
  await expect(form.getByRole("region", { name: MAINTENANCE.checks })).toContainText(/checked .* · VMs seen /);
  await expect(form).toContainText(/Losing one more node would leave .* free\./);
  const running = (await vmsOf(region, name)).filter(({ state }) => state === "running");
  await form.getByText(MAINTENANCE.show(running.length)).click();
  const shown = form.getByRole("region", { name: MAINTENANCE.show(running.length) }).getByRole("row");
  await expect(shown).toHaveCount(running.length + 1);
  const planned = new Map<string, string>();
  for (const cells of await shown.all()) {
    const [vm, , target] = await cells.getByRole("cell").allTextContents();
    if (vm && target) planned.set(vm, target.replace(/, copied with its disks$/, ""));
  }
  await ok(form).click();
  await expect(toast(page, MAINTENANCE.started(name))).toBeVisible();

  const panel = page.getByRole("region", { name: DRAIN.title });
  await expect(panel).toContainText(/VM \d+ of \d+.* GiB of .* moved/);
  await expect(panel).toContainText(DRAIN.deadline.ask);
  const lines = panel.getByRole("list", { name: DRAIN.lines }).getByRole("listitem");
  await expect(lines).toHaveCount(running.length);
  await expect(lines.filter({ hasText: "Moving" }).first()).toContainText(/\d+ %, /);
  await expect(lines.filter({ hasText: "Moved" }).first()).toBeVisible({ timeout: 20_000 });
  await page.reload();
  await expect(lines.filter({ hasText: "Moved" }).first()).toBeVisible();
  await page.getByRole("link", { name: /^VMs/ }).click();
  await expect(page.getByRole("region", { name: "VMs", exact: true })).toContainText(/(Waiting|Moving) to /);
  const deadline = async () => (await region.sql<{ at: Date }>("SELECT deadline_at AS at FROM node WHERE id = $1", [node.id]))[0]?.at;
  const before = await deadline();
  await panel.getByRole("button", { name: COMMANDS.extendMaintenance.label }).click();
  await expect(toast(page, DRAIN.extended)).toBeVisible();
  expect((await deadline())?.getTime()).toBeGreaterThan(before?.getTime() ?? Infinity);

  const stay = page.getByRole("region", { name: STAY.title, exact: true });
  await expect(stay).toContainText(/^Maintenance.*asked for by Olga Operator/, { timeout: 90_000 });
  await expect(stay).toContainText(`${running.length} of ${running.length} VMs moved in `);
  await expect(stay).toContainText("all as planned.");
  const moved = await linesOf(region, node.id);
  expect(new Map(moved.map((line) => [line.name, line.target_name]))).toEqual(planned);

  await stay.getByRole("button", { name: "Activate" }).click();
  const activate = dialog(page, ACTIVATE.title(name));
  await expect(activate).toContainText(ACTIVATE.what);
  await expect(activate).toContainText(ACTIVATE.way.usual);
  await activate.getByRole("checkbox", { name: new RegExp(`^${ACTIVATE.back(moved.length)}`) }).check();
  await activate.getByRole("button", { name: ACTIVATE.submit }).click();
  region.servers.heal(node);
  await reaches(region, name, "Active");
  await expect
    .poll(async () => (await linesOf(region, node.id)).every(({ state }) => state === "returned"), { timeout: 90_000 })
    .toBe(true);
  await expect(stay).toBeHidden();
});

test("cancelled on the way, the node is in service at once, and what had moved is brought back from its page", async ({
  region,
  operator: page,
}) => {
  test.setTimeout(120_000);
  const name = "compute-west-22";
  const { node, form } = await openPlan(region, page, name);
  region.servers.faults(node, { migrationMs: 3000 });
  await ok(form).click();
  const panel = page.getByRole("region", { name: DRAIN.title });
  await expect(panel.getByRole("listitem").filter({ hasText: "Moved" }).first()).toBeVisible({ timeout: 30_000 });
  await panel.getByRole("button", { name: COMMANDS.cancelMaintenance.label }).click();
  const cancel = dialog(page, CANCEL.title(name));
  await expect(cancel).toContainText(CANCEL.back("Active"));
  await expect(cancel).toContainText(/\d+ VMs? that ha(s|ve) moved already/);
  await cancel.getByRole("button", { name: CANCEL.submit }).click();
  await reaches(region, name, "Active", 10_000);
  const away = page.getByRole("region", { name: /that Regent moved away (is|are) elsewhere$/ });
  await expect(away).toBeVisible({ timeout: 30_000 });
  expect(await transitionsOf(region, node.id)).toMatchObject({ T29: 1, T33: 1 });
  region.servers.heal(node);
  await away.getByRole("button", { name: COMMANDS.moveBack.label }).click();
  const back = dialog(page, MOVE_BACK.title(name));
  await expect(back).toContainText(/moved back live/);
  await back.getByRole("button", { name: MOVE_BACK.submit }).click();
  await expect(away).toBeHidden({ timeout: 60_000 });
  expect((await linesOf(region, node.id)).filter(({ state }) => state === "moved")).toEqual([]);
});

test("a drain that can not go on stands with its reason, until somebody continues it", async ({ region, operator: page }) => {
  test.setTimeout(150_000);
  const name = "storage-west-03";
  const { node, form } = await openPlan(region, page, name);
  region.servers.faults(node, { migrationFails: { error: "operation failed: migration out job: unexpectedly failed" } });
  await ok(form).click();
  const panel = page.getByRole("region", { name: DRAIN.title });
  const stands = panel.getByRole("alert").filter({ hasText: DRAIN.stands });
  await expect(stands).toContainText("migration out job: unexpectedly failed", { timeout: 60_000 });
  const line = panel.getByRole("listitem").filter({ hasText: "Could not move" }).first();
  await expect(line).toContainText(DRAIN.tried(3, 3));
  expect(await statusOf(region, name)).toBe("EnteringMaintenance");
  await expect(page.getByRole("main")).not.toContainText("Ends in Failed");
  await expect(panel.getByRole("button", { name: COMMANDS.extendMaintenance.label })).toHaveCount(0);
  region.servers.heal(node);
  await panel.getByRole("button", { name: COMMANDS.continueMaintenance.label }).click();
  const goOn = dialog(page, CONTINUE.title(name));
  await expect(goOn).toContainText(CONTINUE.what);
  await goOn.getByRole("button", { name: CONTINUE.submit }).click();
  await reaches(region, name, "InMaintenance");
  await bringBack(region, page, name);
});

test("who may not is told so at every place, with the mission's own sentences", async ({ region, operator, viewer }) => {
  const { form } = await openPlan(region, viewer, "compute-west-10");
  await expect(ok(form)).toHaveAccessibleDescription("You need the Operator role.");
  await expect(form.getByRole("button", { name: MAINTENANCE.force })).toHaveAccessibleDescription("You need the Admin role.");
  const { form: plan } = await openPlan(region, operator, "compute-west-10");
  await expect(ok(plan)).not.toHaveAttribute("aria-disabled", "true");
  await expect(plan.getByRole("button", { name: MAINTENANCE.force })).toHaveAccessibleDescription("You need the Admin role.");
  const { form: last } = await openDialog(region, operator, "compute-west-10", "forceMaintenance");
  await expect(last).toContainText("You need the Admin role.");
  await openList(operator);
  await operator.getByRole("button", { name: "Actions for compute-west-31", exact: true }).click();
  const item = (label: string) => operator.getByRole("menuitem", { name: label, exact: true });
  await expect(item(COMMANDS.maintenance.label)).toHaveAccessibleDescription(MAINTENANCE_NEEDS);
  await expect(item(COMMANDS.remove.label)).toHaveAccessibleDescription("You need the Admin role.");
  await expect(item(COMMANDS.activate.label)).toHaveAccessibleDescription("Activate needs status In maintenance.");
  await expect(item(COMMANDS.forceMaintenance.label)).toHaveCount(0);
  await operator.keyboard.press("Escape");
  const { form: remove } = await openDialog(region, viewer, "compute-west-10", "remove");
  await expect(remove.getByRole("button", { name: REMOVE_SUBMIT })).toHaveAccessibleDescription("You need the Admin role.");
});

test("two administrators press OK at once: one operation, and the other is told who was first", async ({ region, admin, secondAdmin }) => {
  const name = "compute-west-16";
  const { node } = await openPlan(region, admin, name);
  await openPlan(region, secondAdmin, name);
  region.servers.faults(node, { migrationMs: 60_000 });
  let release = () => {};
  const both = new Promise<void>((resolve) => (release = resolve));
  let heldBack = 0;
  for (const page of [admin, secondAdmin]) {
    await page.route(
      (url) => url.pathname.startsWith("/nodes"),
      async (route) => {
        if (route.request().method() === "POST" && ++heldBack === 2) release();
        if (route.request().method() === "POST") await both;
        await route.fallback();
      },
    );
    await ok(dialog(page, DIALOGS.maintenance.title)).click();
  }
  await reaches(region, name, "EnteringMaintenance", 10_000);
  await expect
    .poll(() => region.sql("SELECT count(*)::int FROM operation WHERE node_id = $1 AND kind = 'maintenance'", [node.id]))
    .toEqual([{ count: 1 }]);
  const [first] = await region.sql<{ name: string }>("SELECT actor_name AS name FROM maintenance WHERE node_id = $1", [node.id]);
  const loser = first?.name === "Ada Admin" ? secondAdmin : admin;
  await expect(dialog(loser, DIALOGS.maintenance.title).getByRole("alert").first()).toContainText(
    new RegExp(`changed while you looked at it: ${first?.name} took ${name} out for maintenance`),
  );
});

test("all of it without a mouse: out by the palette, ended by the menu", async ({ region, operator: page }) => {
  test.setTimeout(180_000);
  // Still on its way out from the story before.
  const name = "compute-west-16";
  const { id } = await nodeNamed(region, name);
  await openNode(region, page, name);
  await page.getByRole("button", { name: "Actions" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: COMMANDS.forceMaintenance.label, exact: true })).toHaveAccessibleDescription(
    "You need the Admin role.",
  );
  await pressUntil(page, "ArrowDown", COMMANDS.cancelMaintenance.label);
  await page.keyboard.press("Enter");
  await expect(dialog(page, CANCEL.title(name))).toBeVisible();
  await pressUntil(page, "Tab", CANCEL.submit);
  await page.keyboard.press("Enter");
  await reaches(region, name, "Active", 15_000);
  const ended = async () =>
    (await region.sql("SELECT 1 FROM operation WHERE node_id = $1 AND status IN ('pending', 'running')", [id])).length;
  await expect.poll(ended, { timeout: 60_000 }).toBe(0);
  region.servers.heal(await nodeNamed(region, name));

  await openList(page);
  await page.keyboard.press("ControlOrMeta+k");
  await expect(dialog(page, "Search or jump to").getByRole("combobox")).toBeFocused();
  await page.keyboard.type(`maintenance ${name}`);
  const option = page.getByRole("option", { name: new RegExp(`^${COMMANDS.maintenance.label} ${name}`) });
  await expect(option).toBeVisible();
  for (let presses = 0; presses < 9 && (await option.getAttribute("aria-selected")) !== "true"; presses += 1)
    await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const form = dialog(page, DIALOGS.maintenance.title);
  await expect(form.getByRole("heading", { name: MAINTENANCE.plan })).toBeVisible();
  await pressUntil(page, "Tab", DIALOGS.maintenance.submit);
  await page.keyboard.press("Enter");
  await expect(row(page, name)).toContainText("Entering maintenance");
  await reaches(region, name, "InMaintenance");
  await bringBack(region, page, name);
});

/** Goes on with a key until what has this text has the focus. */
async function pressUntil(page: Page, key: string, text: string): Promise<void> {
  const focused = page.locator(":focus");
  for (let presses = 0; presses < 40; presses += 1) {
    if ((await focused.textContent().catch(() => null)) === text) return;
    await page.keyboard.press(key);
    // A menu moves the focus a moment after the key.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  }
  throw new Error(`${key} does not reach ${text}.`);
}
