import type { BrowserContext, Page, Request } from "@playwright/test";
import { DIALOGS, FIELDS } from "@/lib/messages/mission";
import { command, dialog, live, openList, row } from "../console";
import { expect, signIn, test } from "../fixtures";
import { PASSWORD, PEOPLE } from "../region";

/** How many streams the pages of a context have begun, and which pages have one now. */
function streamsOf(context: BrowserContext): { begun: () => number; open: () => Page[] } {
  const open = new Map<Request, Page>();
  let begun = 0;
  context.on("request", (request) => {
    if (request.method() !== "GET" || new URL(request.url()).pathname !== "/api/live") return;
    begun += 1;
    open.set(request, request.frame().page());
  });
  context.on("requestfailed", (request) => open.delete(request));
  context.on("requestfinished", (request) => open.delete(request));
  // A page that closes ends its stream without a word.
  return { begun: () => begun, open: () => [...open.values()].filter((page) => !page.isClosed()) };
}

async function rename(page: Page, was: string, is: string): Promise<void> {
  await command(page, was, "Rename");
  const form = dialog(page, DIALOGS.rename.title);
  await form.getByLabel(new RegExp(`^${FIELDS.name}`)).fill(is);
  await form.getByRole("button", { name: DIALOGS.rename.submit }).click();
  await expect(form).toBeHidden();
}

async function openFive(context: BrowserContext): Promise<Page[]> {
  const pages: Page[] = [];
  for (let count = 0; count < 5; count += 1) {
    const page = await context.newPage();
    await openList(page);
    pages.push(page);
  }
  return pages;
}

/** In the page: answers nothing for so many ms, as a tab that the browser has frozen. */
function hang(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

const seenBy = (pages: Page[], name: string, timeout = 5000) =>
  Promise.all(pages.map((page) => expect(row(page, name)).toBeVisible({ timeout })));

test("five tabs share one stream; when its tab closes or freezes another takes over, and nothing is missed", async ({
  newContext,
  signedIn,
  secondAdmin,
}) => {
  test.slow();
  const context = await newContext({ storageState: await signedIn("admin") });
  const streams = streamsOf(context);
  const pages = await openFive(context);
  expect(streams.begun()).toBe(1);
  expect(streams.open()).toEqual([pages[0]]);

  await openList(secondAdmin);
  await rename(secondAdmin, "compute-west-21", "compute-west-21a");
  await seenBy(pages, "compute-west-21a", 2000);

  await pages[0]?.close();
  const left = pages.slice(1);
  await expect.poll(() => streams.begun(), { timeout: 5000 }).toBe(2);
  await rename(secondAdmin, "compute-west-21a", "compute-west-21b");
  await seenBy(left, "compute-west-21b");
  const leader = left.find((page) => streams.open().includes(page));

  if (!leader) throw new Error("No tab holds the stream.");
  const woken = leader.evaluate(hang, 15_000);
  const awake = left.filter((page) => page !== leader);
  // Two that take over in the same moment begin two, of which one stays.
  await expect.poll(() => streams.begun(), { timeout: 10_000 }).toBeGreaterThan(2);
  await rename(secondAdmin, "compute-west-21b", "compute-west-21c");
  await seenBy(awake, "compute-west-21c");
  for (const page of awake) await live(page);
  await woken;
  await seenBy(left, "compute-west-21c");
  await expect.poll(() => streams.open().length).toBe(1);
});

test("another user in another context has a stream of his own", async ({ newContext, signedIn }) => {
  const contexts = await Promise.all(
    (["operator", "viewer"] as const).map(async (person) => newContext({ storageState: await signedIn(person) })),
  );
  const streams = contexts.map(streamsOf);
  for (const context of contexts) {
    await openList(await context.newPage());
    await openList(await context.newPage());
  }
  expect(streams.map(({ begun }) => begun())).toEqual([1, 1]);
});

test("a tab that was drawn for one user gets no stream when another has signed in to the same browser", async ({ newContext, watch }) => {
  watch.allow(/401|ERR_INTERNET_DISCONNECTED/);
  const context = await newContext();
  const page = await context.newPage();
  await signIn(page, PEOPLE.viewer.email, PASSWORD);
  await live(page);
  await context.clearCookies();
  const other = await context.newPage();
  await signIn(other, PEOPLE.operator.email, PASSWORD);
  await live(other);
  await context.setOffline(true);
  await expect(page.getByText("The connection to Regent is interrupted.")).toBeVisible({ timeout: 20_000 });
  await context.setOffline(false);
  await expect(page.getByText("You are signed out.")).toBeVisible({ timeout: 20_000 });
  await live(other);
});

test("signing out in one tab is told in all, and signing in again wakes them", async ({ newContext, watch }) => {
  watch.allow(/401/);
  const context = await newContext();
  const streams = streamsOf(context);
  const first = await context.newPage();
  await signIn(first, PEOPLE.viewer.email, PASSWORD);
  await live(first);
  const second = await context.newPage();
  const third = await context.newPage();
  await openList(second);
  await openList(third);
  await first.getByRole("button", { name: /^Account/ }).click();
  await first.getByRole("button", { name: "Sign out" }).click();
  await expect(first).toHaveURL(/\/login$/);
  for (const page of [second, third]) await expect(page.getByText("You are signed out.")).toBeVisible({ timeout: 15_000 });
  await signIn(first, PEOPLE.viewer.email, PASSWORD);
  await live(first);
  for (const page of [second, third]) await live(page);
  await expect.poll(() => streams.open().length).toBe(1);
});

test("a lost connection is told in every tab, with the time of what is shown, and comes back by itself", async ({
  newContext,
  signedIn,
  watch,
}) => {
  watch.allow(/ERR_INTERNET_DISCONNECTED/);
  const context = await newContext({ storageState: await signedIn("viewer") });
  const pages = [await context.newPage(), await context.newPage()];
  for (const page of pages) await openList(page);
  await expect(pages[0]!.getByText(/^· \d+ s$/)).toBeVisible();
  await context.setOffline(true);
  for (const page of pages) {
    const indicator = page.getByRole("status").filter({ hasText: "Reconnecting" });
    await expect(indicator).toHaveText(/^Reconnecting· data from \d\d:\d\d:\d\d \S+$/, { timeout: 20_000 });
    await expect(page.getByText("The connection to Regent is interrupted.")).toBeVisible();
  }
  await context.setOffline(false);
  for (const page of pages) await live(page);
});
