import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import type axe from "axe-core";
import { BULK, TAGS } from "@/lib/messages/bulk";
import { OPERATIONS_DRAWER } from "@/lib/messages/console";
import { CANCEL, DRAIN, FORCE, MAINTENANCE, REMOVE, STAY } from "@/lib/messages/maintenance";
import { DIALOGS, FIELDS } from "@/lib/messages/mission";
import { NODE_TABS } from "@/lib/messages/node";
import { NOTIFY } from "@/lib/messages/notify";
import { NOTIFY_PAGE } from "@/lib/messages/notify-page";
import { candidate } from "../candidates";
import { command, dialog, fillInfo, openList, row, select, toolbar } from "../console";
import { expect, test } from "../fixtures";
import { bringBack, ok, openDialog, openPlan, reaches } from "../maintenance";
import { nodeNamed } from "../records";

const AXE = readFileSync("node_modules/axe-core/axe.min.js", "utf8");
const COLOURS = ["color-contrast", "link-in-text-block"];
/** Every rule at both widths and in both themes; what only colours decide, in the other theme of each width as well. */
const LOOKS = [
  { width: 1280, height: 900, themes: { light: undefined, dark: COLOURS } },
  { width: 320, height: 640, themes: { dark: undefined, light: COLOURS } },
] as const;

/** Looks at what is shown. The page's policy forbids scripts of others; a debugger's are none. */
async function expectNothingFound(page: Page, what: string): Promise<void> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const found: string[] = [];
  const before = page.viewportSize() ?? { width: 1280, height: 900 };
  for (const { themes, ...size } of LOOKS) {
    await page.setViewportSize(size);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const violations = await page.evaluate(async (only) => {
        const { axe: run } = window as unknown as { axe: typeof axe }; // set by the script above
        const { violations: all } = await run.run(document, {
          resultTypes: ["violations"],
          ...(only && { runOnly: { type: "rule", values: only } }),
        });
        return all.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(" ")} (${failureSummary})`).join("; ")}`,
        );
      }, themes[colorScheme]);
      found.push(...violations.map((violation) => `${what}, ${colorScheme}, ${size.width} px: ${violation}`));
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (overflow > 0) found.push(`${what}: the page is ${overflow} px wider than ${size.width} px`);
  }
  await page.setViewportSize(before);
  expect.soft(found).toEqual([]);
}

test("axe finds nothing on the pages before the sign-in", async ({ newContext }) => {
  const page = await (await newContext()).newPage();
  for (const path of ["/login", "/login/link", "/login/set-up"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectNothingFound(page, path);
  }
});

test("axe finds nothing on the pages of the console", async ({ region, viewer: page }) => {
  const overviews = await Promise.all(["compute-west-02", "compute-west-14"].map((name) => nodeNamed(region, name)));
  const failed = await nodeNamed(region, "compute-west-09");
  const paths = [
    "/nodes",
    "/nodes?filter=inadequate,inMaintenance&out=1",
    "/events",
    "/alarms",
    "/alarms/new",
    "/alarms/mutes",
    `/nodes/${failed.id}/events`,
  ];
  for (const path of [...paths, ...overviews.map(({ id }) => `/nodes/${id}/overview`)]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectNothingFound(page, path);
  }
});

test("axe finds nothing on the tabs of a node, and with their rows open", async ({ region, viewer: page }) => {
  test.slow();
  const { id } = await nodeNamed(region, "gpu-west-02");
  for (const tab of Object.keys(NODE_TABS)) {
    await page.goto(`/nodes/${id}/${tab}`);
    await expect(page.getByRole("navigation", { name: "About gpu-west-02" })).toBeVisible();
    await expectNothingFound(page, `the tab ${tab}`);
  }
  await page.goto(`/nodes/${id}/links`);
  await page.getByRole("button", { name: "Expand all" }).click();
  await expectNothingFound(page, "links with their interfaces");
  await page.goto(`/nodes/${id}/events`);
  await page
    .getByRole("button", { name: /^Details of event/ })
    .first()
    .click();
  await page.getByText("Raw JSON").click();
  await expectNothingFound(page, "an event with its details");
  const bare = await nodeNamed(region, "compute-west-32");
  await page.goto(`/nodes/${bare.id}/vms`);
  await expectNothingFound(page, "a node without a hypervisor");
});

test("axe finds nothing while a tag is typed, refused and added", async ({ region, operator: page }) => {
  const { id } = await nodeNamed(region, "gpu-west-02");
  await page.goto(`/nodes/${id}/overview`);
  await page.getByRole("button", { name: TAGS.add }).click();
  await expect(page.getByRole("option").first()).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expectNothingFound(page, "the list of tags");
  const field = page.getByRole("combobox", { name: TAGS.add });
  await field.fill("x".repeat(65));
  await field.press("Enter");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expectNothingFound(page, "a refused tag");
});

test("axe finds nothing on the page of an Inadequate node", async ({ region, viewer: page }) => {
  const { id } = await nodeNamed(region, "compute-west-35");
  await page.goto(`/nodes/${id}/overview`);
  await expect(page.getByText("Not met")).toBeVisible();
  await expectNothingFound(page, "an Inadequate node");
});

test("axe finds nothing where there is no such page", async ({ viewer: page, watch }) => {
  watch.allow(/404/);
  await page.goto("/nodes/00000000-0000-4000-8000-000000000000/overview");
  await expect(page.getByText("There is no such page")).toBeVisible();
  await expectNothingFound(page, "no such node");
});

test("axe finds nothing in the menus and with a node selected", async ({ admin: page }) => {
  await openList(page);
  await select(page, "compute-west-01");
  await expectNothingFound(page, "a node selected");
  await toolbar(page)
    .getByRole("button", { name: /^Actions/ })
    .click();
  await expect(page.getByRole("menu")).toBeVisible();
  await expectNothingFound(page, "the menu Actions");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Account/ }).click();
  await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
  await expectNothingFound(page, "the account's menu");
});

