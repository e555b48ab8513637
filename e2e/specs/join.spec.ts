import { DIALOGS, FIELDS, TOASTS } from "@/lib/messages/mission";
import { candidate } from "../candidates";
import { cellOf, command, dialog, openList, row, select, toast, toolbar } from "../console";
import { expect, test } from "../fixtures";
import { transitionsOf } from "../records";

const LINK_FIELDS = [
  "Name",
  "Address (MAC)",
  "Vendor",
  "Duplex",
  "Speed",
  "Driver",
  "Device Name",
  "Carrier status",
  "PCI Slot",
  "Type",
  "Device ID",
];

test("a bare server joins after a review: every status is seen live and told once", async ({ region, operator: page }) => {
  const server = await region.servers.fresh({ bare: true });
  const id = await candidate(region, page, server);
  await openList(page);
  await select(page, server.name);
  await toolbar(page).getByRole("button", { name: "Join" }).click();

  const join = dialog(page, DIALOGS.join.title);
  await expect(join.getByRole("definition").first()).toHaveText(server.ip);
  const links = join.getByRole("region", { name: FIELDS.links });
  await expect(links).toContainText("2 of 2 converged links ready");
  const first = links.getByRole("group").first();
  await first.getByText("25 Gb/s").click();
  await expect(first.getByRole("term")).toHaveText(LINK_FIELDS);
  await expect(first.getByRole("definition").nth(1)).toHaveText(server.convergedMacs[0] ?? "");
  for (const check of ["Converged MACs present", "Links up", "Link speed", "Node Type valid"]) {
    await expect(join.getByRole("region", { name: "Checks" }).getByRole("listitem").filter({ hasText: check })).toContainText("Pass");
  }

  await join.getByLabel(FIELDS.role).selectOption("Control");
  await join.getByRole("button", { name: DIALOGS.join.submit }).click();
  await expect(join.getByRole("alert")).toHaveText(`Join ${server.name} as Control?`);
  await join.getByRole("button", { name: "Back" }).click();
  await expect(join.getByRole("alert")).toBeHidden();
  await join.getByLabel(FIELDS.role).selectOption("Worker");
  await join.getByRole("button", { name: DIALOGS.join.submit }).click();
  await expect(join.getByRole("alert")).toHaveText(`Join ${server.name} as Worker?`);
  expect(await transitionsOf(region, id)).toEqual({ T01: 1 });

  region.servers.faults(server, { delayMs: 500 });
  await join.getByRole("button", { name: DIALOGS.join.submit }).click();
  await expect(toast(page, TOASTS.joinStarted)).toBeVisible();
  const line = row(page, server.name);
  await expect(line).toContainText("Approved");
  await expect(line).toContainText(/Join: (Connect|Inspect again)/);
  await expect(line).toContainText("Starting");

  // A second look in the middle of it, from the database and not from what this page remembers.
  await page.reload();
  await expect(line).toContainText("Starting");
  await expect(line).toContainText("Join: ");
  await select(page, server.name);
  await expect(toolbar(page).getByRole("button", { name: "Delete Candidate" })).toHaveAccessibleDescription(
    "Candidate actions need status Candidate; this node is Starting.",
  );
  await expect(line).toContainText("Activating");
  await expect(line).toContainText("Active", { timeout: 30_000 });
  await expect(line).not.toContainText("Activating");
  region.servers.heal(server);
  await expect(await cellOf(page, server.name, "candidate")).toHaveText("No");

  expect(await transitionsOf(region, id)).toEqual({ T01: 1, T09: 1, T15: 1, T16: 1, T17: 1 });
  await page.goto("/events");
  for (const told of [
    `Olga Operator joined ${server.name} as Worker.`,
    `Provisioning of ${server.name} began.`,
    `The services of ${server.name} run.`,
    `${server.name} is Active.`,
  ]) {
    await expect(page.getByRole("table").getByText(told, { exact: true })).toHaveCount(1);
  }
  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page.getByText(/^\d+ events, each as it was written\.$/)).toBeVisible();
});

