import { join } from "node:path";
import { placeVm } from "@/lib/demo/vms";
import { FORCE, MAINTENANCE, STAY } from "@/lib/messages/maintenance";
import { DIALOGS, TOASTS, WARNINGS } from "@/lib/messages/mission";
import { dialog, openList, toast } from "../console";
import { expect, test } from "../fixtures";
import { bringBack, openDialog, openPlan, statusOf, vmsOf } from "../maintenance";
import { transitionsOf } from "../records";
import { caught, cookieOf, send, withInput } from "../requests";

const TIMER_SECONDS = 10;
const REASON = "A memory module reports errors.";

test.beforeAll(({ region }) => region.sql("UPDATE region SET settings = settings || $1", [{ safetyTimerSeconds: TIMER_SECONDS }]));
/** Other tests know the region as it is delivered. */
test.afterAll(({ region }) => region.sql("UPDATE region SET settings = settings - 'safetyTimerSeconds'"));

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
