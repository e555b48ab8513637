/** The administrator at the console, by what the page says and not by how it is built. */
import { join } from "node:path";
import { chromium, type Browser, type Locator, type Page } from "playwright";
import { findBrowser } from "../../lib/launch/browser.mjs";
import { dataFolder, privateFolder } from "../../lib/launch/data-folder.mjs";

const PATIENCE_MS = 20_000;

export async function openBrowser(): Promise<Browser> {
  const found = await findBrowser(join(privateFolder(dataFolder()), "browser"));
  return chromium.launch({
    executablePath: found.CHROMIUM,
    args: ["--no-sandbox"],
    env: { ...process.env, ...found },
  });
}

/** A page in a session of its own. */
export async function openPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  return page;
}

/** Follows the printed link and becomes the first administrator. */
export async function setUpAdministrator(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Ada");
  await page.getByRole("textbox", { name: "E-mail" }).fill("ada@lab.test");
  await page.locator("input[name=password]").fill("a long enough pass phrase");
  await page.getByRole("button", { name: "Create administrator" }).click();
  await page.getByRole("heading", { name: "Nodes", exact: true }).waitFor();
}

/** Opens Add Candidate Node, types the address and waits for the host key; answers with the dialog. */
export async function typeAddress(page: Page, ip: string): Promise<Locator> {
  await page.getByRole("button", { name: "+ Add Candidate" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Add Candidate Node" });
  await dialog.getByRole("textbox", { name: "Candidate Access IP" }).fill(ip);
  await page.keyboard.press("Tab");
  await dialog.getByRole("group", { name: "Is this the server's own key?" }).waitFor();
  return dialog;
}

export async function typeLogin(dialog: Locator, { user, password }: { user: string; password: string }): Promise<void> {
  await dialog.getByRole("textbox", { name: "SSH User" }).fill(user);
  await dialog.locator("input[name=password]").fill(password);
  await dialog.getByRole("button", { name: "Next" }).click();
}

/** The row of a node in the list. */
export const rowOf = (page: Page, name: string): Locator =>
  page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });

/** Selects a candidate and joins it as it was added; the second press answers the question. */
export async function pressJoin(page: Page, name: string): Promise<void> {
  await page.getByRole("checkbox", { name: `Select ${name}` }).check();
  await page.getByRole("toolbar").getByRole("button", { name: "Join", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Join Candidate Node" });
  await dialog.getByText("1 of 1 converged links ready").waitFor();
  await dialog.getByRole("button", { name: "Join", exact: true }).click();
  await dialog.getByText(`Join ${name} as Worker?`).waitFor();
  await dialog.getByRole("button", { name: "Join", exact: true }).click();
  await dialog.waitFor({ state: "hidden" });
}
