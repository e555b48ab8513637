import type { Page } from "@playwright/test";
import { BULK } from "@/lib/messages/bulk";
import { OPERATIONS_DRAWER } from "@/lib/messages/console";
import { TOASTS } from "@/lib/messages/mission";
import { candidate } from "../candidates";
import { command, dialog, live, openList, row, toast } from "../console";
import { expect, test } from "../fixtures";
import { nodeNamed, transitionsOf } from "../records";
import type { Region } from "../region";

const drawer = (page: Page) => dialog(page, OPERATIONS_DRAWER.title);
const operation = (page: Page, label: string | RegExp) => drawer(page).getByRole("button", { name: label });
const lines = (page: Page, label: string) =>
  drawer(page)
    .getByRole("list", { name: `Nodes of ${label}` })
    .getByRole("listitem");

async function candidates(region: Region, page: Page, count: number) {
  const found = [];
  for (let index = 0; index < count; index += 1) {
    const server = await region.servers.fresh();
    found.push({ server, id: await candidate(region, page, server) });
  }
  return found;
}
const opened = (what: string, ids: string[]) => `/nodes?do=bulk-${what}&nodes=${ids.join(",")}`;

test("many are accepted: the split before, one line per node, the one that changed meanwhile is named, and tried again", async ({
  region,
  admin: page,
  secondAdmin,
}) => {
  test.slow();
  const added = await candidates(region, page, 3);
  const active = await nodeNamed(region, "compute-west-01");
  const [first, changed, last] = added as [(typeof added)[0], (typeof added)[0], (typeof added)[0]];
  await page.goto(opened("accept", [...added.map(({ id }) => id), active.id]));
  await live(page);
  const ask = dialog(page, BULK.title("accept"));
  await expect(ask).toContainText("3 of 4 can be accepted. 1 cannot:");
  await expect(ask).toContainText("Candidate actions need status Candidate; this node is Active.");
  await expect(ask.getByRole("list").getByRole("listitem")).toContainText("compute-west-01");

  // Somebody else changes one of them while the dialog is open.
  await openList(secondAdmin);
  await command(secondAdmin, changed.server.name, "Rename");
  const form = dialog(secondAdmin, "Rename Node");
  await form.getByLabel(/^Name/).fill(`${changed.server.name}-b`);
  await form.getByRole("button", { name: "OK" }).click();
  await expect(toast(secondAdmin, TOASTS.renamed(changed.server.name, `${changed.server.name}-b`))).toBeVisible();

  for (const { server } of added) region.servers.faults(server, { delayMs: 250 });
  await ask.getByRole("button", { name: "Accept 3 nodes" }).click();
  await expect(toast(page, "Accepting 3 nodes.")).toBeVisible();

  // The drawer tells of each, also after a reload in the middle and to the other administrator.
  await page.getByRole("button", { name: /^Operations/ }).click();
  await operation(page, "Accept 3 nodes").click();
  await expect(page).toHaveURL(/drawer=[0-9a-f-]{36}/);
  await expect(lines(page, "Accept 3 nodes").filter({ hasText: "Running" })).toHaveCount(2);
  await page.reload();
  await expect(lines(page, "Accept 3 nodes").first()).toContainText(
    new RegExp(
      `${changed.server.name}.*Failed.*changed while you looked at it: Bob Admin renamed ${changed.server.name} to ${changed.server.name}-b`,
    ),
  );
  await expect(lines(page, "Accept 3 nodes")).toHaveCount(3);
  await expect(drawer(page).getByText("2 accepted, 1 failed.").first()).toBeVisible({ timeout: 40_000 });
  await secondAdmin.goto(page.url());
  await expect(lines(secondAdmin, "Accept 3 nodes").filter({ hasText: "Done" })).toHaveCount(2);
  for (const { id } of [first, last]) expect(await transitionsOf(region, id)).toEqual({ T01: 1, T08: 1, T15: 1, T16: 1, T17: 1 });
  expect(await transitionsOf(region, changed.id)).toEqual({ T01: 1 });

  await drawer(page).getByRole("button", { name: "Retry failed (1)" }).click();
  await expect(operation(page, "Accept 1 node")).toHaveAttribute("aria-expanded", "true");
  await expect(lines(page, "Accept 1 node")).toContainText("Done", { timeout: 40_000 });
  await expect(toast(page, "1 accepted.")).toBeVisible();
  expect(await transitionsOf(region, changed.id)).toEqual({ T01: 1, T08: 1, T15: 1, T16: 1, T17: 1 });
  for (const { server } of added) region.servers.heal(server);
});

