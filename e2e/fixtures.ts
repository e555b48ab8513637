/** What every test gets: a running region, pages of people who are signed in, and a watch over what the browser complains about. */
import { test as base, expect, type Browser, type BrowserContext, type Page } from "@playwright/test";
import { PASSWORD, PEOPLE, startRegion, type PersonName, type Region } from "./region";

export { expect } from "@playwright/test";

type Watch = {
  /** Complaints that this test provokes on purpose. */
  allow: (...patterns: RegExp[]) => void;
  follow: (context: BrowserContext) => void;
};

type Cookies = Awaited<ReturnType<BrowserContext["storageState"]>>;
type People = { [Name in PersonName]: Page };

type WorkerFixtures = { region: Region; signedIn: (person: PersonName) => Promise<Cookies> };
type TestFixtures = People & {
  watch: Watch;
  /** A context of nobody, watched. */
  newContext: (options?: Parameters<Browser["newContext"]>[0]) => Promise<BrowserContext>;
};

export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto("/login");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

const pageOf =
  (person: PersonName) =>
  async ({ newContext, signedIn }: TestFixtures & WorkerFixtures, use: (page: Page) => Promise<void>) => {
    const context = await newContext({ storageState: await signedIn(person) });
    await use(await context.newPage());
  };

export const test = base.extend<TestFixtures, WorkerFixtures>({
  region: [
    // Playwright reads from the pattern which fixtures are wanted: none.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const region = await startRegion();
      await use(region);
      await region.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],

  signedIn: [
    async ({ region, browser }, use) => {
      const known = new Map<PersonName, Promise<Cookies>>();
      const enter = async (person: PersonName) => {
        const context = await browser.newContext({ baseURL: region.url });
        const page = await context.newPage();
        await signIn(page, PEOPLE[person].email, PASSWORD);
        await page.getByRole("heading", { name: "Nodes", level: 1 }).waitFor();
        const state = await context.storageState();
        await context.close();
        return state;
      };
      await use((person) => {
        const state = known.get(person) ?? enter(person);
        known.set(person, state);
        return state;
      });
    },
    { scope: "worker" },
  ],

  // oxlint-disable-next-line no-empty-pattern
  watch: async ({}, use) => {
    const complaints: string[] = [];
    const allowed: RegExp[] = [];
    await use({
      allow: (...patterns) => void allowed.push(...patterns),
      follow: (context) => {
        context.on("console", (message) => {
          if (message.type() === "error") complaints.push(`${message.text()} (${message.location().url})`);
        });
        context.on("weberror", (error) => complaints.push(String(error.error())));
      },
    });
    const unexpected = complaints.filter((complaint) => !allowed.some((pattern) => pattern.test(complaint)));
    expect(unexpected, "errors in the browser's console").toEqual([]);
  },

  newContext: async ({ browser, region, watch }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ baseURL: region.url, ...options });
      watch.follow(context);
      contexts.push(context);
      return context;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },

  admin: pageOf("admin"),
  secondAdmin: pageOf("secondAdmin"),
  operator: pageOf("operator"),
  viewer: pageOf("viewer"),
});