test("an accepted candidate goes the same way, in the role chosen when it was added", async ({ region, operator: page }) => {
  const server = await region.servers.fresh({ privilege: "sudo" });
  const id = await candidate(region, page, server);
  region.servers.faults(server, { delayMs: 250 });
  await select(page, server.name);
  await toolbar(page).getByRole("button", { name: "Accept" }).click();
  const accept = dialog(page, "Accept Candidate Node");
  await expect(accept).toContainText("Worker: Runs tenant workloads.");
  await accept.getByRole("button", { name: "Accept" }).click();
  await expect(toast(page, TOASTS.joinStarted)).toBeVisible();
  await expect(toast(page, TOASTS.joined)).toBeVisible({ timeout: 30_000 });
  await expect(row(page, server.name)).toContainText("Active");
  expect(await transitionsOf(region, id)).toEqual({ T01: 1, T08: 1, T15: 1, T16: 1, T17: 1 });
});

test("a join that fails on the server says why, on the list, the page and in the toast", async ({ region, operator: page }) => {
  const server = await region.servers.fresh({ bare: true });
  const id = await candidate(region, page, server);
  region.servers.faults(server, { failPackage: true });
  await command(page, server.name, "Join");
  const join = dialog(page, DIALOGS.join.title);
  await join.getByRole("button", { name: DIALOGS.join.submit }).click();
  await join.getByRole("button", { name: DIALOGS.join.submit }).click();
  const notifications = page.getByRole("region", { name: /^Notifications/ });
  await expect(toast(page, "Failed to join candidate node")).toBeVisible({ timeout: 20_000 });
  await expect(notifications).toContainText("503");
  await expect(row(page, server.name)).toContainText("Failed");
  await row(page, server.name).getByRole("link", { name: server.name, exact: true }).click();
  await expect(page.getByRole("main")).toContainText("503");
  await expect(page.getByText("If recoverable: Put into maintenance, fix the issue, then activate.")).toBeVisible();
  expect(await transitionsOf(region, id)).toEqual({ T01: 1, T09: 1, T15: 1, T19: 1 });
});

test("links that are down keep a candidate from joining, on the page and on the server alike", async ({ operator: page }) => {
  await openList(page);
  await command(page, "compute-west-34", "Join");
  const join = dialog(page, DIALOGS.join.title);
  await expect(join.getByRole("region", { name: "Checks" }).getByRole("listitem").filter({ hasText: "Links up" })).toContainText(
    "Blocked: Links up No carrier: ens1f1.",
  );
  await expect(join.getByRole("button", { name: DIALOGS.join.submit })).toHaveAccessibleDescription("Network links not in expected state.");
});

test("the worker is killed in the middle of a join: the join ends well, and each transition is told once", async ({
  region,
  operator: page,
}) => {
  const server = await region.servers.fresh({ bare: true });
  const id = await candidate(region, page, server);
  await command(page, server.name, "Join");
  const join = dialog(page, DIALOGS.join.title);
  await join.getByRole("button", { name: DIALOGS.join.submit }).click();
  await join.getByRole("button", { name: DIALOGS.join.submit }).click();
  await expect(row(page, server.name)).toContainText("Join: Install packages");
  const pid = region.pids.worker();
  if (!pid) throw new Error("The worker does not run.");
  const killed = Date.now();
  process.kill(pid, "SIGKILL");
  await expect(row(page, server.name)).toContainText("Active", { timeout: 20_000 });
  await expect(row(page, server.name)).not.toContainText("Activating", { timeout: 20_000 });
  expect(Date.now() - killed).toBeLessThan(15_000);
  await expect(toast(page, TOASTS.joined)).toBeVisible();
  expect(region.pids.worker()).not.toBe(pid);
  expect(await transitionsOf(region, id)).toEqual({ T01: 1, T09: 1, T15: 1, T16: 1, T17: 1 });
  const [operation] = await region.sql("SELECT status, attempt FROM operation WHERE node_id = $1 AND kind = 'join'", [id]);
  expect(operation).toEqual({ status: "succeeded", attempt: 2 });
  expect(region.servers.authorizedKeys(server)).toHaveLength(1);
});
