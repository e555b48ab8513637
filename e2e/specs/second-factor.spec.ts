import type { Page } from "@playwright/test";
import { FACTOR } from "@/lib/messages/account";
import { SIGN_IN_CODE } from "@/lib/messages/sign-in";
import { USER_DIALOGS, USERS } from "@/lib/messages/users";
import { dialog, toast } from "../console";
import { expect, signIn, test } from "../fixtures";
import { addPerson, alert, appCode, atNodes, browserOf, chooseFor, enrol, openUsers, userRow } from "../people";
import { PASSWORD } from "../region";

test("a second factor is set up, asked for, refused when wrong, and replaced once by a recovery code", async ({
  region,
  admin,
  newContext,
  watch,
}) => {
  test.slow();
  watch.allow(/401/);
  const person = await addPerson(region, "Tom", "viewer");
  const page = await browserOf(newContext, person);
  const { secret, codes } = await enrol(page, async () => {
    // They are shown once: a stray key or press does not take them away.
    await page.keyboard.press("Escape");
    await page.mouse.click(5, 5);
    await expect(dialog(page, FACTOR.codesTitle)).toBeVisible();
  });
  expect(codes).toHaveLength(10);

  /** From the sign-in page, in the first browser or another, up to the question. */
  const upToCode = async (at: Page) => {
    await signIn(at, person.email, PASSWORD);
    await expect(at.getByLabel(SIGN_IN_CODE.code)).toBeFocused();
  };
  const answer = async (at: Page, code: string) => {
    await at.getByLabel(SIGN_IN_CODE.code).fill(code);
    await at.getByRole("button", { name: SIGN_IN_CODE.submit }).click();
  };
  const app = await (await newContext()).newPage();
  await upToCode(app);
  await answer(app, "000000");
  await expect(alert(app)).toContainText(SIGN_IN_CODE.refused.reason);
  const code = appCode(secret);
  await answer(app, code);
  await atNodes(app);

  const thief = await (await newContext()).newPage();
  await upToCode(thief);
  await answer(thief, code);
  await expect(alert(thief)).toContainText(SIGN_IN_CODE.refused.reason);
  await answer(thief, codes[0] ?? "");
  await atNodes(thief);

  const last = await (await newContext()).newPage();
  await upToCode(last);
  await answer(last, codes[0] ?? "");
  await expect(alert(last)).toContainText(SIGN_IN_CODE.refused.reason);
  await page.reload();
  await expect(page.getByText(FACTOR.codesLeft(9))).toBeVisible();

  await openUsers(admin);
  await expect(userRow(admin, person.name)).toContainText(USERS.factors.on);
  await chooseFor(admin, person.name, USERS.resetFactor);
  await dialog(admin, USER_DIALOGS.factorTitle(person.name)).getByRole("button", { name: USERS.resetFactor }).click();
  await expect(toast(admin, USER_DIALOGS.factorReset(person.name))).toBeVisible();
  await signIn(last, person.email, PASSWORD);
  await atNodes(last);
});
