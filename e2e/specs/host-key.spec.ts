import { candidate } from "../candidates";
import { command, dialog, openList, row, select, toast, toolbar } from "../console";
import { expect, test } from "../fixtures";

test("a server that shows another host key is sent nothing, until an administrator trusts the new key", async ({
  region,
  admin,
  operator,
}) => {
  const server = await region.servers.fresh();
  const id = await candidate(region, admin, server);
  const [was, is] = [region.servers.fingerprint(server), region.servers.fingerprint(server, "host_key_new")];
  const sentence = `The host key of ${server.ip} changed.`;
  region.servers.faults(server, { hostKey: "new" });

  await openList(operator);
  await command(operator, server.name, "Re-inspect");
  await dialog(operator, `Re-inspect ${server.name}`).getByRole("button", { name: "Re-inspect" }).click();
  await expect(toast(operator, "Failed to inspect the node")).toBeVisible();
  await expect(operator.getByRole("region", { name: /^Notifications/ })).toContainText(sentence);
  await expect(row(operator, server.name).getByRole("button", { name: new RegExp(`reason: ${sentence}`) })).toBeVisible();

  await select(operator, server.name);
  for (const label of ["Modify Candidate", "Join", "Accept"]) {
    await expect(toolbar(operator).getByRole("button", { name: label, exact: true })).toHaveAccessibleDescription(sentence);
  }
  await operator.getByRole("button", { name: `Actions for ${server.name}`, exact: true }).click();
  // The one command that is left asks for the key again, and for nothing else.
  await expect(operator.getByRole("menuitem", { name: "Re-inspect" })).not.toHaveAttribute("aria-disabled", "true");
  await expect(operator.getByRole("menuitem", { name: "Re-trust host key" })).toHaveAccessibleDescription("You need the Admin role.");
  await operator.keyboard.press("Escape");

  await admin.goto(`/nodes/${id}/overview`);
  await expect(admin.getByRole("main")).toContainText(`The host key of ${server.ip} changed`);
  await openList(admin);
  await command(admin, server.name, "Re-trust host key");
  const retrust = dialog(admin, `The host key of ${server.ip} changed`);
  await expect(retrust).toContainText(was);
  await expect(retrust).toContainText(is);
  await retrust.getByLabel(/^Reason/).fill("new disk");
  await retrust.getByRole("button", { name: "Trust and re-inspect" }).click();
  await expect(retrust.getByLabel(/^Reason/)).toHaveAccessibleDescription(/^Say in at least 10 characters why the key changed\./);
  await retrust.getByLabel(/^Reason/).fill("Reinstalled after the disk was changed.");
  await retrust.getByRole("button", { name: "Trust and re-inspect" }).click();
  await expect(toast(admin, `The new host key of ${server.name} is trusted.`)).toBeVisible();

  const [node] = await region.sql("SELECT host_key_sha256, host_key_changed FROM node WHERE id = $1", [id]);
  expect(node).toEqual({ host_key_sha256: is, host_key_changed: null });
  const told = await region.sql<{ kind: string; details: unknown }>(
    "SELECT kind, details FROM event WHERE node_id = $1 AND kind LIKE 'node.host-key%' ORDER BY id",
    [id],
  );
  expect(told).toMatchObject([
    { kind: "node.host-key-changed", details: { pinned: was, seen: is } },
    { kind: "node.host-key-trusted", details: { was, is, reason: "Reinstalled after the disk was changed." } },
  ]);
  await expect(toolbar(operator).getByRole("button", { name: "Join", exact: true })).not.toHaveAttribute("aria-disabled", "true");
});

test("a host key that is back, because the other one was a neighbour's, is found so by the next inspection", async ({ region, admin }) => {
  const server = await region.servers.fresh();
  const id = await candidate(region, admin, server);
  region.servers.faults(server, { hostKey: "new" });
  await openList(admin);
  const inspect = async () => {
    await command(admin, server.name, "Re-inspect");
    await dialog(admin, `Re-inspect ${server.name}`).getByRole("button", { name: "Re-inspect" }).click();
  };
  await inspect();
  await expect(toast(admin, "Failed to inspect the node")).toBeVisible();
  region.servers.faults(server, {});
  await inspect();
  await expect(toast(admin, `${server.name} inspected.`)).toBeVisible();
  const [node] = await region.sql("SELECT host_key_changed FROM node WHERE id = $1", [id]);
  expect(node).toEqual({ host_key_changed: null });
  const told = await region.sql<{ message: string }>("SELECT message FROM event WHERE node_id = $1 AND kind = 'node.host-key-back'", [id]);
  expect(told).toEqual([{ message: `${server.ip} shows its trusted host key again.` }]);
});
