import { FLEET } from "@/lib/demo/fleet";
import { isolatedSentence } from "@/lib/domain/fencing";
import { FENCING, POWER_DIALOGS } from "@/lib/messages/fencing";
import { command, dialog, openList, openNode, row, toast } from "../console";
import { expect, test } from "../fixtures";
import { nodeNamed } from "../records";
import type { Region } from "../region";

const LOST = "compute-west-18";

/** Heard an hour ago by a region that has been watched for two: waiting is not what is looked at here. */
async function lose(region: Region, names: readonly string[]): Promise<void> {
  await region.sql("UPDATE worker SET started_at = now() - interval '2 hours'");
  await region.sql("UPDATE region_watch SET since = now() - interval '2 hours'");
  for (const server of FLEET.filter(({ name }) => names.includes(name))) region.servers.faults(server, { refuse: true });
  const age = () =>
    region.sql(
      "UPDATE metrics.node_now SET sampled_at = sampled_at - interval '1 hour' FROM node WHERE node.id = node_id AND node.name = ANY($1) AND sampled_at > now() - interval '50 minutes'",
      [names],
    );
  await age();
  // What was on its way when the server was closed.
  await expect
    .poll(
      async () =>
        (await region.sql("SELECT 1 FROM metrics.node_silence JOIN node ON node.id = node_id WHERE name = ANY($1)", [names])).length,
      { timeout: 20_000 },
    )
    .toBe(names.length);
  await age();
}

test("a lost node is Failed with its reason, waits for a fence with another, and is Fenced on an Admin's word", async ({
  region,
  admin: page,
  operator,
  newContext,
  signedIn,
}) => {
  test.slow();
  await openList(page);
  await lose(region, [LOST]);
  const status = row(page, LOST).getByRole("button", { name: /^Failed, reason: No heartbeat for / });
  await expect(status).toBeVisible({ timeout: 60_000 });
  await expect(status).toHaveAccessibleName(/No BMC is set for this node, so its power can not be cut\./, { timeout: 20_000 });

  const shown = page.locator("[role=tooltip], .tooltip").or(page.getByText(/^No heartbeat for .* can not be cut\.$/));
  await status.hover();
  await expect(shown.last()).toBeVisible();
  await page.keyboard.press("Escape");
  await page.mouse.move(0, 0);
  await status.focus();
  await expect(shown.last()).toBeVisible();
  await page.keyboard.press("Escape");
  const touch = await (await newContext({ storageState: await signedIn("viewer"), hasTouch: true })).newPage();
  await openList(touch);
  await row(touch, LOST)
    .getByRole("button", { name: /^Failed, reason: / })
    .tap();
  await expect(touch.getByText(/^No heartbeat for .* can not be cut\.$/).last()).toBeVisible();

  await openList(operator);
  await operator.getByRole("button", { name: `Actions for ${LOST}`, exact: true }).click();
  for (const label of ["Fence", "Confirm that it is off", "Set BMC"])
    await expect(operator.getByRole("menuitem", { name: label, exact: true })).toHaveAccessibleDescription("You need the Admin role.");

  await openNode(region, page, LOST);
  await expect(page.getByText(new RegExp(`^${FENCING.pending}`))).toBeVisible();
  const looks = page.getByRole("list", { name: FENCING.looks });
  await expect(looks.getByRole("listitem")).toHaveCount(3);
  await expect(looks).toContainText("refused the connection: SSH service is not running.");

  await openList(page);
  await command(page, LOST, "Confirm that it is off");
  const confirm = dialog(page, POWER_DIALOGS.confirmOff.title);
  await confirm.getByLabel(/^How you know/).fill("Short");
  await confirm.getByLabel(/^I confirm that this host is off/).fill("compute-west-17");
  await confirm.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(confirm.getByLabel(/^How you know/)).toHaveAccessibleDescription(
    /^Say in at least 10 characters how you know that the host is off\./,
  );
  await confirm.getByLabel(/^How you know/).fill("Both power cords are pulled");
  await confirm.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(confirm.getByLabel(/^I confirm that this host is off/)).toHaveAccessibleDescription(
    "“compute-west-17” is not the name of this node.",
  );
  await confirm.getByLabel(/^I confirm that this host is off/).fill(LOST);
  await confirm.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(toast(page, POWER_DIALOGS.confirmOff.done(LOST))).toBeVisible();
  await expect(row(page, LOST)).toContainText("Fenced");
  await openNode(region, page, LOST);
  const evidence = page.getByRole("list", { name: FENCING.evidence });
  await expect(evidence.getByRole("listitem")).toHaveCount(1);
  await expect(evidence).toContainText("Both power cords are pulled (Ada Admin)");
  await expect(page.getByText("Stopped: its host is off.").first()).toBeVisible();
});

test("a console that is cut off from half of its region says so on every page, and touches nothing", async ({ region, viewer: page }) => {
  test.slow();
  const names = (await region.sql<{ name: string }>("SELECT name FROM node WHERE status = 'Active' ORDER BY name LIMIT 20")).map(
    ({ name }) => name,
  );
  await page.goto("/events");
  await lose(region, names);
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
  for (const server of FLEET.filter(({ name }) => names.includes(name))) region.servers.faults(server, {});
  await expect(page.getByText(/^The console is isolated/)).toBeHidden({ timeout: 60_000 });
  expect((await nodeNamed(region, names[0] ?? "")).status).toBe(before.status);
  expect(await region.sql("SELECT count(*)::int AS failed FROM node WHERE name = ANY($1) AND status <> 'Active'", [names])).toEqual([
    { failed: 0 },
  ]);
});
