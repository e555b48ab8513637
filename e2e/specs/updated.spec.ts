import { LIVE_BANNER } from "@/lib/messages/console";
import { DIALOGS, FIELDS } from "@/lib/messages/mission";
import { command, dialog, live, openList, row } from "../console";
import { expect, test } from "../fixtures";

const { title, action = "" } = LIVE_BANNER.updated;

type Page = { stream?: EventSource; build?: string; drawn?: string };

test("a page of the version before stands still, keeps what is typed, and is loaded again where it was when nobody is at work on it", async ({
  region,
  admin: page,
}) => {
  // The web process tells its build when a stream begins; another one is put into its mouth.
  await page.addInitScript(() => {
    const here = window as unknown as Page;
    const { prototype } = EventTarget; // EventSource has its own words for the same function
    Object.assign(EventSource.prototype, {
      addEventListener(this: EventSource, type: string, listener: (event: Event) => void) {
        here.stream = this;
        const told = (event: Event) => listener(here.build ? new MessageEvent(type, { data: here.build }) : event);
        prototype.addEventListener.call(this, type, type === "build" ? told : listener);
      },
    });
  });
  await page.clock.install();
  await openList(page, "?q=compute-west-0&sort=-name");
  const banner = page.getByText(title, { exact: true });
  await expect(banner).toBeHidden();
  await page.evaluate(() => {
    const here = window as unknown as Page; // see above
    here.drawn = "before";
    here.build = "another";
    here.stream?.dispatchEvent(new MessageEvent("build"));
  });
  const drawn = () => page.evaluate(() => (window as unknown as Page).drawn);
  await expect(banner).toBeVisible();
  await expect(page.getByRole("button", { name: action })).toBeVisible();
  await expect(page.getByText("Live", { exact: true })).toBeHidden();

  await command(page, "compute-west-01", "Rename");
  const form = dialog(page, DIALOGS.rename.title);
  await form.getByLabel(new RegExp(`^${FIELDS.name}`)).fill("half-typed");
  await region.sql("UPDATE node SET name = 'renamed-meanwhile', version = version + 1 WHERE name = 'compute-west-02'");
  await page.clock.fastForward("02:00");
  await page.clock.fastForward("02:00");
  await expect(form.getByLabel(new RegExp(`^${FIELDS.name}`))).toHaveValue("half-typed");
  await expect(page.locator(".nodes-grid")).toHaveClass(/is-stale/);
  await expect(row(page, "compute-west-02")).toBeVisible();
  expect(await drawn()).toBe("before");

  await form.getByRole("button", { name: "Cancel" }).click();
  await form.getByRole("button", { name: "Discard" }).click();
  await expect(form).toBeHidden();
  await page.clock.fastForward("00:20");
  expect(await drawn()).toBe("before");
  await page.clock.fastForward("00:25");
  await page.waitForFunction(() => (window as unknown as Page).drawn === undefined);
  await live(page);
  expect(new URL(page.url()).search).toContain("sort=-name");
  await region.sql("UPDATE node SET name = 'compute-west-02', version = version + 1 WHERE name = 'renamed-meanwhile'");
});
