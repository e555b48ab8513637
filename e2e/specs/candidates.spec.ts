import { DIALOGS, FIELDS, HELP, TOASTS } from "@/lib/messages/mission";
import { candidate } from "../candidates";
import { cellOf, command, dialog, openList, row, select, toast, toolbar } from "../console";
import { expect, test } from "../fixtures";
import { nodeNamed, transitionsOf } from "../records";
import { caught, cookieOf, send, withInput } from "../requests";

test("a candidate is modified: its IP and access MACs are text, a wrong password changes nothing", async ({
  region,
  operator: page,
  watch,
}) => {
  watch.allow(/ERR_FAILED/);
  const server = await region.servers.fresh();
  const id = await candidate(region, page, server);
  const other = server.hardware.links.find(({ name }) => name === "eno2")?.permanentAddress ?? "";
  await select(page, server.name);
  await toolbar(page).getByRole("button", { name: "Modify Candidate" }).click();
  const modify = dialog(page, DIALOGS.modify.title);
  await expect(modify).toContainText(HELP.ipFixed);
  await expect(modify.getByRole("definition").first()).toHaveText(server.ip);
  await expect(modify.getByRole("textbox", { name: FIELDS.ip })).toHaveCount(0);
  await expect(modify.getByRole("textbox", { name: FIELDS.accessMacs })).toHaveCount(0);
  await expect(modify.getByLabel(FIELDS.user)).toHaveValue("root");
  await expect(modify.getByLabel(new RegExp(`^${FIELDS.password}`))).toHaveAttribute("placeholder", "Unchanged");

  await modify.getByRole("checkbox", { name: new RegExp(other) }).check();
  await modify.getByLabel(new RegExp(`^${FIELDS.password}`)).fill("not its password");
  await modify.getByRole("button", { name: DIALOGS.modify.submit }).click();
  await expect(toast(page, "Failed to modify candidate node")).toBeVisible();
  await expect(page.getByRole("region", { name: /^Notifications/ })).toContainText(`${server.ip} rejected the user or password.`);

  await command(page, server.name, "Modify Candidate");
  await modify.getByRole("checkbox", { name: new RegExp(other) }).check();
  const crafted = await caught(page, () => modify.getByRole("button", { name: DIALOGS.modify.submit }).click());
  const answer = await send(crafted, { cookie: await cookieOf(page) }, withInput(crafted, { ip: "10.9.9.9" }, "crafted"));
  expect(answer.text).toContain('"code":"bad-input"');

  region.servers.faults(server, { delayMs: 300 });
  await modify.getByRole("button", { name: DIALOGS.modify.submit }).click();
  await expect(toast(page, TOASTS.modifyStarted)).toBeVisible();
  await expect(toast(page, TOASTS.modified)).toBeVisible();
  expect(await region.sql("SELECT ip, converged_macs FROM node WHERE id = $1", [id])).toEqual([
    { ip: server.ip, converged_macs: [...server.convergedMacs, other] },
  ]);
  expect(region.servers.authorizedKeys(server)).toHaveLength(1);
});

test("a candidate is deleted: the record goes, the server is not touched, the event stays", async ({ region, operator: page }) => {
  const server = await region.servers.fresh();
  const id = await candidate(region, page, server);
  await select(page, server.name);
  await toolbar(page).getByRole("button", { name: "Delete Candidate" }).click();
  const form = dialog(page, DIALOGS.delete.title);
  await expect(form).toContainText("This removes the candidate record from the system. It does not affect the physical server.");
  await expect(form.getByRole("definition")).toHaveText([server.ip, server.name]);
  await form.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(toast(page, "Candidate node deleted successfully.")).toBeVisible();
  await expect(row(page, server.name)).toBeHidden();
  expect(await region.sql("SELECT 1 FROM node WHERE id = $1", [id])).toEqual([]);
  expect(await transitionsOf(region, id)).toEqual({ T01: 1, T12: 1 });
  expect(region.servers.authorizedKeys(server)).toHaveLength(1);
});

