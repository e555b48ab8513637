import { join } from "node:path";
import type { Page } from "@playwright/test";
import { placeVm, switchOff } from "@/lib/demo/vms";
import { COMMANDS, MAINTENANCE_NEEDS, REMOVE_NEEDS } from "@/lib/domain/lifecycle";
import { passthroughSentence } from "@/lib/domain/placement";
import { ACTIVATE, CANCEL, CONTINUE, DRAIN, FORCE, MAINTENANCE, MOVE_BACK, REMOVE, STAY } from "@/lib/messages/maintenance";
import { DIALOGS, MAINTENANCE_BLOCKS, TOASTS, WARNINGS } from "@/lib/messages/mission";
import { candidate } from "../candidates";
import { command, dialog, openList, openNode, row, toast } from "../console";
import { expect, test } from "../fixtures";
import { bringBack, check, linesOf, ok, openDialog, openPlan, reaches, statusOf, takeOut, vmsOf } from "../maintenance";
import { nodeNamed, transitionsOf } from "../records";
import { caught, cookieOf, send, withInput } from "../requests";

const REMOVE_SUBMIT = DIALOGS.remove.submit;
const TIMER_SECONDS = 10;
const REASON = "A memory module reports errors.";

test.beforeAll(({ region }) => region.sql("UPDATE region SET settings = settings || $1", [{ safetyTimerSeconds: TIMER_SECONDS }]));

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

test("force waits for its timer, a reason and the name, and a crafted request gets no further than the button", async ({
  region,
  admin: page,
  secondAdmin,
  operator,
  viewer,
  watch,
}) => {
  test.setTimeout(150_000);
  watch.allow(/ERR_FAILED/);
  const name = "compute-west-17";
  const { node, form: plan } = await openPlan(region, page, name);
  await plan.getByRole("button", { name: MAINTENANCE.force }).click();
  const form = dialog(page, DIALOGS.maintenance.force);
  await expect(form.getByRole("heading", { name: WARNINGS.force })).toBeFocused();
  await expect(form).toContainText(WARNINGS.forceLastResort);
  const running = (await vmsOf(region, name)).filter(({ state }) => state === "running");
  await expect(form).toContainText(FORCE.stops(running.length));
  for (const vm of running) await expect(form.getByRole("list")).toContainText(vm.name);
  const force = form.getByRole("button", { name: DIALOGS.maintenance.force, exact: true });
  const [why, typed] = [form.getByLabel(new RegExp(`^${FORCE.reason}`)), form.getByLabel(new RegExp(`^${FORCE.name(name)}`))];
  await why.fill(REASON);
  await typed.fill(name);
  await expect(force).toHaveAccessibleDescription(/^The safety timer runs for \d+ s more\.$/);
  await typed.press("Enter");
  await force.press("Enter");
  await expect(form).toContainText(FORCE.completed, { timeout: 20_000 });
  await expect(force).not.toHaveAttribute("aria-disabled", "true");
  await typed.fill(`${name}0`);
  await expect(force).toHaveAccessibleDescription(FORCE.needsName);
  await typed.press("Enter");
  await typed.fill(name);
  await why.fill("too short");
  await expect(force).toHaveAccessibleDescription(FORCE.needsReason);
  await why.fill(REASON);
  expect(await region.sql("SELECT 1 FROM operation WHERE node_id = $1", [node.id])).toEqual([]);

  const request = await caught(page, () => force.click());
  const refused = async (who: typeof page, change: Record<string, unknown>, sentence: RegExp) => {
    const { text } = await send(request, { cookie: await cookieOf(who) }, withInput(request, change, `${sentence}`.slice(0, 60)));
    expect(text).toMatch(sentence);
    expect(await statusOf(region, name)).toBe("Active");
  };
  await openList(operator);
  await openList(viewer);
  await openList(secondAdmin);
  await refused(viewer, {}, /You need the Admin role\./);
  await refused(operator, {}, /You need the Admin role\./);
  await refused(secondAdmin, {}, /Another administrator asked for this confirmation\./);
  await refused(page, { name: `${name}0` }, /This is not the name of the node\./);
  await refused(page, { reason: "too short" }, /Say in at least 10 characters why it has to be forced\./);

  // Another confirmation: the one before is worth nothing any more, and this one nothing yet.
  await form.getByRole("button", { name: "Back" }).click();
  await plan.getByRole("button", { name: MAINTENANCE.force }).click();
  await expect(why).toHaveValue(REASON);
  await expect(force).toHaveAccessibleDescription(/^The safety timer runs/);
  const challenges = await region.sql<{ id: string }>("SELECT id FROM force_challenge WHERE node_id = $1", [node.id]);
  expect(challenges).toHaveLength(1);
  await refused(page, { challengeId: challenges[0]?.id }, /The safety timer runs for \d+ s more\./);
  await refused(page, {}, /This confirmation does not (exist any more|belong to this node)\./);
  await typed.fill(name);
  await expect(force).not.toHaveAttribute("aria-disabled", "true", { timeout: 20_000 });
  await force.click();
  await expect(toast(page, TOASTS.forced(name))).toBeVisible();
  const forced = page.getByRole("region", { name: STAY.forced });
  await expect(forced).toContainText(STAY.skipped, { timeout: 60_000 });
  await expect(forced).toContainText(REASON);
  await expect(forced).toContainText("Start them again when the node is back");
  expect(await transitionsOf(region, node.id)).toMatchObject({ T39: 1 });
  const [event] = await region.sql<{ message: string }>("SELECT message FROM event WHERE node_id = $1 AND transition = 'T39'", [node.id]);
  expect(event?.message).toBe(`${TOASTS.forced(name)} Ada Admin: ${REASON}`);
  const replay = await send(request, { cookie: await cookieOf(page) }, withInput(request, { challengeId: challenges[0]?.id }, "replay"));
  expect(replay.text).toContain('"ok":false');
  await bringBack(region, page, name);
  const folder = join(region.folder, "demo");
  for (const { uuid } of running) placeVm(folder, uuid, node.ip);
});

