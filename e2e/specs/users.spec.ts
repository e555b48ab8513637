import type { Page } from "@playwright/test";
import { USER_ROLES } from "@/lib/domain/permissions";
import { ACCOUNT, SESSIONS } from "@/lib/messages/account";
import { INVITATION, PASSWORD_LINK, SIGN_IN } from "@/lib/messages/sign-in";
import { INVITE, USER_DIALOGS, USERS } from "@/lib/messages/users";
import { dialog, live, openList, toast } from "../console";
import { expect, signIn, test } from "../fixtures";
import { addPerson, alert, atNodes, browserOf, chooseFor, invite, openUsers, userRow } from "../people";
import { PASSWORD } from "../region";

const ADD_REFUSED = "You need the Operator role.";
const addCandidate = (page: Page) => page.getByRole("button", { name: "+ Add Candidate" });

test("an Admin invites somebody, who chooses a password and is signed in; the link works once", async ({ region, admin, newContext }) => {
  await openUsers(admin);
  const link = await invite(admin, { name: "Grace Hopper", email: "Grace@west-1.test", role: "Operator" });
  await expect(userRow(admin, "Grace Hopper")).toContainText(/Invited good for (9|10) min/);

  const page = await (await newContext()).newPage();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(link);
  await expect(page.getByText(INVITATION.help("operator"))).toBeVisible();
  await expect(page.getByLabel(SIGN_IN.email)).toHaveValue("grace@west-1.test");
  await page.getByLabel(INVITATION.password).fill("too short");
  await page.getByRole("button", { name: INVITATION.submit }).click();
  await expect(page.getByLabel(INVITATION.password)).toHaveAccessibleDescription(/at least 12 characters/);
  await page.getByLabel(INVITATION.password).fill(PASSWORD);
  await page.getByRole("button", { name: INVITATION.submit }).click();
  await atNodes(page);
  await expect(page.getByRole("button", { name: "Account: Grace Hopper, Operator" })).toBeVisible();
  expect(asked.filter((url) => url.split("#")[0]?.includes(link.split("#")[1] ?? "x"))).toEqual([]);

  // The Admin sees it without asking.
  await expect(userRow(admin, "Grace Hopper")).toContainText("Active");
  const second = await (await newContext()).newPage();
  await second.goto(link);
  await expect(alert(second)).toContainText(INVITATION.invalid.reason);
  expect(await region.sql(`SELECT role FROM "user" WHERE email = 'grace@west-1.test'`)).toEqual([{ role: "operator" }]);
});

test("a revoked invitation opens nothing", async ({ admin, newContext }) => {
  await openUsers(admin);
  const link = await invite(admin, { name: "Mallory", email: "mallory@west-1.test", role: "Admin" });
  await chooseFor(admin, "Mallory", USERS.revoke);
  await dialog(admin, INVITE.revokeTitle("Mallory")).getByRole("button", { name: USERS.revoke }).click();
  await expect(toast(admin, INVITE.revoked("Mallory"))).toBeVisible();
  await expect(userRow(admin, "Mallory")).toHaveCount(0);
  const page = await (await newContext()).newPage();
  await page.goto(link);
  await expect(alert(page)).toContainText(INVITATION.invalid.reason);
});

test("a role changes at once in the other browser, and disabling throws out", async ({ region, admin, newContext, watch }) => {
  watch.allow(/401/);
  const person = await addPerson(region, "Rolf", "viewer");
  const page = await browserOf(newContext, person);
  await openList(page);
  await expect(addCandidate(page)).toHaveAccessibleDescription(ADD_REFUSED);

  await openUsers(admin);
  await chooseFor(admin, person.name, USERS.changeRole);
  const form = dialog(admin, USER_DIALOGS.roleTitle(person.name));
  await form.getByRole("radio", { name: "Operator" }).check();
  await form.getByRole("button", { name: USER_DIALOGS.save }).click();
  await expect(toast(admin, USER_DIALOGS.roleChanged(person.name, "operator"))).toBeVisible();
  const changedAt = Date.now();
  await expect(addCandidate(page)).not.toHaveAttribute("aria-disabled", "true", { timeout: 3000 });
  console.log(`Role changed to drawn: ${Date.now() - changedAt} ms after the Admin was told`);
  await live(page);

  await chooseFor(admin, person.name, USERS.disable);
  await dialog(admin, USER_DIALOGS.disableTitle(person.name)).getByRole("button", { name: USERS.disable }).click();
  await expect(toast(admin, USER_DIALOGS.disabled(person.name))).toBeVisible();
  const disabledAt = Date.now();
  await expect(page.getByText("You are signed out.")).toBeVisible({ timeout: 3000 });
  console.log(`Disabled to signed out: ${Date.now() - disabledAt} ms after the Admin was told`);
  expect((await page.request.get("/api/live")).status()).toBe(401);
  await page.goto("/nodes");
  await expect(page).toHaveURL(/\/login$/);
  await signIn(page, person.email, PASSWORD);
  await expect(alert(page)).toContainText(SIGN_IN.refused.reason);

  await chooseFor(admin, person.name, USERS.enable);
  await expect(toast(admin, USER_DIALOGS.enabled(person.name))).toBeVisible();
  await signIn(page, person.email, PASSWORD);
  await atNodes(page);
});

