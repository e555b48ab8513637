import { COMMANDS } from "@/lib/domain/lifecycle";
import { DIALOGS, FIELDS } from "@/lib/messages/mission";
import { command, dialog, openList, select, toolbar } from "../console";
import { expect, test } from "../fixtures";
import { nodeNamed } from "../records";
import { caught, cookieOf, send, withInput, type Sent } from "../requests";

const OPERATOR = "You need the Operator role.";
const ACTIONS = ["modify", "join", "delete", "accept", "reject", "reconsider", "rename", "reinspect"] as const;

test("a viewer sees every action, and why none of them is possible", async ({ viewer: page }) => {
  await openList(page);
  await expect(page.getByRole("button", { name: "+ Add Candidate" })).toHaveAccessibleDescription(OPERATOR);
  await select(page, "compute-west-31");
  for (const label of ["Modify Candidate", "Join", "Delete Candidate", "Accept"]) {
    const button = toolbar(page).getByRole("button", { name: label, exact: true });
    await expect(button).toHaveAttribute("aria-disabled", "true");
    await expect(button).toHaveAccessibleDescription(OPERATOR);
  }
  await toolbar(page).getByRole("button", { name: "Join", exact: true }).press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByRole("button", { name: "Actions for compute-west-31", exact: true }).click();
  for (const action of ACTIONS) {
    await expect(page.getByRole("menuitem", { name: COMMANDS[action].label, exact: true })).toHaveAccessibleDescription(OPERATOR);
  }
  await expect(page.getByRole("menuitem", { name: COMMANDS.retrust.label })).toHaveAccessibleDescription("You need the Admin role.");
  await expect(page.getByRole("menuitem", { name: /^Configure/ })).toHaveAttribute("rel", "noopener noreferrer");

  // The address opens the dialog for a viewer too; its button says the same.
  const href = await page.getByRole("link", { name: "compute-west-31", exact: true }).getAttribute("href");
  await page.goto(`/nodes?do=join&node=${/nodes\/([^/]+)/.exec(href ?? "")?.[1]}`);
  await expect(dialog(page, DIALOGS.join.title).getByRole("button", { name: DIALOGS.join.submit })).toHaveAccessibleDescription(OPERATOR);
});

test("the server refuses a viewer's request, and requests from elsewhere, whatever the page shows", async ({
  region,
  operator,
  viewer,
  watch,
}) => {
  watch.allow(/ERR_FAILED/);
  await openList(operator);
  await command(operator, "storage-west-04", "Rename");
  const form = dialog(operator, DIALOGS.rename.title);
  await form.getByLabel(new RegExp(`^${FIELDS.name}`)).fill("taken-over");
  const request = await caught(operator, () => form.getByRole("button", { name: DIALOGS.rename.submit }).click());
  await openList(viewer);
  const cookie = await cookieOf(operator);
  const refused = async (changed: Record<string, string | null>, sentence: RegExp) => {
    const answer = await send(request, { cookie, ...changed });
    expect(answer.text).toMatch(sentence);
    expect((await nodeNamed(region, "storage-west-04")).version).toBe(version);
  };
  const { version } = await nodeNamed(region, "storage-west-04");
  const foreign = /The request did not come from a page of this console\./;
  const foreignOrNext = /The request did not come from a page of this console\.|Internal Server Error|"digest"/;
  await refused({ cookie: await cookieOf(viewer) }, /You need the Operator role\./);
  await refused({ cookie: null }, /You are signed out\./);
  await refused({ origin: null }, foreign);
  await refused({ origin: "null" }, foreignOrNext);
  await refused({ origin: "https://evil.example" }, foreignOrNext);
  await refused({ origin: "https://evil.example", "x-forwarded-host": "evil.example" }, foreign);
  await refused({ "sec-fetch-site": "cross-site" }, foreign);
  expect((await send(request, { cookie })).text).toContain('"ok":true');
  expect((await nodeNamed(region, "taken-over")).version).toBe(version + 1);
});

test("a disabled action says the very sentence with which the server refuses it", async ({ region, operator: page, watch }) => {
  watch.allow(/ERR_FAILED/);
  await openList(page);
  await command(page, "compute-west-31", "Accept");
  const accept = dialog(page, "Accept Candidate Node");
  const request: Sent = await caught(page, () => accept.getByRole("button", { name: "Accept" }).click());
  await accept.getByRole("button", { name: "Cancel" }).click();
  const cookie = await cookieOf(page);
  for (const name of ["compute-west-01", "compute-west-09", "compute-west-14", "compute-west-24", "compute-west-35", "compute-west-37"]) {
    await select(page, name);
    const button = toolbar(page).getByRole("button", { name: "Accept", exact: true });
    await expect(button).toHaveAttribute("aria-disabled", "true");
    const { id, version } = await nodeNamed(region, name);
    const { text } = await send(request, { cookie }, withInput(request, { nodeId: id, version }, `accept ${name}`));
    const reason = /"reason":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? "";
    expect(reason).toContain("Candidate actions need status Candidate; this node is ");
    await expect(button).toHaveAccessibleDescription(reason);
    await expect(toolbar(page)).toContainText(reason);
    await toolbar(page).getByRole("button", { name: "Clear" }).click();
  }
});
