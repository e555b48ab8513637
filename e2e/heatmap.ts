/** What tests of the heatmap share. */
import { expect, type Page } from "@playwright/test";
import { compareNames } from "@/lib/domain/units";
import { HEATMAP } from "@/lib/messages/heatmap";
import { live } from "./console";
import type { Region } from "./region";

export const grid = (page: Page) => page.getByRole("grid", { name: HEATMAP.grid });
export const cell = (page: Page) => grid(page).getByRole("gridcell");
export const legend = (page: Page) => page.getByRole("group", { name: HEATMAP.legend });
export const state = (page: Page, label: string) => legend(page).getByRole("button", { name: new RegExp(`^${label} [0-9,]+$`) });
export const header = (page: Page, label: string) => page.getByRole("button", { name: new RegExp(`^${label} ?[0-9,]+`), expanded: true });
export const parameter = (page: Page, name: string) => new URL(page.url()).searchParams.get(name);

export async function openHeatmap(page: Page, query = ""): Promise<void> {
  await page.goto(`/nodes?view=heatmap${query}`);
  await live(page);
  await expect(cell(page)).toBeVisible();
}

/** Names of the nodes of a status, in their order. */
export async function named(region: Region, status: string): Promise<string[]> {
  const nodes = await region.sql<{ name: string }>("SELECT name FROM node WHERE status = $1", [status]);
  return nodes.map(({ name }) => name).toSorted(compareNames);
}
