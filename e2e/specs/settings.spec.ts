import type { Locator, Page, Request } from "@playwright/test";
import { SETTING_GROUPS, type SettingGroup } from "@/lib/domain/settings-table";
import { HOST_KEYS } from "@/lib/messages/host-keys";
import { SETTINGS_FORM } from "@/lib/messages/region-settings";
import { command, dialog, live, openList, toast } from "../console";
import { expect, test } from "../fixtures";
import { nodeNamed } from "../records";
import { cookieOf, send, sentBy } from "../requests";

/** Other tests know the region as it is delivered. */
test.afterEach(({ region }) => region.sql("UPDATE region SET settings = '{}'"));

const group = (page: Page, id: SettingGroup): Locator => page.getByRole("form", { name: SETTING_GROUPS[id].title, exact: true });
const save = (form: Locator): Promise<void> => form.getByRole("button", { name: SETTINGS_FORM.save, exact: true }).click();
const saved = (page: Page, id: SettingGroup) => expect(toast(page, SETTINGS_FORM.saved(SETTING_GROUPS[id].title)).first()).toBeVisible();
const field = (form: Locator, label: string): Locator => form.getByLabel(label, { exact: true });

test("a setting is changed, says when it holds, is there after a reload, and goes back to its default", async ({ region, admin: page }) => {
  await page.goto("/settings/maintenance");
  const drain = group(page, "drain");
  await expect(drain.getByRole("button", { name: "Save" })).toHaveAccessibleDescription(SETTINGS_FORM.nothing);
  await field(drain, "Tries").fill("5");
  await expect(drain.getByText("Holds from the next drain on; one that runs goes on as it began.")).toBeVisible();
  await save(drain);
  await saved(page, "drain");
  await page.reload();
  await expect(field(drain, "Tries")).toHaveValue("5");
  await expect(drain.getByText("Default: 3 times.")).toBeVisible();
  const [event] = await region.sql<{ message: string; details: unknown }>(
    "SELECT message, details FROM event WHERE kind = 'settings.changed' ORDER BY id DESC",
  );
  expect(event).toMatchObject({
    message: "Ada Admin changed Draining a node: Tries from 3 times to 5 times.",
    details: { before: { "drain.tries": 3 }, after: { "drain.tries": 5 } },
  });
  await drain.getByRole("button", { name: SETTINGS_FORM.backOf("Tries") }).click();
  await expect(field(drain, "Tries")).toHaveValue("3");
  await save(drain);
  await expect(drain.getByText("Default: 3 times.")).toBeHidden();
  await expect.poll(async () => (await region.sql("SELECT settings FROM region"))[0]).toEqual({ settings: {} });
});

test("a refused value keeps all that was typed, and says at its field what is possible", async ({ region, admin: page }) => {
  await page.goto("/settings/nodes");
  const needs = group(page, "requirements");
  await field(needs, "Memory").fill("99999999");
  await field(needs, "Kernel").fill("newest");
  await save(needs);
  await expect(field(needs, "Memory")).toHaveAccessibleDescription(/Memory is from 0\.1 to 65,536 GiB\./);
  await expect(field(needs, "Memory")).toBeFocused();
  await expect(field(needs, "Kernel")).toHaveValue("newest");
  await field(needs, "Memory").fill("0.5");
  await save(needs);
  await expect(field(needs, "Kernel")).toHaveAccessibleDescription(/Write a kernel version as in 5\.10\./);
  await expect(field(needs, "Memory")).toHaveValue("0.5");
  expect(await region.sql("SELECT settings FROM region")).toEqual([{ settings: {} }]);
  await needs.getByRole("button", { name: SETTINGS_FORM.discard }).click();
  await expect(field(needs, "Memory")).toHaveValue("8");
  await expect(needs.getByRole("alert")).toBeHidden();
});

test("of two administrators the second is told what the first changed, and keeps what was typed", async ({ admin, secondAdmin }) => {
  for (const page of [admin, secondAdmin]) await page.goto("/settings/maintenance");
  const [first, second] = [group(admin, "drain"), group(secondAdmin, "drain")];
  await field(second, "Memory kept free").fill("20");
  await field(first, "Tries").fill("7");
  await save(first);
  await saved(admin, "drain");
  // What nobody typed into follows by itself.
  await expect(field(second, "Tries")).toHaveValue("7");
  await save(second);
  await expect(second.getByRole("alert")).toContainText("Ada Admin changed Tries from 3 times to 7 times while you typed.");
  await expect(field(second, "Memory kept free")).toHaveValue("20");
  await save(second);
  await saved(secondAdmin, "drain");
  await expect(field(first, "Memory kept free")).toHaveValue("20");
  await expect(field(second, "Tries")).toHaveValue("7");
});

