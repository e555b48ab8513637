/** The console as a person finds it: by role and name. */
import { expect, type Locator, type Page } from "@playwright/test";
import type { DemoServer } from "@/lib/demo/fleet";
import { COLUMNS } from "@/lib/messages/list";
import { DIALOGS, FIELDS, TOASTS } from "@/lib/messages/mission";
import type { NODE_TABS } from "@/lib/messages/node";
import { nodeNamed } from "./records";
import type { Region } from "./region";

export const dialog = (page: Page, name: string | RegExp): Locator => page.getByRole("dialog", { name });

/** The node's line in the list. */
export const row = (page: Page, name: string): Locator =>
  page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });

/** The cell of a node in a column of the list, found by where the column's head stands. */
export async function cellOf(page: Page, name: string, column: keyof typeof COLUMNS): Promise<Locator> {
  const head = page.getByRole("columnheader", { name: COLUMNS[column].header, exact: true });
  return row(page, name).locator(`[aria-colindex="${await head.getAttribute("aria-colindex")}"]`);
}

export const toolbar = (page: Page): Locator => page.getByRole("toolbar", { name: "Actions on the selected nodes" });

export const toast = (page: Page, text: string): Locator =>
  page.getByRole("region", { name: /^Notifications/ }).getByText(text, { exact: true });

export const live = (page: Page): Promise<void> => expect(page.getByRole("status").filter({ hasText: "Live" })).toBeVisible();

/** Opens the list and waits until it is kept true by the stream. */
export async function openList(page: Page, query = ""): Promise<void> {
  await page.goto(`/nodes${query}`);
  await live(page);
  await page.waitForFunction(isDrawn);
}

/** In the browser: the server draws as many rows as most screens show, and the page the rest when it knows how tall it is. */
function isDrawn(): boolean {
  // A streamed page brings the list hidden, and shows it when its script has run.
  if (!document.querySelector(".nodes-list")?.checkVisibility()) return false;
  const frame = document.querySelector(".nodes-grid");
  const last = [...(frame?.querySelectorAll("tbody [data-row]") ?? [])].at(-1);
  const count = frame?.querySelector("table")?.getAttribute("aria-rowcount");
  // A list without a row has no frame.
  if (!frame) return true;
  if (!last) return false;
  return last.getAttribute("aria-rowindex") === count || last.getBoundingClientRect().bottom >= frame.getBoundingClientRect().bottom;
}

export async function select(page: Page, name: string): Promise<void> {
  await page.getByRole("checkbox", { name: `Select ${name}`, exact: true }).check();
}

/** Chooses a command from the menu of a node's line. */
export async function command(page: Page, name: string, label: string): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${name}`, exact: true }).click();
  await page.getByRole("menuitem", { name: label, exact: true }).click();
}

/** The Info step up to the press of Next; leaves the open dialog. */
export async function fillInfo(page: Page, ip: string, user: string, password: string): Promise<Locator> {
  const add = dialog(page, DIALOGS.add.title);
  await add.getByLabel(FIELDS.ip).fill(ip);
  await add.getByLabel(FIELDS.user).fill(user);
  await add.getByLabel(new RegExp(`^${FIELDS.password}`)).fill(password);
  await add.getByRole("radio", { name: "The fingerprint matches, trust this host key" }).check();
  return add;
}

/** Adds a server by the dialog and waits until it is a candidate. Returns the node's id. */
export async function addCandidate(page: Page, { ip, name, credentials }: DemoServer): Promise<string> {
  await openList(page, "?do=add");
  const add = await fillInfo(page, ip, credentials.user, credentials.password);
  await add.getByRole("button", { name: DIALOGS.add.next }).click();
  await add.getByRole("button", { name: DIALOGS.add.submit }).click();
  await expect(toast(page, TOASTS.added)).toBeVisible();
  const href = await row(page, name).getByRole("link", { name, exact: true }).getAttribute("href");
  return /\/nodes\/([0-9a-f-]{36})\//.exec(href ?? "")?.[1] ?? "";
}

/** Opens a tab of a node's page, and gives the node's id. */
export async function openNode(region: Region, page: Page, name: string, tab: keyof typeof NODE_TABS = "overview"): Promise<string> {
  const { id } = await nodeNamed(region, name);
  await page.goto(`/nodes/${id}/${tab}`);
  await live(page);
  return id;
}
