import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { row } from "../console";
import { expect, test } from "../fixtures";

/** Above what Next.js and React load on every page; 9 kB of it are still Next's own, its link and error boundary. */
const OWN_SCRIPTS_MAX_BYTES = 69_500;

test("the first look at the list loads little, and nothing on it moves", async ({ viewer: page }) => {
  const scripts = new Map<string, number>();
  const { rootMainFiles } = JSON.parse(readFileSync(".next/build-manifest.json", "utf8")) as { rootMainFiles: string[] };
  page.on("response", async (response) => {
    const name = /static\/chunks\/[^?]+\.js/.exec(response.url())?.[0];
    if (name && !rootMainFiles.includes(name)) scripts.set(name, gzipSync(await response.body(), { level: 9 }).length);
  });
  await page.addInitScript(() => {
    const moved: string[] = [];
    Object.assign(window, { moved });
    new PerformanceObserver((list) => {
      // The entries of this type; TypeScript's library does not know it.
      for (const { sources, value } of list.getEntries() as (PerformanceEntry & { value: number; sources: { node: Element | null }[] })[])
        moved.push(`${value}: ${sources.map(({ node }) => node?.outerHTML?.slice(0, 80)).join()}`);
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto("/nodes");
  await expect(row(page, "compute-west-01")).toBeVisible();
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  const bytes = [...scripts.values()].reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeGreaterThan(OWN_SCRIPTS_MAX_BYTES / 2);
  expect(bytes).toBeLessThan(OWN_SCRIPTS_MAX_BYTES);
  expect(await page.evaluate(() => (window as unknown as { moved: string[] }).moved)).toEqual([]); // set by the script above
});