test("nobody ends the own role, and the last Admin stays", async ({ region, admin }) => {
  const reasonOf = async (label: string) => admin.getByRole("menuitem", { name: label, exact: true });
  await openUsers(admin);
  await expect(userRow(admin, "Ada Admin")).toContainText(USERS.you);
  await admin.getByRole("button", { name: USERS.actionsOf("Ada Admin") }).click();
  await expect(await reasonOf(USERS.changeRole)).toHaveAccessibleDescription("You can not change your own role. Another Admin can.");
  await expect(await reasonOf(USERS.disable)).toHaveAccessibleDescription("You can not disable yourself. Another Admin can.");
  await expect(await reasonOf(USERS.remove)).toHaveAccessibleDescription("You can not remove yourself. Another Admin can.");
  await admin.keyboard.press("Escape");
  const others = "role = 'admin' AND email <> 'ada@west-1.test' AND disabled_at IS NULL";
  const disabled = await region.sql<{ id: string }>(`UPDATE "user" SET disabled_at = now() WHERE ${others} RETURNING id`);
  expect(disabled.length).toBeGreaterThan(0);
  try {
    await expect(userRow(admin, "Bob Admin")).toContainText("Disabled");
    await admin.getByRole("button", { name: USERS.actionsOf("Ada Admin") }).click();
    for (const label of [USERS.changeRole, USERS.disable, USERS.remove])
      await expect(await reasonOf(label)).toHaveAccessibleDescription(/^Ada Admin is the last Admin who can sign in\. Give somebody else/);
  } finally {
    await region.sql(`UPDATE "user" SET disabled_at = NULL WHERE id = ANY($1::uuid[])`, [disabled.map(({ id }) => id)]);
  }
});

test("a removed user can not come back, and the log keeps who it was", async ({ region, admin, newContext, watch }) => {
  watch.allow(/401/);
  const person = await addPerson(region, "Rita", "operator");
  const page = await browserOf(newContext, person);
  await live(page);
  await openUsers(admin);
  await chooseFor(admin, person.name, USERS.remove);
  await dialog(admin, USER_DIALOGS.removeTitle(person.name)).getByRole("button", { name: USERS.remove }).click();
  await expect(page.getByText("You are signed out.")).toBeVisible();
  await expect(userRow(admin, person.name)).toHaveCount(0);
  await expect(admin.getByRole("region", { name: USERS.title })).toBeFocused();
  await signIn(page, person.email, PASSWORD);
  await expect(alert(page)).toContainText(SIGN_IN.refused.reason);
  await admin.goto("/events");
  await expect(admin.getByText(`Ada Admin removed ${person.name} (${person.email}).`)).toBeVisible();
  await expect(admin.getByText(`${person.name} signed in by password.`)).toBeVisible();
});