test("a confirmation that expired, or whose node changed, begins again; what was typed stays", async ({ region, admin: page }) => {
  await page.clock.install();
  const { node, form } = await openDialog(region, page, "compute-west-07", "forceMaintenance");
  const typed = form.getByLabel(new RegExp(`^${FORCE.reason}`));
  await typed.fill(REASON);
  await expect(form.getByText(FORCE.left(TIMER_SECONDS), { exact: true })).toBeVisible();
  await region.sql("UPDATE node SET version = version + 1 WHERE id = $1", [node.id]);
  await expect(form.getByRole("alert").filter({ hasText: FORCE.changed(node.name) })).toBeVisible();
  await form.getByRole("button", { name: FORCE.again }).click();
  await expect(form.getByText(/^\d+ s$/)).toBeVisible();
  await expect(typed).toHaveValue(REASON);
  await page.clock.fastForward((TIMER_SECONDS + 301) * 1000);
  await expect(form.getByRole("alert").filter({ hasText: FORCE.expired })).toBeVisible();
  const force = form.getByRole("button", { name: DIALOGS.maintenance.force, exact: true });
  await expect(force).toHaveAccessibleDescription(FORCE.expired);
  await form.getByRole("button", { name: FORCE.again }).click();
  await expect(form.getByText(FORCE.timer, { exact: true })).toBeVisible();
  await expect(typed).toHaveValue(REASON);
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

test("a node is removed for good, and never while its data pools are degraded", async ({ region, admin: page }) => {
  test.setTimeout(180_000);
  const server = await region.servers.fresh();
  const { name } = server;
  await candidate(region, page, server);
  await command(page, name, "Join");
  const join = dialog(page, DIALOGS.join.title);
  await join.getByRole("button", { name: DIALOGS.join.submit }).click();
  await join.getByRole("button", { name: DIALOGS.join.submit }).click();
  await reaches(region, name, "Active");
  const answers = async () =>
    (await region.sql("SELECT 1 FROM metrics.node_now w JOIN node n ON n.id = w.node_id WHERE n.name = $1", [name])).length;
  await expect.poll(answers, { timeout: 60_000 }).toBe(1);
  const { form: early } = await openDialog(region, page, name, "remove");
  await expect(early.getByRole("button", { name: REMOVE_SUBMIT, exact: true })).toHaveAccessibleDescription(REMOVE_NEEDS);
  await takeOut(region, page, name);

  region.servers.faults(server, { pools: "degraded" });
  const { form } = await openDialog(region, page, name, "remove");
  await expect(form).toContainText(server.ip);
  await expect(form).toContainText(REMOVE.final);
  await form.getByRole("button", { name: REMOVE_SUBMIT, exact: true }).click();
  await expect(page.getByRole("region", { name: /^Notifications/ })).toContainText(REMOVE.failed, { timeout: 30_000 });
  await openDialog(region, page, name, "remove");
  const caution = form.getByRole("alert");
  await expect(caution).toContainText(WARNINGS.removePools);
  await expect(caution).toContainText(WARNINGS.removeDataLoss);
  await expect(form.getByRole("button", { name: REMOVE_SUBMIT, exact: true })).toHaveCount(0);
  await caution.getByRole("button", { name: REMOVE.check }).click();
  await expect(caution.getByRole("button", { name: REMOVE.check })).not.toHaveAttribute("aria-busy", "true", { timeout: 20_000 });
  await expect(caution).toContainText(WARNINGS.removeDataLoss);
  region.servers.heal(server);
  await caution.getByRole("button", { name: REMOVE.check }).click();
  await expect(form).toContainText(REMOVE.healthy, { timeout: 20_000 });
  expect(await statusOf(region, name)).toBe("InMaintenance");

  const remove = form.getByRole("button", { name: REMOVE_SUBMIT, exact: true });
  await form.getByRole("checkbox", { name: new RegExp(`^${REMOVE.lost}`) }).check();
  await expect(remove).toHaveAccessibleDescription(REMOVE.needsName);
  await form.getByLabel(new RegExp(`^${REMOVE.name(name)}`)).fill(name);
  await expect(remove).toHaveAccessibleDescription(REMOVE.needsReason);
  await form.getByRole("checkbox", { name: new RegExp(`^${REMOVE.lost}`) }).uncheck();
  await remove.click();
  await reaches(region, name, "Out");
  await expect(page.getByText("Out", { exact: true }).first()).toBeVisible();
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