test("a candidate is rejected with a reason, and reconsidered", async ({ region, operator: page }) => {
  const { id } = await nodeNamed(region, "compute-west-32");
  const before = await transitionsOf(region, id);
  await openList(page);
  await command(page, "compute-west-32", "Reject");
  const reject = dialog(page, "Reject compute-west-32");
  await expect(reject).toContainText("This marks the node as rejected without deleting its record.");
  await reject.getByLabel("Reason").fill("Waits for a second power supply.");
  await reject.getByRole("button", { name: "Reject" }).click();
  await expect(toast(page, "compute-west-32 rejected.")).toBeVisible();
  const line = row(page, "compute-west-32");
  await expect(line.getByRole("button", { name: "Rejected, reason: Waits for a second power supply." })).toBeVisible();
  await expect(await cellOf(page, "compute-west-32", "candidate")).toHaveText("No");

  await command(page, "compute-west-32", "Reconsider");
  const reconsider = dialog(page, "Reconsider compute-west-32");
  await expect(reconsider).toContainText("Waits for a second power supply.");
  await reconsider.getByRole("button", { name: "Reconsider" }).click();
  await expect(toast(page, "compute-west-32 is a candidate again.")).toBeVisible();
  await expect(await cellOf(page, "compute-west-32", "candidate")).toHaveText("Yes");
  expect(await transitionsOf(region, id)).toEqual({ ...before, T10: 1, T11: 1 });
});

test("a node is renamed; each way a name can be wrong is said at the field", async ({ region, operator: page }) => {
  await openList(page);
  await command(page, "gpu-west-03", "Rename");
  const form = dialog(page, DIALOGS.rename.title);
  const name = form.getByLabel(new RegExp(`^${FIELDS.name}`));
  await expect(form).toContainText("This does not affect the node’s hostname or functionality.");
  await expect(name).toHaveValue("gpu-west-03");
  const wrong: [string, RegExp][] = [
    ["", /^Name is required\./],
    ["gpu west", /^Name has only letters, digits and \. - _/],
    ["a".repeat(64), /^Name has at most 63 characters\./],
    ["GPU-WEST-01", /^gpu-west-01 is the name of the node at 127\.20\.1\.\d+\./],
  ];
  for (const [typed, sentence] of wrong) {
    await name.fill(typed);
    await form.getByRole("button", { name: "OK" }).click();
    await expect(name).toHaveAccessibleDescription(sentence);
    await expect(name).toHaveAttribute("aria-invalid", "true");
    await expect(name).toHaveValue(typed);
  }
  await name.fill("gpu.west_3");
  await form.getByLabel(new RegExp(`^${FIELDS.description}`)).fill("Borrowed by the render team");
  await form.getByRole("button", { name: "OK" }).click();
  await expect(toast(page, "gpu-west-03 is now gpu.west_3.")).toBeVisible();
  const { id } = await nodeNamed(region, "gpu.west_3");
  await page.goto(`/nodes/${id}/overview`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("gpu.west_3");
  await expect(page.getByRole("main")).toContainText("Borrowed by the render team");
  await expect(page).toHaveTitle("gpu.west_3 · Nodes · Regent");
});

test("a re-inspection tells what changed on the machine", async ({ region, operator: page }) => {
  const { id, ip } = await nodeNamed(region, "compute-west-03");
  region.servers.faults({ ip }, { linkDown: ["ens1f1"], delayMs: 200 });
  await openList(page);
  await command(page, "compute-west-03", "Re-inspect");
  await dialog(page, "Re-inspect compute-west-03").getByRole("button", { name: "Re-inspect" }).click();
  await expect(toast(page, "compute-west-03 is being inspected.")).toBeVisible();
  await expect(toast(page, "compute-west-03 inspected.")).toBeVisible();
  region.servers.heal({ ip });
  await page.goto(`/nodes/${id}/events`);
  await expect(page.getByRole("table").getByText(/^compute-west-03 was inspected: .*ens1f1.*(carrier|down)/i)).toHaveCount(1);
});