test("an Admin's link gives a new password and ends every session", async ({ region, admin, newContext, watch }) => {
  watch.allow(/401/);
  const person = await addPerson(region, "Paula", "viewer");
  const old = await browserOf(newContext, person);
  await live(old);
  await openUsers(admin);
  await chooseFor(admin, person.name, USERS.resetPassword);
  await dialog(admin, USER_DIALOGS.passwordTitle(person.name)).getByRole("button", { name: USER_DIALOGS.passwordSubmit }).click();
  const made = dialog(admin, USER_DIALOGS.passwordMade(person.name));
  const link = await made.getByText(/\/login\/password#/).innerText();
  await made.getByRole("button", { name: "Close", exact: true }).last().click();
  await expect(old.getByText("You are signed out.")).toBeHidden();

  const page = await (await newContext()).newPage();
  await page.goto(link);
  await page.getByLabel(PASSWORD_LINK.password).fill("an altogether new password");
  await page.getByRole("button", { name: PASSWORD_LINK.submit }).click();
  await atNodes(page);
  await expect(old.getByText("You are signed out.")).toBeVisible();
  await signIn(old, person.email, PASSWORD);
  await expect(alert(old)).toContainText(SIGN_IN.refused.reason);
  const again = await (await newContext()).newPage();
  await again.goto(link);
  await expect(alert(again)).toContainText(PASSWORD_LINK.invalid.reason);
});

test("one's own password asks for the present one and ends the other sessions, which can be seen and ended", async ({
  region,
  newContext,
  watch,
}) => {
  watch.allow(/401/);
  const person = await addPerson(region, "Sam", "viewer");
  const [page, other, third] = [
    await browserOf(newContext, person),
    await browserOf(newContext, person),
    await browserOf(newContext, person),
  ];
  await live(other);
  await page.goto("/settings/account");
  await live(page);
  const sessions = page.getByRole("region", { name: SESSIONS.list });
  await expect(sessions.getByRole("row")).toHaveCount(4);
  await expect(sessions.getByRole("row").filter({ hasText: SESSIONS.own })).toHaveCount(1);
  await expect(sessions.getByText("Chrome on Linux")).toHaveCount(3);
  await sessions
    .getByRole("button", { name: /^End the session of/ })
    .first()
    .click();
  await expect(toast(page, SESSIONS.ended)).toBeVisible();
  await expect(sessions.getByRole("row")).toHaveCount(3);
  await expect(sessions).toBeFocused();

  const change = async (present: string, password: string) => {
    await page.getByRole("button", { name: ACCOUNT.change }).click();
    const form = dialog(page, ACCOUNT.change);
    await form.getByLabel(ACCOUNT.present).fill(present);
    await form.getByLabel(ACCOUNT.next).fill(password);
    await form.getByRole("button", { name: ACCOUNT.save }).click();
    return form;
  };
  const form = await change("not the present one", "an altogether new password");
  await expect(form.getByLabel(ACCOUNT.present)).toHaveAccessibleDescription(ACCOUNT.wrongPassword.reason);
  await form.getByLabel(ACCOUNT.present).fill(PASSWORD);
  await form.getByRole("button", { name: ACCOUNT.save }).click();
  await expect(toast(page, ACCOUNT.changed)).toBeVisible();
  await expect(sessions.getByRole("row")).toHaveCount(2);
  for (const ended of [other, third]) {
    await ended.goto("/nodes");
    await expect(ended).toHaveURL(/\/login$/);
  }
  await signIn(other, person.email, "an altogether new password");
  await atNodes(other);
});

test("an Admin sees somebody's sessions and ends one; a Viewer is told why the page is not theirs", async ({
  region,
  admin,
  viewer,
  newContext,
  watch,
}) => {
  watch.allow(/401/);
  const person = await addPerson(region, "Uma", "operator");
  const page = await browserOf(newContext, person);
  await live(page);
  await openUsers(admin);
  await expect(userRow(admin, person.name).getByRole("cell").nth(3)).toHaveText("1");
  await chooseFor(admin, person.name, USERS.sessions);
  const sessions = dialog(admin, USER_DIALOGS.sessionsTitle(person.name));
  await sessions.getByRole("button", { name: /^End the session of Chrome on Linux/ }).click();
  await expect(sessions.getByText(SESSIONS.none)).toBeVisible();
  await expect(sessions.getByRole("heading", { name: USER_DIALOGS.sessionsTitle(person.name) })).toBeFocused();
  await expect(page.getByText("You are signed out.")).toBeVisible();
  await viewer.goto("/settings/users");
  await expect(viewer.getByText("You need the Admin role.")).toBeVisible();
  await expect(viewer.getByText(USERS.notAdmin)).toBeVisible();
});

test("somebody is invited by the keyboard alone", async ({ admin: page }) => {
  await openUsers(page);
  const button = page.getByRole("button", { name: USERS.invite });
  for (let presses = 0; presses < 60 && !(await button.evaluate((node) => node === document.activeElement)); presses++)
    await page.keyboard.press("Tab");
  await expect(button).toBeFocused();
  await page.keyboard.press("Enter");
  const form = dialog(page, INVITE.title);
  await expect(form.getByLabel(INVITE.email)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(form.getByLabel(INVITE.email)).toHaveAttribute("aria-invalid", "true");
  await expect(form.getByLabel(INVITE.email)).toBeFocused();
  await page.keyboard.type("kim@west-1.test");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Kim Keyboard");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await expect(form.getByRole("radio", { name: USER_ROLES.operator.label })).toBeChecked();
  await page.keyboard.press("Enter");
  const made = dialog(page, INVITE.made("Kim Keyboard"));
  await expect(made.getByText(/\/login\/invitation#/)).toBeVisible();
  // It is shown once: a stray key or press does not take it away.
  await page.keyboard.press("Escape");
  await page.mouse.click(5, 5);
  await expect(made).toBeVisible();
  const close = made.getByRole("button", { name: "Close", exact: true }).last();
  for (let presses = 0; presses < 6 && !(await close.evaluate((node) => node === document.activeElement)); presses++)
    await page.keyboard.press("Tab");
  await expect(close).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(made).toBeHidden();
  await expect(button).toBeFocused();
  await expect(userRow(page, "Kim Keyboard")).toContainText("Operator");
});
