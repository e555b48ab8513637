import type { Faults } from "@/lib/demo/faults";
import { FLEET, type DemoServer } from "@/lib/demo/fleet";
import { isolatedSentence } from "@/lib/domain/fencing";
import { FENCING_NOTES } from "@/lib/messages/fencing";
import { FENCING } from "@/lib/messages/power-dialogs";
import { POWER_DIALOGS } from "@/lib/messages/power-dialogs";
import { candidate } from "../candidates";
import { command, dialog, openList, openNode, row, select, toast, toolbar } from "../console";
import { expect, test } from "../fixtures";
import { nodeNamed } from "../records";
import type { Region } from "../region";

/** It takes connections and breaks them, and what is open hears nothing more. */
const DOWN: Faults = { refuse: true, hang: "exec" };

/** Heard an hour ago by a region that has been watched for two: waiting is not what is looked at here. */
async function lose(region: Region, servers: readonly DemoServer[]): Promise<void> {
  await region.sql("UPDATE worker SET started_at = now() - interval '2 hours'");
  await region.sql("UPDATE region_watch SET since = now() - interval '2 hours'");
  for (const server of servers) region.servers.faults(server, DOWN);
  const names = [servers.map(({ name }) => name)];
  const silent = async () =>
    (await region.sql("SELECT 1 FROM metrics.node_silence JOIN node ON node.id = node_id WHERE name = ANY($1)", names)).length;
  await expect.poll(silent, { timeout: 40_000 }).toBe(servers.length);
  await region.sql(
    "UPDATE metrics.node_now SET sampled_at = sampled_at - interval '1 hour' FROM node WHERE node.id = node_id AND node.name = ANY($1)",
    names,
  );
}

/** The tests that follow have a region whose watch has just begun: nothing of theirs counts as lost for a while. */
test.afterEach(async ({ region }) => {
  await region.sql("UPDATE worker SET started_at = now()");
  await region.sql("UPDATE region_watch SET since = now()");
});

test("a lost node is Failed with its reason, waits for a fence with another, is Fenced on an Admin's word, and comes back", async ({
  region,
  admin: page,
  operator,
  newContext,
  signedIn,
}) => {
  test.setTimeout(300_000);
  const server = await region.servers.fresh();
  const { name } = server;
  await candidate(region, page, server);
  await select(page, name);
  await toolbar(page).getByRole("button", { name: "Accept" }).click();
  await dialog(page, /Accept/)
    .getByRole("button", { name: "Accept" })
    .click();
  await expect(row(page, name)).toContainText("Active", { timeout: 30_000 });
  await expect(row(page, name).getByRole("img", { name: /^CPU \d/ })).toBeVisible({ timeout: 30_000 });

  await lose(region, [server]);
  const status = row(page, name).getByRole("button", { name: /^Failed, reason: No heartbeat for / });
  await expect(status).toBeVisible({ timeout: 60_000 });
  await expect(status).toHaveAccessibleName(/No BMC is set for this node, so its power can not be cut\./, { timeout: 20_000 });

  const reason = /^No heartbeat for .* can not be cut\.$/;
  const shown = (where: typeof page) => where.getByText(reason).last();
  await status.hover();
  await expect(shown(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await page.mouse.move(0, 0);
  await expect(shown(page)).toBeHidden();
  await status.focus();
  await expect(shown(page)).toBeVisible();
  await page.keyboard.press("Escape");
  const touch = await (await newContext({ storageState: await signedIn("viewer"), hasTouch: true })).newPage();
  await openList(touch);
  await row(touch, name)
    .getByRole("button", { name: /^Failed, reason: / })
    .tap();
  await expect(shown(touch)).toBeVisible();

  await openList(operator);
  await operator.getByRole("button", { name: `Actions for ${name}`, exact: true }).click();
  for (const label of ["Fence", "Confirm that it is off", "Set BMC"])
    await expect(operator.getByRole("menuitem", { name: label, exact: true })).toHaveAccessibleDescription("You need the Admin role.");

  await openNode(region, page, name);
  await expect(page.getByText(new RegExp(`^${FENCING_NOTES.pending}`))).toBeVisible();
  const looks = page.getByRole("list", { name: FENCING.looks });
  await expect(looks.getByRole("listitem")).toHaveCount(3);

  await openList(page);
  await command(page, name, "Confirm that it is off");
  const confirm = dialog(page, POWER_DIALOGS.confirmOff.title);
  const how = confirm.getByLabel(/^How you know/);
  const word = confirm.getByLabel(/^I confirm that this host is off/);
  const press = () => confirm.getByRole("button", { name: "Confirm", exact: true }).click();
  await how.fill("Short");
  await word.fill("compute-west-17");
  await press();
  await expect(how).toHaveAccessibleDescription(/^Say in at least 10 characters how you know that the host is off\./);
  await how.fill("Both power cords are pulled");
  await press();
  await expect(word).toHaveAccessibleDescription("“compute-west-17” is not the name of this node.");
  await word.fill(name);
  await press();
  await expect(toast(page, POWER_DIALOGS.confirmOff.done(name))).toBeVisible();
  await expect(row(page, name)).toContainText("Fenced");
  await openNode(region, page, name);
  const evidence = page.getByRole("list", { name: FENCING.evidence });
  await expect(evidence.getByRole("listitem")).toHaveCount(1);
  await expect(evidence).toContainText("Both power cords are pulled (Ada Admin)");

  // It was never off, so it is the same boot: it comes back when it was seen that nothing runs on it.
  region.servers.heal(server);
  await openList(page);
  await expect(row(page, name)).toContainText("Active", { timeout: 150_000 });
  const told = await region.sql<{ transition: string }>(
    "SELECT transition FROM event WHERE node_name = $1 AND transition IS NOT NULL ORDER BY id DESC LIMIT 4",
    [name],
  );
  expect(told.map(({ transition }) => transition)).toEqual(["T26", "T25", "T23", "T21"]);
});

test("a console that is cut off from half of its region says so on every page, and touches nothing", async ({ region, viewer: page }) => {
  test.slow();
  const names = (
    await region.sql<{ name: string }>(
      "SELECT name FROM node WHERE status = 'Active' AND name LIKE 'compute-west-%' ORDER BY name LIMIT 20",
    )
  ).map(({ name }) => name);
  await page.goto("/events");
  const servers = FLEET.filter(({ name }) => names.includes(name));
  await lose(region, servers);
  await expect(
    page
      .getByRole("status")
      .filter({ hasText: /^Error: The console is isolated: \d+ of \d+ nodes do not answer\. Regent takes no action\./ }),
  ).toBeVisible({ timeout: 30_000 });
  const [watch] = await region.sql<{ silent: number; total: number }>("SELECT silent, total FROM region_watch");
  if (!watch) throw new Error("Nobody watches the region.");
  await page.goto("/settings/about");
  await expect(page.getByText(isolatedSentence(watch))).toBeVisible();
  const before = await nodeNamed(region, names[0] ?? "");
  for (const server of servers) region.servers.heal(server);
  await expect(page.getByText(/^The console is isolated/)).toBeHidden({ timeout: 60_000 });
  expect((await nodeNamed(region, names[0] ?? "")).status).toBe(before.status);
  expect(await region.sql("SELECT count(*)::int AS failed FROM node WHERE name = ANY($1) AND status <> 'Active'", [names])).toEqual([
    { failed: 0 },
  ]);
});
