import type { Page } from "@playwright/test";
import { DIALOGS, FIELDS, TOASTS } from "@/lib/messages/mission";
import { candidate } from "../candidates";
import { command, dialog, openList, row, toast } from "../console";
import { expect, test } from "../fixtures";
import { nodeNamed, transitionsOf } from "../records";
import { caught, cookieOf, send, withInput } from "../requests";

async function rename(page: Page, was: string, is: string): Promise<void> {
  await command(page, was, "Rename");
  const form = dialog(page, DIALOGS.rename.title);
  await form.getByLabel(new RegExp(`^${FIELDS.name}`)).fill(is);
  await form.getByRole("button", { name: DIALOGS.rename.submit }).click();
}

test("what one administrator changes the other one sees within two seconds", async ({ admin, secondAdmin }) => {
  await Promise.all([openList(admin), openList(secondAdmin)]);
  await rename(admin, "compute-west-20", "compute-west-20a");
  await expect(toast(admin, "compute-west-20 is now compute-west-20a.")).toBeVisible();
  await expect(row(secondAdmin, "compute-west-20a")).toBeVisible({ timeout: 2000 });
  await expect(row(secondAdmin, "compute-west-20")).toBeHidden();
});

test("an action on a node that changed meanwhile is refused, with who changed what", async ({ admin, secondAdmin, region, watch }) => {
  watch.allow(/ERR_FAILED/);
  // The second browser has lost its stream: it still shows, and acts on, the node as it was.
  await openList(secondAdmin);
  await command(secondAdmin, "compute-west-19", "Rename");
  const form = dialog(secondAdmin, DIALOGS.rename.title);
  await form.getByLabel(new RegExp(`^${FIELDS.name}`)).fill("bobs-name");
  await secondAdmin.route("**/api/v1/nodes/**", (route) => route.abort());
  await openList(admin);
  await rename(admin, "compute-west-19", "adas-name");
  await expect(row(admin, "adas-name")).toBeVisible();
  await form.getByRole("button", { name: DIALOGS.rename.submit }).click();
  await expect(form.getByRole("alert")).toContainText(
    /adas-name changed while you looked at it: Ada Admin renamed compute-west-19 to adas-name\. \(Ada Admin, (just now|\d+ s ago)\)/,
  );
  await expect(form.getByLabel(new RegExp(`^${FIELDS.name}`))).toHaveValue("bobs-name");
  expect((await nodeNamed(region, "adas-name")).status).toBe("Active");
});

test("a form that was filled in before another administrator's change does not undo that change unseen", async ({ admin, secondAdmin }) => {
  await openList(secondAdmin);
  await command(secondAdmin, "compute-west-18", "Rename");
  const form = dialog(secondAdmin, DIALOGS.rename.title);
  await form.getByLabel(new RegExp(`^${FIELDS.description}`)).fill("Bob looked at it");
  await openList(admin);
  await rename(admin, "compute-west-18", "compute-west-18a");
  await expect(row(secondAdmin, "compute-west-18a")).toBeAttached();
  await form.getByRole("button", { name: DIALOGS.rename.submit }).click();
  await expect(form.getByRole("alert")).toContainText("Ada Admin renamed compute-west-18 to compute-west-18a.");
});

test("two administrators press Join at once: one operation, one event, and one of them is told", async ({ region, admin, secondAdmin }) => {
  const server = await region.servers.fresh();
  const id = await candidate(region, admin, server);
  await openList(secondAdmin);
  let release = () => {};
  const both = new Promise<void>((resolve) => (release = resolve));
  let held = 0;
  for (const page of [admin, secondAdmin]) {
    await command(page, server.name, "Join");
    const join = dialog(page, DIALOGS.join.title);
    await join.getByRole("button", { name: DIALOGS.join.submit }).click();
    await page.route(
      (url) => url.pathname.startsWith("/nodes"),
      async (route) => {
        if (route.request().method() === "POST" && ++held === 2) release();
        if (route.request().method() === "POST") await both;
        await route.fallback();
      },
    );
    await join.getByRole("button", { name: DIALOGS.join.submit }).click();
  }
  await expect(row(admin, server.name)).toContainText("Active", { timeout: 30_000 });
  await expect(row(admin, server.name)).not.toContainText("Activating");
  expect(await transitionsOf(region, id)).toEqual({ T01: 1, T09: 1, T15: 1, T16: 1, T17: 1 });
  expect(await region.sql("SELECT count(*)::int FROM operation WHERE node_id = $1 AND kind = 'join'", [id])).toEqual([{ count: 1 }]);

  const told = await Promise.all([admin, secondAdmin].map((page) => toast(page, TOASTS.joined).isVisible()));
  expect(told.filter(Boolean)).toHaveLength(1);
  const loser = told[0] ? secondAdmin : admin;
  await expect(dialog(loser, DIALOGS.join.title).getByRole("alert").first()).toContainText(
    /changed while you looked at it: .+ Admin joined /,
  );
});

test("a thousand Join requests at once from two administrators: one operation, one event", async ({
  region,
  admin,
  secondAdmin,
  watch,
}) => {
  test.slow();
  watch.allow(/ERR_FAILED/);
  const server = await region.servers.fresh();
  const id = await candidate(region, admin, server);
  await command(admin, server.name, "Join");
  const join = dialog(admin, DIALOGS.join.title);
  await join.getByRole("button", { name: DIALOGS.join.submit }).click();
  const request = await caught(admin, () => join.getByRole("button", { name: DIALOGS.join.submit }).click());
  await openList(secondAdmin);
  const cookies = [await cookieOf(admin), await cookieOf(secondAdmin)];
  const press = (index: number) => send(request, { cookie: cookies[index % 2] ?? "" }, withInput(request, {}, `press ${index}`));
  const answers = await Promise.all(Array.from({ length: 1000 }, (_, index) => press(index)));
  expect(answers.filter(({ text }) => text.includes('"operationId"'))).toHaveLength(1);
  expect(answers.filter(({ text }) => !/"operationId"|changed while you looked at it|is running on this node/.test(text))).toEqual([]);
  await expect(row(secondAdmin, server.name)).toContainText("Active", { timeout: 30_000 });
  await expect(row(secondAdmin, server.name)).not.toContainText("Activating");
  expect(await transitionsOf(region, id)).toEqual({ T01: 1, T09: 1, T15: 1, T16: 1, T17: 1 });
  expect(await region.sql("SELECT count(*)::int FROM operation WHERE node_id = $1 AND kind = 'join'", [id])).toEqual([{ count: 1 }]);
});
