import { ACCOUNT, FACTOR } from "@/lib/messages/account";
import { NOTIFY } from "@/lib/messages/notify";
import { NOTIFY_PAGE } from "@/lib/messages/notify-page";
import { INVITATION, SIGN_IN_CODE } from "@/lib/messages/sign-in";
import { INVITE, USER_DIALOGS, USERS } from "@/lib/messages/users";
import { expectNothingFound } from "../axe";
import { dialog } from "../console";
import { expect, signIn, test } from "../fixtures";
import { addPerson, chooseFor, enrol, invite, openUsers } from "../people";
import { PASSWORD } from "../region";

test("axe finds nothing in the settings of the region: changed, refused, asked before it is done, and only seen", async ({
  region,
  admin: page,
  viewer,
}) => {
  test.slow();
  for (const path of ["/settings/nodes", "/settings/maintenance", "/settings/fencing", "/settings/monitoring", "/settings/host-keys"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectNothingFound(page, path);
  }
  await page.goto("/settings/maintenance");
  const [drain, force] = ["Draining a node", "Force Maintenance"].map((name) => page.getByRole("form", { name, exact: true }));
  await drain?.getByRole("spinbutton", { name: "Tries" }).fill("99");
  await drain?.getByRole("button", { name: "Save" }).click();
  await expect(drain!.getByRole("spinbutton", { name: "Tries" })).toHaveAttribute("aria-invalid", "true"); // both are there
  await expectNothingFound(page, "a setting that is refused");
  await force?.getByRole("spinbutton", { name: "Safety timer" }).fill("10");
  await force?.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectNothingFound(page, "the question before a dangerous setting");
  await region.sql(`UPDATE region SET settings = '{"fencing":{"automatic":false}}'`);
  await page.goto("/settings/fencing");
  await expect(page.getByText("Automatic fencing is off.")).toBeVisible();
  await expectNothingFound(page, "automatic fencing that is off");
  await region.sql("UPDATE region SET settings = '{}'");
  await viewer.goto("/settings/monitoring");
  await expect(viewer.getByText("You need the Admin role.")).toBeVisible();
  await expectNothingFound(viewer, "settings that are only seen");
});

test("axe finds nothing in the settings of notifications, with their dialogs, and when a test failed", async ({ admin: page, region }) => {
  test.slow();
  await page.goto("/settings/notifications");
  await page.getByRole("button", { name: NOTIFY_PAGE.set }).click();
  const server = dialog(page, NOTIFY.server);
  await server.getByRole("button", { name: NOTIFY.save }).click();
  await expect(server.getByLabel(NOTIFY.host)).toHaveAttribute("aria-invalid", "true");
  await expectNothingFound(page, "a mail server that is refused");
  await server.getByLabel(NOTIFY.host).fill("127.0.0.1");
  await server.getByLabel(NOTIFY.security).selectOption("none");
  await server.getByLabel(NOTIFY.port).fill("9");
  await server.getByLabel(NOTIFY.sender).fill("regent@west-1.test");
  await server.getByRole("button", { name: NOTIFY.save }).click();
  await page.getByLabel(NOTIFY.testTo).fill("ops@west-1.test");
  await page.getByRole("button", { name: NOTIFY.test }).click();
  await expect(page.getByText("Nothing listens at 127.0.0.1, port 9: the connection was refused.")).toBeVisible({ timeout: 30_000 });
  await expectNothingFound(page, "a test mail that failed");
  await page.getByRole("button", { name: NOTIFY_PAGE.addEmail }).click();
  const mailbox = dialog(page, NOTIFY_PAGE.addEmail);
  await mailbox.getByLabel(NOTIFY.address).fill("ops@west-1.test");
  await mailbox.getByRole("button", { name: NOTIFY_PAGE.add, exact: true }).click();
  await expect(page.getByRole("button", { name: NOTIFY_PAGE.actionsOf("ops@west-1.test") })).toBeVisible();
  await page.getByRole("button", { name: NOTIFY_PAGE.addWebhook }).click();
  const webhook = dialog(page, NOTIFY_PAGE.addWebhook);
  await webhook.getByRole("button", { name: NOTIFY_PAGE.add, exact: true }).click();
  await expect(webhook.getByLabel(NOTIFY.name)).toHaveAttribute("aria-invalid", "true");
  await expectNothingFound(page, "a webhook that is refused");
  await page.keyboard.press("Escape");
  await region.sql("UPDATE notify_target SET failing_since = now(), problem = '550 5.1.1 No such mailbox'");
  await expect(page.getByText("E-mail to ops@west-1.test failed: 550 5.1.1 No such mailbox").first()).toBeVisible();
  await expectNothingFound(page, "recipients, one of whom can not be told");
});

test("axe finds nothing on the page of users, in its dialogs, and behind an invitation", async ({
  region,
  admin: page,
  newContext,
  watch,
}) => {
  test.slow();
  watch.allow(/401/);
  const person = await addPerson(region, "Axel", "operator");
  await region.sql(`UPDATE "user" SET disabled_at = now() WHERE id = $1`, [(await addPerson(region, "Anna", "viewer")).id]);
  await openUsers(page);
  await page.getByRole("button", { name: USERS.invite }).click();
  const form = dialog(page, INVITE.title);
  await form.getByRole("button", { name: INVITE.submit }).click();
  await expect(form.getByLabel(INVITE.email)).toHaveAttribute("aria-invalid", "true");
  await expectNothingFound(page, "an invitation that is refused");
  await page.keyboard.press("Escape");
  const link = await invite(page, { name: "Axe", email: "axe@west-1.test", role: "Viewer" });
  await page.getByRole("button", { name: USERS.actionsOf("Ada Admin") }).click();
  await expect(page.getByRole("menu")).toBeVisible();
  await expectNothingFound(page, "users, with the menu of oneself");
  await page.keyboard.press("Escape");
  for (const label of [USERS.changeRole, USERS.sessions, USERS.resetPassword, USERS.disable, USERS.remove]) {
    await chooseFor(page, person.name, label);
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectNothingFound(page, label);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
  }
  await chooseFor(page, person.name, USERS.resetPassword);
  await page.getByRole("dialog").getByRole("button", { name: USER_DIALOGS.passwordSubmit }).click();
  await expect(dialog(page, USER_DIALOGS.passwordMade(person.name))).toBeVisible();
  await expectNothingFound(page, "a link that was made");

  const invited = await (await newContext()).newPage();
  await invited.goto(link);
  await expect(invited.getByLabel(INVITATION.password)).toBeVisible();
  await expectNothingFound(invited, "an invitation");
  await invited.goto("/login/password#wrong");
  await expect(invited.getByRole("main").getByRole("alert")).toBeVisible();
  await expectNothingFound(invited, "a link that is none");
});

test("axe finds nothing on the page of the account, while a second factor is set up, and where its code is asked for", async ({
  region,
  newContext,
  watch,
}) => {
  test.slow();
  watch.allow(/401/);
  const person = await addPerson(region, "Ari", "viewer");
  const page = await (await newContext()).newPage();
  await signIn(page, person.email, PASSWORD);
  await expect(page).toHaveURL(/\/nodes$/);
  await page.goto("/settings/account");
  await expectNothingFound(page, "the account");
  await page.getByRole("button", { name: ACCOUNT.change }).click();
  await page.getByRole("dialog").getByRole("button", { name: ACCOUNT.save }).click();
  await expect(page.getByRole("dialog").getByLabel(ACCOUNT.next)).toHaveAttribute("aria-invalid", "true");
  await expectNothingFound(page, "a password that is refused");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: FACTOR.setUp }).click();
  const form = dialog(page, FACTOR.setUpTitle);
  await form.getByLabel(ACCOUNT.present).fill(PASSWORD);
  await form.getByRole("button", { name: FACTOR.next }).click();
  await expect(form.getByRole("img", { name: FACTOR.picture })).toBeVisible();
  await expectNothingFound(page, "a secret and its picture");
  await enrol(page, () => expectNothingFound(page, "recovery codes"));
  await expectNothingFound(page, "the account, with a second factor");
  await page.getByRole("button", { name: FACTOR.remove }).click();
  await expectNothingFound(page, "the second factor's end");
  const other = await (await newContext()).newPage();
  await signIn(other, person.email, PASSWORD);
  await expect(other.getByLabel(SIGN_IN_CODE.code)).toBeVisible();
  await expectNothingFound(other, "the question for a code");
});
