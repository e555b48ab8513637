import type { Locator, Page } from "@playwright/test";
import { ALARM_METRICS } from "@/lib/domain/alarms/metrics";
import { SUGGESTED } from "@/lib/domain/alarms/suggested";
import { ALARM_FORM, PREVIEW } from "@/lib/messages/alarm-form";
import { ACKNOWLEDGE, ALARM_PAGE, ALARMS, DELETE_ALARM, MUTE } from "@/lib/messages/alarms-page";
import { MUTE_WINDOWS } from "@/lib/messages/mute-windows";
import { SUGGESTIONS } from "@/lib/messages/suggested-alarms";
import { COMMANDS } from "@/lib/domain/lifecycle";
import { command, dialog, live, openList, toast } from "../console";
import { expectNothingFound } from "../axe";
import { expect, test } from "../fixtures";
import { nodeNamed } from "../records";
import type { Region } from "../region";

/** A round comes each minute, and its first one may have to wait for the worker's start. */
const ROUND_MS = 90_000;
const NODE = "compute-west-08";

const notOk = (page: Page): Locator => page.getByRole("region", { name: ALARMS.attention }).first();
const all = (page: Page): Locator => page.getByRole("region", { name: ALARMS.all }).first();
const line = (list: Locator, ...names: string[]): Locator =>
  names.reduce((rows, name) => rows.filter({ hasText: name }), list.getByRole("row"));

async function addRecipient(region: Region): Promise<string> {
  const name = "ops@example.net";
  await region.sql(
    `INSERT INTO notify_target (id, kind, name, address) VALUES (gen_random_uuid(), 'email', $1, $1) ON CONFLICT DO NOTHING`,
    [name],
  );
  return name;
}

const CPU_RULE = {
  ...ALARM_METRICS.cpu.defaults,
  metric: "cpu",
  parameter: null,
  threshold: 0.05,
};

/** An alarm that is there already: how it is made is the business of other tests. */
async function addAlarm(region: Region, name: string): Promise<void> {
  await region.sql(
    `INSERT INTO alarm (id, name, severity, scope, node_id, rule, actor_name)
     SELECT gen_random_uuid(), $1, 'warning', 'node', id, $2::jsonb, 'a test' FROM node WHERE name = $3`,
    [name, JSON.stringify(CPU_RULE), NODE],
  );
}

const openForm = async (page: Page, region: Region): Promise<void> => {
  const { id } = await nodeNamed(region, NODE);
  await page.goto(`/alarms/new?node=${id}`);
  await live(page);
};

test("the first visit offers what most regions watch, and adds what is chosen, with somebody to tell", async ({
  region,
  operator: page,
}) => {
  const name = await addRecipient(region);
  await page.goto("/alarms");
  await live(page);
  await expect(page.getByRole("heading", { name: SUGGESTIONS.first })).toBeVisible();
  await expectNothingFound(page, "no alarms yet", { everyLook: true });
  await page.getByRole("checkbox", { name: "Used CPU is high" }).uncheck();
  await page.getByLabel(SUGGESTIONS.tell).selectOption({ label: name });
  await page.getByRole("button", { name: SUGGESTIONS.add(SUGGESTED.length - 1) }).click();
  await expect(toast(page, SUGGESTIONS.added(SUGGESTED.length - 1))).toBeVisible();
  await expect(line(all(page), "Node has failed", name)).toBeVisible();
  await expect(line(all(page), "Used CPU is high")).toHaveCount(0);
  // What was left out is offered still.
  await page.getByText(SUGGESTIONS.title).click();
  await expect(page.getByRole("checkbox", { name: "Used CPU is high" })).toBeVisible();
});

test("an alarm is made by keyboard alone, while the preview tells what it would have done", async ({ region, operator: page }) => {
  test.setTimeout(120_000);
  await openForm(page, region);
  await expect(page.getByText(PREVIEW.of(NODE))).toBeVisible();
  await expect(page.getByText(/^Would (not )?have fired/)).toBeVisible();
  const slider = page.getByRole("slider", { name: PREVIEW.threshold });
  await slider.focus();
  await expect(slider).toHaveAttribute("aria-valuetext", "Greater than 80 %");
  for (let press = 0; press < 7; press += 1) await page.keyboard.press("PageDown");
  await page.keyboard.press("ArrowDown");
  await expect(slider).toHaveAttribute("aria-valuetext", "Greater than 9 %");
  await expect(page.getByLabel(/^Threshold, %/)).toHaveValue("9");
  await expect(page.getByText(/^Would have fired once/)).toBeVisible();
  await expectNothingFound(page, "the form of an alarm", { everyLook: true });

  const name = page.getByLabel(ALARM_FORM.name, { exact: false }).last();
  await expect(page.getByRole("textbox", { name: /^Name/ })).toHaveValue(`High Used CPU on ${NODE}`);
  await expect(name).toBeVisible();
  await page.getByLabel(ALARM_FORM.severity).focus();
  await page.keyboard.type("Crit");
  await page.getByRole("button", { name: ALARM_FORM.submit }).press("Enter");
  await expect(page.getByRole("heading", { name: `High Used CPU on ${NODE}`, level: 1 })).toBeVisible();
  await expect(page.getByText(/^Used CPU, average > 9 %/).first()).toBeVisible();
  // It is more than 9 %: a round finds it in alarm, and the page shows it without a key pressed.
  await expect(line(page.getByRole("region", { name: ALARM_PAGE.states }).first(), NODE).getByText(ALARMS.filters.ALARM)).toBeVisible({
    timeout: ROUND_MS,
  });
  await expect(page.getByRole("link", { name: /^Alarms \d+ in alarm/ })).toBeVisible();
  await expectNothingFound(page, "an alarm", { everyLook: true });
});

