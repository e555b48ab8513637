/** Taking nodes out and bringing them back, as the stories about it do. */
import { expect, type Locator, type Page } from "@playwright/test";
import type { Vm } from "@/lib/domain/inventory";
import { MAINTENANCE } from "@/lib/messages/maintenance";
import { DIALOGS } from "@/lib/messages/mission";
import { dialog, live } from "./console";
import { nodeNamed, type NodeRecord } from "./records";
import type { Region } from "./region";

export type DialogWord = "maintenance" | "forceMaintenance" | "activate" | "remove";

/** The page of a node with one of its dialogs open. */
export async function openDialog(region: Region, page: Page, name: string, word: DialogWord): Promise<{ node: NodeRecord; form: Locator }> {
  const node = await nodeNamed(region, name);
  await page.goto(`/nodes/${node.id}/overview?do=${word}&node=${node.id}`);
  await live(page);
  const form = page.getByRole("dialog");
  await expect(form).toBeVisible();
  return { node, form };
}

/** The dialog Node Maintenance with its checks made. */
export async function openPlan(region: Region, page: Page, name: string): Promise<{ node: NodeRecord; form: Locator }> {
  const { node } = await openDialog(region, page, name, "maintenance");
  const form = dialog(page, DIALOGS.maintenance.title);
  await expect(form.getByRole("heading", { name: MAINTENANCE.plan })).toBeVisible();
  return { node, form };
}

export const check = (form: Locator, label: string): Locator =>
  form.getByRole("region", { name: MAINTENANCE.checks }).getByRole("listitem").filter({ hasText: label });

export const ok = (form: Locator): Locator => form.getByRole("button", { name: DIALOGS.maintenance.submit, exact: true });

export const statusOf = async (region: Region, name: string): Promise<string> => (await nodeNamed(region, name)).status;

/** Waits until the node is in a status, by the database. */
export const reaches = (region: Region, name: string, status: string, timeout = 60_000): Promise<void> =>
  expect.poll(() => statusOf(region, name), { timeout }).toBe(status);

export async function vmsOf(region: Region, name: string): Promise<Vm[]> {
  const [row] = await region.sql<{ vms: Vm[] }>("SELECT inventory -> 'vms' AS vms FROM node WHERE name = $1", [name]);
  return row?.vms ?? [];
}

/** Where each VM of the newest maintenance of a node was planned to go, and where it is. */
export const linesOf = (region: Region, nodeId: string) =>
  region.sql<{ name: string; state: string; planned_name: string | null; target_name: string | null }>(
    `SELECT v.name, v.state, v.planned_name, v.target_name FROM maintenance_vm v JOIN maintenance m ON m.id = v.maintenance_id
     WHERE m.id = (SELECT id FROM maintenance WHERE node_id = $1 ORDER BY started_at DESC LIMIT 1) ORDER BY v.position`,
    [nodeId],
  );

/** Out without a word, for stories about what comes after. */
export async function takeOut(region: Region, page: Page, name: string): Promise<NodeRecord> {
  const { node, form } = await openPlan(region, page, name);
  await ok(form).click();
  await reaches(region, name, "InMaintenance");
  return node;
}

/** Back in service, with its VMs where some are away. */
export async function bringBack(region: Region, page: Page, name: string): Promise<void> {
  const { form } = await openDialog(region, page, name, "activate");
  await form.getByRole("button", { name: "Activate", exact: true }).click();
  await reaches(region, name, "Active");
}