test("many are rejected and deleted, with what the toast shows", async ({ region, operator: page }) => {
  test.slow();
  const added = await candidates(region, page, 2);
  const ids = added.map(({ id }) => id);
  await page.goto(opened("reject", ids));
  const reject = dialog(page, BULK.title("reject"));
  await expect(reject).toContainText("All 2 can be rejected.");
  await reject.getByLabel("Reason").fill("Wrong rack");
  await reject.getByRole("button", { name: "Reject 2 nodes" }).click();
  await expect(toast(page, "2 rejected.")).toBeVisible();
  expect(await region.sql("SELECT DISTINCT status::text, status_reason FROM node WHERE id = ANY($1)", [ids])).toEqual([
    { status: "Rejected", status_reason: "Wrong rack" },
  ]);
  await page.getByRole("button", { name: "Show" }).click();
  await expect(lines(page, "Reject 2 nodes").filter({ hasText: "Done" })).toHaveCount(2);
  await page.keyboard.press("Escape");
  await expect(drawer(page)).toBeHidden();

  await page.goto(opened("delete", ids));
  await dialog(page, BULK.title("delete")).getByRole("button", { name: "Delete 2 nodes" }).click();
  await expect(toast(page, "2 deleted.")).toBeVisible();
  for (const { server } of added) await expect(row(page, server.name)).toBeHidden();
});

test("tags of many are changed: what all have, what some have, and a new one", async ({ region, operator: page }) => {
  const nodes = await Promise.all(["compute-west-05", "compute-west-06"].map((name) => nodeNamed(region, name)));
  const ids = nodes.map(({ id }) => id);
  await region.sql("UPDATE node SET tags = CASE WHEN id = $1 THEN '{both,one}'::text[] ELSE '{both}' END WHERE id = ANY($2)", [
    ids[0],
    ids,
  ]);
  await page.goto(opened("tags", ids));
  const form = dialog(page, BULK.title("tags"));
  // A tag that changes is named together with what becomes of it.
  const box = (tag: string) => form.getByRole("checkbox", { name: new RegExp(`^${tag}`) });
  await expect(box("both")).toBeChecked();
  await expect(box("one")).toBeChecked({ indeterminate: true });
  await expect(form.getByRole("button", { name: "Change tags of 2 nodes" })).toHaveAccessibleDescription(BULK.noChange);
  await box("both").uncheck();
  await expect(box("both")).toHaveAccessibleName(/None of them will have it\.$/);
  await form.getByLabel(BULK.newTag).fill("rack-Q");
  await form.getByLabel(BULK.newTag).press("Enter");
  await expect(box("rack-Q")).toBeChecked();
  await form.getByRole("button", { name: "Change tags of 2 nodes" }).click();
  await expect(toast(page, "2 changed.")).toBeVisible();
  const tags = await region.sql("SELECT tags FROM node WHERE id = ANY($1) ORDER BY array_length(tags, 1) DESC", [ids]);
  expect(tags).toEqual([{ tags: ["one", "rack-Q"] }, { tags: ["rack-Q"] }]);
});

test("the drawer is read and left by keyboard, and a viewer sees it without its buttons' work", async ({ viewer: page }) => {
  await openList(page);
  const button = page.getByRole("button", { name: /^Operations/ });
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(drawer(page).getByRole("heading", { name: OPERATIONS_DRAWER.title })).toBeFocused();
  await drawer(page).getByRole("button", { name: "Failed", exact: true }).click();
  await expect(drawer(page).getByRole("button", { name: "Failed", exact: true })).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Escape");
  await expect(drawer(page)).toBeHidden();
  await expect(button).toBeFocused();
  await page.evaluate(() => dispatchEvent(new CustomEvent("regent:shortcut", { detail: "operations" })));
  await expect(drawer(page)).toBeVisible();
  // Not modal: the page beside it goes on to work.
  await page.getByRole("link", { name: "compute-west-02", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("compute-west-02");
});