test("what is refused keeps what was typed, names its field and gives it the focus", async ({ region, operator: page }) => {
  await addAlarm(region, "Taken");
  await openForm(page, region);
  const threshold = page.getByLabel(/^Threshold, %/);
  await threshold.fill("much");
  await page.getByRole("textbox", { name: /^Description/ }).fill("Call the night shift");
  await page.getByRole("button", { name: ALARM_FORM.submit }).click();
  await expect(threshold).toBeFocused();
  await expect(threshold).toHaveAccessibleDescription(/Give the threshold as a number/);
  await threshold.fill("140");
  await page.getByRole("button", { name: ALARM_FORM.submit }).click();
  await expect(threshold).toHaveAccessibleDescription(/is from 0 % to 100 %/);
  await threshold.fill("90");
  await page.getByRole("textbox", { name: /^Name/ }).fill("Taken");
  await page.getByRole("button", { name: ALARM_FORM.submit }).click();
  await expect(page.getByRole("textbox", { name: /^Name/ })).toHaveAccessibleDescription(/There is an alarm called/);
  await expect(page.getByRole("textbox", { name: /^Description/ })).toHaveValue("Call the night shift");
  await expect(threshold).toHaveValue("90");
  await expectNothingFound(page, "a refused alarm", { everyLook: true });
});

test("another metric brings its own condition, a status is chosen instead of compared, and the region is no node", async ({
  region,
  operator: page,
}) => {
  await openForm(page, region);
  const metric = page.getByLabel(ALARM_FORM.metric);
  await metric.selectOption({ label: "/var/log free" });
  await expect(page.getByLabel(/^Threshold, %/)).toHaveValue("10");
  await metric.selectOption({ label: "Status" });
  await expect(page.getByLabel(/^Threshold/)).toHaveCount(0);
  await page.getByLabel(ALARM_FORM.parameter).selectOption({ label: "Fenced" });
  await expect(page.getByText(ALARM_FORM.flags.status("Fenced"))).toBeVisible();
  await metric.selectOption({ label: "VM memory left after losing any one node" });
  await expect(page.getByText(ALARM_FORM.region)).toBeVisible();
  await expect(page.getByRole("combobox", { name: ALARM_FORM.node, exact: true })).toHaveCount(0);
  await metric.selectOption({ label: "Used CPU" });
  const node = page.getByRole("combobox", { name: ALARM_FORM.node, exact: true });
  await node.fill("compute-west-02");
  await expect(page.getByRole("option", { name: /compute-west-02/ })).toBeVisible();
  await node.press("Enter");
  await expect(page.getByText(PREVIEW.of("compute-west-02"))).toBeVisible();
});

