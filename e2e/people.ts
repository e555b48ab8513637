/** People of a test: made in the database, or invited as an Admin does; and the codes of their authenticator app. */
import { expect, type Page } from "@playwright/test";
import { Secret, TOTP } from "otpauth";
import type { UserRole } from "@/lib/domain/permissions";
import { FACTOR } from "@/lib/messages/account";
import { INVITE, USERS } from "@/lib/messages/users";
import { dialog, live } from "./console";
import { signIn } from "./fixtures";
import { PASSWORD, type Region } from "./region";

export type Person = { id: string; name: string; email: string };

let added = 0;

/** Somebody with the password of all tests, whom no other test knows. */
export async function addPerson({ sql }: Region, given: string, role: UserRole): Promise<Person> {
  const name = `${given} ${(added += 1)}`;
  const [row] = await sql<Person>(
    `INSERT INTO "user" (id, name, email, role, password_hash)
     SELECT gen_random_uuid(), $1, $2, $3::user_role, password_hash FROM "user" WHERE email = 'vera@west-1.test' RETURNING id, name, email`,
    [name, `${name.toLowerCase().replaceAll(" ", ".")}@west-1.test`, role],
  );
  if (!row) throw new Error("There is nobody whose password could be taken.");
  return row;
}

export async function openUsers(page: Page): Promise<void> {
  await page.goto("/settings/users");
  await live(page);
}

export const userRow = (page: Page, name: string) => page.getByRole("row").filter({ hasText: name });

/** Opens the menu of somebody's line and chooses. */
export async function chooseFor(page: Page, name: string, label: string): Promise<void> {
  await page.getByRole("button", { name: USERS.actionsOf(name), exact: true }).click();
  await page.getByRole("menuitem", { name: label, exact: true }).click();
}

/** Fills the open dialog and gives the link, which stands there once. */
export async function invite(page: Page, { name, email, role }: { name: string; email: string; role: string }): Promise<string> {
  await page.getByRole("button", { name: USERS.invite }).click();
  const form = dialog(page, INVITE.title);
  await form.getByLabel(INVITE.email).fill(email);
  await form.getByLabel(new RegExp(`^${INVITE.name}`)).fill(name);
  await form.getByRole("radio", { name: role }).check();
  await form.getByRole("button", { name: INVITE.submit }).click();
  const made = dialog(page, INVITE.made(name));
  await expect(made.getByText(/^Good for (10:00|9:5\d)\.$/)).toBeVisible();
  const link = await made.getByText(/\/login\/invitation#/).innerText();
  await made.getByRole("button", { name: "Close", exact: true }).last().click();
  return link;
}

/** As the app makes it, `steps` of 30 s from now. One code is good for three steps, so that a test need not wait for the next. */
export const appCode = (secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: 30, algorithm: "SHA1" }).generate({
    timestamp: Date.now() + steps * 30_000,
  });

/** Sets a second factor up on the page of the account; ends with the codes kept. `look` may look at them before. */
export async function enrol(page: Page, look = () => Promise.resolve()): Promise<{ secret: string; codes: string[] }> {
  await page.goto("/settings/account");
  await live(page);
  await page.getByRole("button", { name: FACTOR.setUp }).click();
  const form = dialog(page, FACTOR.setUpTitle);
  await form.getByLabel("Present password").fill(PASSWORD);
  await form.getByRole("button", { name: FACTOR.next }).click();
  await expect(form.getByRole("img", { name: FACTOR.picture })).toBeVisible();
  const secret = (await form.locator("code").innerText()).replaceAll(" ", "");
  // The code of the step before leaves this step's for the sign-in.
  await form.getByLabel(new RegExp(`^${FACTOR.code}`)).fill(appCode(secret, -1));
  await form.getByRole("button", { name: FACTOR.confirm }).click();
  const kept = dialog(page, FACTOR.codesTitle);
  const items = kept.getByRole("list", { name: FACTOR.codesTitle }).getByRole("listitem");
  await expect(items).toHaveCount(10);
  const codes = await items.allInnerTexts();
  await look();
  await kept.getByRole("button", { name: FACTOR.kept }).click();
  await expect(page.getByText(FACTOR.codesLeft(10))).toBeVisible();
  return { secret, codes };
}

export const atNodes = (page: Page): Promise<void> => expect(page).toHaveURL(/\/nodes$/);
export const alert = (page: Page) => page.getByRole("main").getByRole("alert");

/** A browser in which somebody is signed in. */
export async function browserOf(
  newContext: () => Promise<{ newPage: () => Promise<Page> }>,
  { email }: Person,
  password = PASSWORD,
): Promise<Page> {
  const page = await (await newContext()).newPage();
  await signIn(page, email, password);
  await atNodes(page);
  return page;
}
