import { REMOVE_NEEDS } from "@/lib/domain/lifecycle";
import { REMOVE } from "@/lib/messages/maintenance";
import { DIALOGS, WARNINGS } from "@/lib/messages/mission";
import { candidate } from "../candidates";
import { command, dialog } from "../console";
import { expect, test } from "../fixtures";
import { openDialog, reaches, statusOf, takeOut } from "../maintenance";

const REMOVE_SUBMIT = DIALOGS.remove.submit;

test("a node is removed for good, and never while its data pools are degraded", async ({ region, admin: page }) => {
  test.setTimeout(180_000);
  const server = await region.servers.fresh();
  const { name } = server;
  await candidate(region, page, server);
  await command(page, name, "Join");
  const join = dialog(page, DIALOGS.join.title);
  await join.getByRole("button", { name: DIALOGS.join.submit }).click();
  await join.getByRole("button", { name: DIALOGS.join.submit }).click();
  await reaches(region, name, "Active");
  const answers = async () =>
    (await region.sql("SELECT 1 FROM metrics.node_now w JOIN node n ON n.id = w.node_id WHERE n.name = $1", [name])).length;
  await expect.poll(answers, { timeout: 60_000 }).toBe(1);
  const { form: early } = await openDialog(region, page, name, "remove");
  await expect(early.getByRole("button", { name: REMOVE_SUBMIT, exact: true })).toHaveAccessibleDescription(REMOVE_NEEDS);
  await takeOut(region, page, name);

  region.servers.faults(server, { pools: "degraded" });
  const { form } = await openDialog(region, page, name, "remove");
  await expect(form).toContainText(server.ip);
  await expect(form).toContainText(REMOVE.final);
  await form.getByRole("button", { name: REMOVE_SUBMIT, exact: true }).click();
  await expect(page.getByRole("region", { name: /^Notifications/ })).toContainText(REMOVE.failed, { timeout: 30_000 });
  await openDialog(region, page, name, "remove");
  const caution = form.getByRole("alert");
  await expect(caution).toContainText(WARNINGS.removePools);
  await expect(caution).toContainText(WARNINGS.removeDataLoss);
  await expect(form.getByRole("button", { name: REMOVE_SUBMIT, exact: true })).toHaveCount(0);
  const again = caution.getByRole("button", { name: REMOVE.check });
  await again.click();
  await expect(again).not.toHaveAttribute("aria-busy", "true", { timeout: 20_000 });
  await expect(again).toBeFocused();
  await expect(caution).toContainText(WARNINGS.removeDataLoss);
  region.servers.heal(server);
  await again.click();
  await expect(form).toContainText(REMOVE.healthy, { timeout: 20_000 });
  expect(await statusOf(region, name)).toBe("InMaintenance");

  const remove = form.getByRole("button", { name: REMOVE_SUBMIT, exact: true });
  await form.getByRole("checkbox", { name: new RegExp(`^${REMOVE.lost}`) }).check();
  await expect(remove).toHaveAccessibleDescription(REMOVE.needsName);
  await form.getByLabel(new RegExp(`^${REMOVE.name(name)}`)).fill(name);
  await expect(remove).toHaveAccessibleDescription(REMOVE.needsReason);
  await form.getByRole("checkbox", { name: new RegExp(`^${REMOVE.lost}`) }).uncheck();
  await remove.click();
  await reaches(region, name, "Out");
  await expect(page.getByText("Out", { exact: true }).first()).toBeVisible();
});