test("what is dangerous is said first, and done only when it is taken", async ({ region, admin: page }) => {
  await page.goto("/settings/nodes");
  const needs = group(page, "requirements");
  await field(needs, "Memory").fill("65536");
  await save(needs);
  const asked = dialog(page, SETTINGS_FORM.confirmTitle("Requirements for nodes"));
  await expect(asked).toContainText(/\d+ candidates? would be Inadequate at the next inspection: /);
  await expect(asked).toContainText(/\d+ nodes that have joined would not be activated again/);
  await asked.getByRole("button", { name: "Cancel" }).click();
  await expect(field(needs, "Memory")).toHaveValue("65536");
  expect(await region.sql("SELECT settings FROM region")).toEqual([{ settings: {} }]);

  await page.goto("/settings/fencing");
  const fence = group(page, "fence");
  await fence.getByRole("checkbox", { name: "Fence automatically" }).uncheck();
  await save(fence);
  await dialog(page, SETTINGS_FORM.confirmTitle("Cutting its power")).getByRole("button", { name: SETTINGS_FORM.confirm }).click();
  await saved(page, "fence");
  await expect(page.getByText(SETTINGS_FORM.fencingOff)).toBeVisible();
  expect(await region.sql("SELECT settings FROM region")).toEqual([{ settings: { fencing: { automatic: false } } }]);

  await region.sql("UPDATE region SET settings = '{}'");
  await region.sql(`INSERT INTO operation (id, kind, ip, status, actor_name, request, deadline_at, finished_at)
    VALUES (gen_random_uuid(), 'contact', '10.9.9.9', 'succeeded', 'Ada Admin', '{}', now(), now() - interval '20 days')`);
  await page.goto("/settings/monitoring");
  const records = group(page, "records");
  await field(records, "Operations").fill("10");
  await save(records);
  await expect(page.getByRole("dialog")).toContainText(/Operations: what is older than .* is deleted within the hour, back to .* \(1\)\./);
  await region.sql("DELETE FROM operation WHERE finished_at < now() - interval '19 days'");
});

test("what is kept says what it costs, as it is typed", async ({ admin: page }) => {
  await page.goto("/settings/monitoring");
  const kept = group(page, "measurements");
  const cost = kept.getByText(/^About [\d.]+ MiB for \d+ nodes\.$/).first();
  const before = await cost.textContent();
  await field(kept, "Every sample").fill("4");
  await expect(cost).not.toHaveText(before ?? "");
  await expect(kept.getByText("Holds within the hour: what is past its time is deleted then.")).toBeVisible();
});

test("a viewer sees what is set and why it can not be changed, and is refused by the server", async ({ region, admin, viewer, watch }) => {
  watch.allow(/404/);
  await viewer.goto("/settings/maintenance");
  await expect(viewer.getByText("You need the Admin role. An Admin can change your role.")).toBeVisible();
  await expect(viewer.getByRole("region", { name: "Draining a node" })).toContainText("Tries3 times");
  await expect(viewer.getByRole("main").getByRole("textbox")).toHaveCount(0);
  await expect(viewer.getByRole("main").getByRole("button")).toHaveCount(0);

  await admin.goto("/settings/maintenance");
  const drain = group(admin, "drain");
  await field(drain, "Tries").fill("4");
  const isAction = (request: Request) => request.method() === "POST" && request.url().endsWith("/settings/maintenance");
  const [request] = await Promise.all([admin.waitForRequest(isAction), save(drain)]);
  await saved(admin, "drain");
  const sent = await sentBy(request);
  const [input] = JSON.parse(sent.body) as [Record<string, unknown>];
  const body = JSON.stringify([{ ...input, seen: { "drain.tries": 4 }, typed: { "drain.tries": "9" } }]);
  for (const page of [viewer]) {
    const { text } = await send(sent, { cookie: await cookieOf(page) }, body);
    expect(text).toMatch(/You need the Admin role\./);
  }
  expect(await region.sql("SELECT settings FROM region")).toEqual([{ settings: { drain: { tries: 4 } } }]);
  expect((await send(sent, { cookie: await cookieOf(admin) }, body)).text).toContain('"ok":true');
  expect(await region.sql("SELECT settings FROM region")).toEqual([{ settings: { drain: { tries: 9 } } }]);
});