test("an alarm is changed and keeps its state; it is acknowledged, muted and deleted", async ({ region, operator: page }) => {
  test.setTimeout(180_000);
  const name = "CPU is in use";
  await addAlarm(region, name);
  await page.goto("/alarms?show=in-alarm");
  await live(page);
  const row = line(notOk(page), name);
  await expect(row).toBeVisible({ timeout: ROUND_MS });
  await expectNothingFound(page, "alarms", { everyLook: true });

  await row.getByRole("button", { name: ALARMS.actionsOf(`${name}, ${NODE}`) }).click();
  await page.getByRole("menuitem", { name: ACKNOWLEDGE.action }).click();
  const acknowledge = dialog(page, ACKNOWLEDGE.title(name));
  await acknowledge.getByLabel(ACKNOWLEDGE.note).fill("Looking at it");
  await expectNothingFound(page, "acknowledging", { everyLook: true });
  await acknowledge.getByRole("button", { name: ACKNOWLEDGE.action }).click();
  await expect(row.getByText("Looking at it")).toBeVisible();
  await expect(row.getByText(ACKNOWLEDGE_BY)).toBeVisible();

  await row.getByRole("button", { name: ALARMS.actionsOf(`${name}, ${NODE}`) }).click();
  await page.getByRole("menuitem", { name: ALARMS.edit, exact: true }).click();
  await expect(page.getByRole("heading", { name: ALARM_FORM.edit(name) })).toBeVisible();
  await page.getByRole("textbox", { name: /^Description/ }).fill("Busy by night");
  await page.getByRole("button", { name: ALARM_FORM.save, exact: true }).click();
  await expect(page.getByText("Busy by night")).toBeVisible();
  await expect(line(page.getByRole("region", { name: ALARM_PAGE.states }).first(), NODE).getByText(ALARMS.filters.ALARM)).toBeVisible();

  await page.getByRole("button", { name: ALARM_PAGE.actions, exact: true }).click();
  await page.getByRole("menuitem", { name: MUTE.action }).click();
  const mute = dialog(page, MUTE.title(name));
  await mute.getByRole("radio", { name: MUTE.choices.custom }).check();
  await mute.getByRole("button", { name: MUTE.submit, exact: true }).click();
  await expect(mute.getByText("Choose a date and a time.")).toBeVisible();
  await expectNothingFound(page, "muting", { everyLook: true });
  await mute.getByRole("radio", { name: MUTE.choices.four }).check();
  await mute.getByLabel(MUTE.note).fill("Known");
  await mute.getByRole("button", { name: MUTE.submit, exact: true }).click();
  await expect(page.getByText(ALARM_PAGE.muted)).toBeVisible();
  await page.getByRole("button", { name: ALARM_PAGE.actions, exact: true }).click();
  await page.getByRole("menuitem", { name: ALARMS.unmute }).click();
  await expect(page.getByText(ALARM_PAGE.muted)).toHaveCount(0);

  await page.getByRole("button", { name: ALARM_PAGE.actions, exact: true }).click();
  await page.getByRole("menuitem", { name: DELETE_ALARM.action }).click();
  await dialog(page, DELETE_ALARM.title(name)).getByRole("button", { name: DELETE_ALARM.action }).click();
  await expect(page).toHaveURL(/\/alarms$/);
  await expect(toast(page, DELETE_ALARM.done(name))).toBeVisible();
  await expect(line(all(page), name)).toHaveCount(0);
});

const ACKNOWLEDGE_BY = ALARMS.acked("Olga Operator");

test("a mute window is refused with its field, added for every week, and removed", async ({ operator: page }) => {
  await page.goto("/alarms/mutes");
  await live(page);
  await page.getByRole("button", { name: MUTE_WINDOWS.add }).click();
  const add = dialog(page, MUTE_WINDOWS.add);
  await add.getByLabel(MUTE_WINDOWS.name).fill("Backup");
  await add.getByRole("radio", { name: MUTE_WINDOWS.kinds.weekly }).check();
  await add.getByRole("button", { name: MUTE_WINDOWS.add }).click();
  await expect(add.getByText("Choose at least one day of the week.")).toBeVisible();
  await expectNothingFound(page, "a mute window", { everyLook: true });
  await add.getByRole("checkbox", { name: "Monday" }).check();
  await add.getByRole("checkbox", { name: "Thursday" }).check();
  await add.getByRole("button", { name: MUTE_WINDOWS.add }).click();
  await expect(page.getByText(/^Monday and Thursday from 02:00 for 2 h/)).toBeVisible();
  await expectNothingFound(page, "mute windows", { everyLook: true });
  await page.getByRole("button", { name: MUTE_WINDOWS.removeNamed("Backup") }).click();
  await dialog(page, MUTE_WINDOWS.removeTitle("Backup")).getByRole("button", { name: MUTE_WINDOWS.remove }).click();
  await expect(page.getByText(MUTE_WINDOWS.none)).toBeVisible();
});

test("ways to an alarm: the menu of a row, a chart, and the page of a node", async ({ region, operator: page }) => {
  const { id } = await nodeNamed(region, NODE);
  await openList(page);
  await command(page, NODE, COMMANDS.createAlarm.label);
  await expect(page.getByRole("combobox", { name: ALARM_FORM.node, exact: true })).toHaveValue(NODE);
  await page.goto(`/nodes/${id}/monitoring`);
  await page.getByRole("button", { name: /^Create Alarm from this chart \(Memory\)/ }).click();
  await expect(page.getByLabel(ALARM_FORM.metric)).toHaveValue("memory");
  await expect(page.getByRole("combobox", { name: ALARM_FORM.node, exact: true })).toHaveValue(NODE);
  await page.goto(`/nodes/${id}/overview`);
  await expect(page.getByRole("region", { name: ALARMS.title })).toBeVisible();
});

test("a viewer sees alarms, and may not make one", async ({ viewer: page }) => {
  await page.goto("/alarms");
  await live(page);
  await expect(page.getByRole("button", { name: ALARMS.create })).toHaveAccessibleDescription("You need the Operator role.");
});