test("axe finds nothing in the settings, the command palette and the sheet of keys", async ({ region, admin: page }) => {
  test.slow();
  for (const path of ["/settings/appearance", "/settings/about"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectNothingFound(page, path);
  }
  await page.keyboard.press("?");
  await expect(dialog(page, "Keyboard shortcuts")).toBeVisible();
  await expectNothingFound(page, "the sheet of keys");
  await page.keyboard.press("Escape");
  const { id } = await nodeNamed(region, "compute-west-06");
  await page.goto(`/nodes/${id}/overview`);
  await expect(page.getByRole("heading", { name: "compute-west-06", level: 1 })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+k");
  const palette = dialog(page, "Search or jump to");
  await expect(palette.getByRole("option").first()).toBeVisible();
  await expectNothingFound(page, "the palette");
  await palette.getByRole("combobox").fill("join compute-west-0");
  await expect(palette.getByText("Not possible").first()).toBeVisible();
  await expectNothingFound(page, "the palette, refused commands");
  await palette.getByRole("combobox").fill("nothing at all");
  await expect(palette.getByRole("status")).toContainText("Nothing matches");
  await expectNothingFound(page, "the palette, empty");
});

test("axe finds nothing in the Add Candidate dialog, step by step", async ({ region, operator: page }) => {
  test.slow();
  const server = await region.servers.fresh();
  await openList(page, "?do=add");
  const add = dialog(page, DIALOGS.add.title);
  await expect(add).toBeVisible();
  await expectNothingFound(page, "Add, empty");
  await add.getByLabel(FIELDS.ip).fill("127.20.1.1");
  await add.getByLabel(FIELDS.user).focus();
  await expect(add.getByLabel(FIELDS.ip)).toHaveAttribute("aria-invalid", "true");
  await expectNothingFound(page, "Add, refused");
  await fillInfo(page, server.ip, server.credentials.user, server.credentials.password);
  await expectNothingFound(page, "Add, host key");
  await page.keyboard.press("Escape");
  await expect(add.getByRole("button", { name: "Keep editing" })).toBeVisible();
  await expectNothingFound(page, "Add, question before discarding");
  await add.getByRole("button", { name: "Keep editing" }).click();
  await add.getByRole("button", { name: DIALOGS.add.next }).click();
  await expect(add.getByRole("button", { name: DIALOGS.add.submit })).toBeVisible();
  await add.getByRole("button", { name: "Add", exact: true }).click();
  await expectNothingFound(page, "Add, MAC addresses");
});

test("axe finds nothing in the dialogs of a node", async ({ region, admin: page }) => {
  test.slow();
  await openList(page);
  const names: Record<string, string> = {
    "Modify Candidate": "compute-west-31",
    "Delete Candidate": "compute-west-31",
    Accept: "compute-west-31",
    Reject: "compute-west-31",
    Rename: "compute-west-01",
    "Re-inspect": "compute-west-01",
    Reconsider: "compute-west-37",
  };
  for (const [label, name] of Object.entries(names)) {
    await command(page, name, label);
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectNothingFound(page, label);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
  }
  await command(page, "compute-west-34", "Join");
  const join = dialog(page, DIALOGS.join.title);
  await join.getByRole("region", { name: FIELDS.links }).getByText("25 Gb/s").first().click();
  await expectNothingFound(page, "Join, blocked");
  await page.keyboard.press("Escape");
  await command(page, "compute-west-31", "Join");
  await join.getByRole("button", { name: DIALOGS.join.submit }).click();
  await expect(join.getByRole("alert")).toBeVisible();
  await expectNothingFound(page, "Join, question");
  await page.keyboard.press("Escape");

  const server = await region.servers.fresh();
  const id = await candidate(region, page, server);
  region.servers.faults(server, { hostKey: "new" });
  await command(page, server.name, "Re-inspect");
  await page.getByRole("dialog").getByRole("button", { name: "Re-inspect" }).click();
  await expect(row(page, server.name).getByRole("button", { name: /The host key of .* changed/ })).toBeVisible();
  await expectNothingFound(page, "a notification that waits");
  await command(page, server.name, "Re-trust host key");
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectNothingFound(page, "Re-trust");
  await page.goto(`/nodes/${id}/overview`);
  await expectNothingFound(page, "a node with another host key");
});

test("axe finds nothing in the dialogs of power and fencing, and beside the evidence", async ({ region, admin: page }) => {
  const [fenced, active] = await Promise.all(["compute-west-14", "compute-west-02"].map((name) => nodeNamed(region, name)));
  for (const [what, id] of [
    ["power", fenced?.id],
    ["powerOn", fenced?.id],
    ["fence", active?.id],
    ["confirmOff", active?.id],
  ] as const) {
    await page.goto(`/nodes?do=${what}&node=${id}`);
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectNothingFound(page, what);
  }
  await page.goto(`/nodes/${fenced?.id}/overview`);
  await expect(page.getByRole("list", { name: "Evidence" }).getByRole("listitem")).toHaveCount(8);
  await expectNothingFound(page, "the evidence");
});

test("axe finds nothing in the dialogs of a maintenance, free and blocked", async ({ region, admin: page }) => {
  test.setTimeout(180_000);
  const { form } = await openPlan(region, page, "compute-west-11");
  await form.getByText(/^Show the \d+ VMs/).click();
  await expectNothingFound(page, "Node Maintenance");
  await form.getByRole("button", { name: MAINTENANCE.force }).click();
  await expect(dialog(page, DIALOGS.maintenance.force).getByText(FORCE.timer, { exact: true })).toBeVisible();
  await expectNothingFound(page, "Force Maintenance");
  await openPlan(region, page, "gpu-west-02");
  await expectNothingFound(page, "Node Maintenance, blocked");
  for (const [word, name] of [
    ["activate", "compute-west-25"],
    ["remove", "compute-west-25"],
  ] as const) {
    const { form: other } = await openDialog(region, page, name, word);
    await expect(other).toContainText(/Regent (first looks|logs in)/);
    await expectNothingFound(page, word);
  }
  await page.getByRole("checkbox", { name: new RegExp(`^${REMOVE.lost}`) }).check();
  await expectNothingFound(page, "a lost machine");
});

test("axe finds nothing on the page of a node on its way out, when it stands, and in service again", async ({ region, admin: page }) => {
  test.setTimeout(180_000);
  const name = "storage-west-04";
  const { node, form } = await openPlan(region, page, name);
  region.servers.faults(node, { migrationMs: 60_000 });
  await ok(form).click();
  const panel = page.getByRole("region", { name: DRAIN.title });
  await expect(panel.getByRole("listitem").filter({ hasText: "Moving" }).first()).toBeVisible({ timeout: 30_000 });
  await expectNothingFound(page, "a drain");
  for (const label of [CANCEL.submit, MAINTENANCE.force]) {
    await panel.getByRole("button", { name: label }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectNothingFound(page, label);
    await page.keyboard.press("Escape");
  }
  // As after a drain that found no way, without the minute that it takes.
  await region.sql("UPDATE operation SET deadline_at = now() - interval '1 s' WHERE node_id = $1 AND status = 'running'", [node.id]);
  await expect(panel.getByRole("alert").filter({ hasText: DRAIN.stands })).toBeVisible({ timeout: 60_000 });
  await expectNothingFound(page, "a drain that stands");
  region.servers.heal(node);
  await panel.getByRole("button", { name: "Continue maintenance" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Continue" }).click();
  await reaches(region, name, "InMaintenance");
  await expect(page.getByRole("region", { name: STAY.title, exact: true })).toBeVisible();
  await expectNothingFound(page, "a node In maintenance");
  await bringBack(region, page, name);
  await expect(page.getByRole("button", { name: "Move VMs back" })).toBeVisible();
  await expectNothingFound(page, "VMs that are elsewhere");
});

test("axe finds nothing in the bulk dialogs and in the drawer of operations", async ({ region, operator: page }) => {
  test.slow();
  const nodes = await Promise.all(["compute-west-31", "compute-west-35", "compute-west-01"].map((name) => nodeNamed(region, name)));
  const ids = nodes.map(({ id }) => id).join(",");
  for (const what of ["accept", "reject", "delete", "tags"]) {
    await page.goto(`/nodes?do=bulk-${what}&nodes=${ids}`);
    await expect(page.getByRole("dialog")).toContainText(/(All|of) 3 can be/, { timeout: 30_000 });
    await expectNothingFound(page, `bulk ${what}`);
  }
  await page.goto(`/nodes?do=bulk-tags&nodes=${ids}`);
  const tags = page.getByRole("dialog");
  await tags.getByLabel(BULK.newTag).fill("axe");
  await tags.getByRole("button", { name: "Add", exact: true }).click();
  await expectNothingFound(page, "bulk tags, one added");
  await tags.getByRole("button", { name: /^Change tags of/ }).click();
  await page.getByRole("button", { name: /^Operations/ }).click();
  await dialog(page, OPERATIONS_DRAWER.title).getByRole("button", { name: "Change tags of 3 nodes" }).click();
  await expect(dialog(page, OPERATIONS_DRAWER.title).getByRole("list", { name: "Nodes of Change tags of 3 nodes" })).toBeVisible();
  await expectNothingFound(page, "the drawer");
});

test("axe finds nothing in the settings of notifications, with their dialogs, and when a test failed", async ({ admin: page, region }) => {
  test.slow();
  await page.goto("/settings/notifications");
  await page.getByRole("button", { name: NOTIFY_PAGE.set }).click();
  const server = dialog(page, NOTIFY.server);
  await server.getByRole("button", { name: NOTIFY.save }).click();
  await expect(server.getByLabel(NOTIFY.host)).toHaveAttribute("aria-invalid", "true");
  await expectNothingFound(page, "a mail server that is refused");
  await server.getByLabel(NOTIFY.host).fill("127.0.0.1");
  await server.getByLabel(NOTIFY.security).selectOption("none");
  await server.getByLabel(NOTIFY.port).fill("9");
  await server.getByLabel(NOTIFY.sender).fill("regent@west-1.test");
  await server.getByRole("button", { name: NOTIFY.save }).click();
  await page.getByLabel(NOTIFY.testTo).fill("ops@west-1.test");
  await page.getByRole("button", { name: NOTIFY.test }).click();
  await expect(page.getByText("Nothing listens at 127.0.0.1, port 9: the connection was refused.")).toBeVisible({ timeout: 30_000 });
  await expectNothingFound(page, "a test mail that failed");
  await page.getByRole("button", { name: NOTIFY_PAGE.addEmail }).click();
  const mailbox = dialog(page, NOTIFY_PAGE.addEmail);
  await mailbox.getByLabel(NOTIFY.address).fill("ops@west-1.test");
  await mailbox.getByRole("button", { name: NOTIFY_PAGE.add, exact: true }).click();
  await expect(page.getByRole("button", { name: NOTIFY_PAGE.actionsOf("ops@west-1.test") })).toBeVisible();
  await page.getByRole("button", { name: NOTIFY_PAGE.addWebhook }).click();
  const webhook = dialog(page, NOTIFY_PAGE.addWebhook);
  await webhook.getByRole("button", { name: NOTIFY_PAGE.add, exact: true }).click();
  await expect(webhook.getByLabel(NOTIFY.name)).toHaveAttribute("aria-invalid", "true");
  await expectNothingFound(page, "a webhook that is refused");
  await page.keyboard.press("Escape");
  await region.sql("UPDATE notify_target SET failing_since = now(), problem = '550 5.1.1 No such mailbox'");
  await expect(page.getByText("E-mail to ops@west-1.test failed: 550 5.1.1 No such mailbox").first()).toBeVisible();
  await expectNothingFound(page, "recipients, one of whom can not be told");
});