test("a setting is found by its name and changed with the keyboard alone", async ({ region, admin: page }) => {
  await page.goto("/events");
  await expect(page.getByRole("heading", { name: "Events", level: 1 })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+k");
  await expect(dialog(page, "Search or jump to").getByRole("combobox")).toBeFocused();
  await page.keyboard.type("safety timer");
  await expect(page.getByRole("option").first()).toContainText("Force Maintenance: Safety timer");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/settings\/maintenance#safetyTimerSeconds$/);
  const timer = field(group(page, "force"), "Safety timer");
  await expect(timer).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("20");
  await page.keyboard.press("Enter");
  const asked = dialog(page, SETTINGS_FORM.confirmTitle("Force Maintenance"));
  await expect(asked).toContainText("can be confirmed 20 seconds after it is opened.");
  await expect(asked.getByRole("button", { name: SETTINGS_FORM.confirm })).toBeVisible();
  for (let tries = 0; tries < 6; tries += 1) {
    if (await asked.getByRole("button", { name: SETTINGS_FORM.confirm }).evaluate((button) => button === document.activeElement)) break;
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await saved(page, "force");
  expect(await region.sql("SELECT settings FROM region")).toEqual([{ settings: { safetyTimerSeconds: 20 } }]);
});

test("the palette leads to a setting of the page that is open, and again; an address of nothing harms nothing", async ({ admin: page }) => {
  await page.goto("/settings/maintenance#%");
  await live(page);
  const timer = field(group(page, "force"), "Safety timer");
  for (let times = 0; times < 2; times += 1) {
    await field(group(page, "drain"), "Tries").focus();
    await page.keyboard.press("ControlOrMeta+k");
    await expect(dialog(page, "Search or jump to").getByRole("combobox")).toBeFocused();
    await page.keyboard.type("safety timer");
    await expect(page.getByRole("option").first()).toContainText("Force Maintenance: Safety timer");
    await page.keyboard.press("Enter");
    await expect(timer).toBeFocused();
  }
  await expect(page).toHaveURL(/\/settings\/maintenance#safetyTimerSeconds$/);
});

test("what is typed while a change is saved is kept, and what was saved never gives way to the old value", async ({
  region,
  admin: page,
}) => {
  await page.goto("/settings/maintenance");
  await live(page);
  const drain = group(page, "drain");
  await field(drain, "Tries").fill("5");
  const shown = await field(drain, "Tries").evaluateHandle((input) => {
    const values = new Set<string>();
    const look = () => {
      values.add((input as HTMLInputElement).value); // the field of a number
      requestAnimationFrame(look);
    };
    look();
    return values;
  });
  // The region's row is locked: the change waits for it.
  const held = region.sql("WITH held AS MATERIALIZED (SELECT 1 FROM region FOR UPDATE) SELECT pg_sleep(1.5) FROM held");
  await save(drain);
  await field(drain, "Memory kept free").fill("20");
  await held;
  await saved(page, "drain");
  await expect(field(drain, "Memory kept free")).toHaveValue("20");
  await expect(drain.getByText("Default: 3 times.")).toBeVisible();
  expect(await shown.evaluate((values) => [...values])).toEqual(["5"]);
  await save(drain);
  await expect.poll(() => region.sql("SELECT settings->'drain'->>'tries' AS tries FROM region")).toEqual([{ tries: "5" }]);
  await expect(drain.getByRole("button", { name: "Save" })).toHaveAccessibleDescription(SETTINGS_FORM.nothing);
});

test("the focus stays with the form when its buttons go, and the wheel changes no number", async ({ admin: page }) => {
  await page.goto("/settings/maintenance");
  const drain = group(page, "drain");
  const tries = field(drain, "Tries");
  await tries.fill("5");
  await drain.getByRole("button", { name: SETTINGS_FORM.backOf("Tries") }).press("Enter");
  await expect(tries).toBeFocused();
  await tries.fill("6");
  await tries.hover();
  await page.mouse.wheel(0, 200);
  await expect(tries).toHaveValue("6");
  await expect(tries).not.toBeFocused();
  await drain.getByRole("button", { name: SETTINGS_FORM.discard }).press("Enter");
  await expect(drain.getByRole("button", { name: SETTINGS_FORM.save, exact: true })).toBeFocused();
  await tries.fill("6");
  await drain.getByRole("button", { name: SETTINGS_FORM.save, exact: true }).press("Enter");
  await saved(page, "drain");
  await expect(drain.getByRole("button", { name: SETTINGS_FORM.save, exact: true })).toBeFocused();
});

test("on a narrow screen the tab of the page is in sight", async ({ viewer: page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto("/settings/about");
  const tabs = page.getByRole("navigation", { name: "Settings" });
  await expect(tabs.getByRole("link", { name: "About" })).toBeInViewport({ ratio: 1 });
  await tabs.getByRole("link", { name: "Wall links" }).click();
  await expect(page).toHaveURL(/\/settings\/wall$/);
  await expect(tabs.getByRole("link", { name: "Host keys" })).toBeInViewport();
});

test("a host key is found, revoked, not given back by the server, and trusted again", async ({ region, admin: page, operator }) => {
  const name = "compute-west-02";
  const { id, ip } = await nodeNamed(region, name);
  const [{ sha256 } = { sha256: "" }] = await region.sql<{ sha256: string }>("SELECT host_key_sha256 AS sha256 FROM node WHERE id = $1", [
    id,
  ]);
  await page.goto("/settings/host-keys");
  // Beside a line whose long reason stands where its button does not act; up and down the table scrolls.
  const ask = page.getByRole("button", { name: HOST_KEYS.revokeOf(name) });
  await ask.evaluate((button) => button.scrollIntoView({ block: "center", inline: "nearest" }));
  await expect(ask).toBeInViewport({ ratio: 1 });
  await page.getByLabel(HOST_KEYS.search).fill(sha256.slice(10, 30));
  const table = page.getByRole("region", { name: HOST_KEYS.title });
  const line = table.getByRole("row").filter({ hasText: name });
  await expect(table.getByRole("row")).toHaveCount(2);
  await expect(line).toContainText(sha256);
  // What can be done is in sight also where the line is wider than the screen.
  await page.setViewportSize({ width: 800, height: 1200 });
  await expect.poll(() => table.evaluate((frame) => frame.scrollWidth - frame.clientWidth)).toBeGreaterThan(100);
  await expect(line.getByRole("button", { name: HOST_KEYS.revokeOf(name) })).toBeInViewport({ ratio: 1 });
  await page.setViewportSize({ width: 1280, height: 2600 });
  await line.getByRole("button", { name: HOST_KEYS.revokeOf(name) }).click();
  const revoke = dialog(page, HOST_KEYS.revokeOf(name));
  await revoke.getByLabel(/^Reason/).fill("short");
  await revoke.getByRole("button", { name: HOST_KEYS.revoke }).click();
  await expect(revoke.getByLabel(/^Reason/)).toHaveAccessibleDescription(/^Say in at least 10 characters why the key is revoked\./);
  await revoke.getByLabel(/^Reason/).fill("Its disk was copied by somebody.");
  await revoke.getByRole("button", { name: HOST_KEYS.revoke }).click();
  await expect(toast(page, HOST_KEYS.revoked(name))).toBeVisible();
  await expect(line).toContainText("Ada Admin revoked it: Its disk was copied by somebody.");

  // The server shows the very key that was trusted: that is not enough any more.
  await openList(operator);
  await command(operator, name, "Re-inspect");
  await dialog(operator, `Re-inspect ${name}`).getByRole("button", { name: "Re-inspect" }).click();
  await expect(operator.getByRole("region", { name: /^Notifications/ })).toContainText(`The host key of ${ip} was revoked.`);
  await expect(line.getByRole("button", { name: HOST_KEYS.retrustOf(name) })).not.toHaveAttribute("aria-disabled", "true");
  await operator.goto("/settings/host-keys");
  await expect(operator.getByRole("button", { name: HOST_KEYS.retrustOf(name) })).toHaveAccessibleDescription("You need the Admin role.");

  await line.getByRole("button", { name: HOST_KEYS.retrustOf(name) }).click();
  const retrust = dialog(page, HOST_KEYS.retrustTitle(ip));
  await expect(retrust).toContainText("Its disk was copied by somebody.");
  await retrust.getByLabel(/^Reason/).fill("Compared on its own screen.");
  await retrust.getByRole("button", { name: "Trust and re-inspect" }).click();
  await expect(line).toContainText(HOST_KEYS.states.trusted);
  const [node] = await region.sql("SELECT host_key_changed FROM node WHERE id = $1", [id]);
  expect(node).toEqual({ host_key_changed: null });
});
