import { BULK } from "@/lib/messages/bulk";
import { OPERATIONS_DRAWER } from "@/lib/messages/console";
import { CANCEL, DRAIN, FORCE, MAINTENANCE, REMOVE, STAY } from "@/lib/messages/maintenance";
import { DIALOGS, FIELDS } from "@/lib/messages/mission";
import { expectNothingFound } from "../axe";
import { candidate } from "../candidates";
import { command, dialog, fillInfo, openList, row } from "../console";
import { expect, test } from "../fixtures";
import { bringBack, ok, openDialog, openPlan, reaches } from "../maintenance";
import { nodeNamed } from "../records";

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
