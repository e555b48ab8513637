import { SIGN_IN } from "@/lib/messages/sign-in";
import { expect, signIn, test } from "../fixtures";
import { PASSWORD, PEOPLE } from "../region";

test("the printed link signs in once; its second use is refused in words", async ({ region, newContext, watch }) => {
  watch.allow(/401/);
  const page = await (await newContext()).newPage();
  await page.goto(region.signInLink);
  await expect(page.getByText("The link works once.")).toBeVisible();
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/nodes$/);
  await expect(page.getByRole("button", { name: "Account: Demo admin, Admin" })).toBeVisible();

  const second = await (await newContext()).newPage();
  await second.goto(region.signInLink);
  await second.getByRole("button", { name: "Sign in" }).click();
  const refusal = second.getByRole("main").getByRole("alert");
  await expect(refusal).toContainText("This link does not sign in any more.");
  await expect(refusal).toContainText("It was used already or has expired.");
  await second.goto("/nodes");
  await expect(second).toHaveURL(/\/login/);
});

test("signing out ends the session on the server, not only in the browser", async ({ newContext }) => {
  const context = await newContext();
  const page = await context.newPage();
  await signIn(page, PEOPLE.viewer.email, PASSWORD);
  await expect(page).toHaveURL(/\/nodes$/);
  const kept = await context.storageState();
  expect(kept.cookies.find(({ name }) => name.includes("regent.session"))).toMatchObject({ httpOnly: true, sameSite: "Strict" });

  await page.getByRole("button", { name: /^Account/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/login$/);

  const thief = await newContext({ storageState: kept });
  const stolen = await thief.newPage();
  await stolen.goto("/nodes");
  await expect(stolen).toHaveURL(/\/login/);
  expect((await thief.request.get("/api/live")).status()).toBe(401);
  expect((await thief.request.get("/api/v1/nodes/00000000-0000-4000-8000-000000000000")).status()).toBe(401);
});

test("a wrong password is refused, and says nothing about which accounts exist", async ({ newContext, watch }) => {
  watch.allow(/401/);
  const page = await (await newContext()).newPage();
  for (const email of [PEOPLE.operator.email, "nobody@west-1.test"]) {
    await signIn(page, email, "not the password");
    await expect(page.getByRole("main").getByRole("alert")).toHaveText(
      /The sign-in was refused\.\s*E-mail or password is wrong, or there were too many attempts in the last five minutes\./,
    );
    await expect(page).toHaveURL(/\/login$/);
  }
});

test("while Regent does not answer, the sign-in says so and keeps what was typed", async ({ newContext, watch }) => {
  watch.allow(/ERR_INTERNET_DISCONNECTED/);
  const context = await newContext();
  const page = await context.newPage();
  await page.goto("/login");
  await page.getByLabel("E-mail").fill(PEOPLE.viewer.email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await context.setOffline(true);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText(SIGN_IN.unreached.reason);
  await expect(page.getByLabel("E-mail")).toHaveValue(PEOPLE.viewer.email);
  await context.setOffline(false);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/nodes$/);
});
