import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { row } from "../console";
import { expect, test } from "../fixtures";

/** Above what Next.js and React load on every page; 9 kB of it are still Next's own, its link and error boundary. */
const OWN_SCRIPTS_MAX_BYTES = 69_000;

test("the first look at the list loads little, and nothing on it moves", async ({ viewer: page }) => {
  const { rootMainFiles, polyfillFiles } = JSON.parse(readFileSync(".next/build-manifest.json", "utf8")) as Record<
    "rootMainFiles" | "polyfillFiles",
    string[]
  >;
  await page.addInitScript(() => {
    const moved: string[] = [];
    Object.assign(window, { moved });
    new PerformanceObserver((list) => {
      // The entries of this type; TypeScript's library does not know it.
      for (const { sources, value } of list.getEntries() as (PerformanceEntry & { value: number; sources: { node: Element | null }[] })[])
        moved.push(`${value}: ${sources.map(({ node }) => node?.outerHTML?.slice(0, 80)).join()}`);
    }).observe({ type: "layout-shift", buffered: true });
  });
  const document = await page.goto("/nodes");
  await expect(row(page, "compute-west-01")).toBeVisible();
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  // Those that the document asks for: what the page fetches when it stands, for later, delays nobody's first look.
  const named = new Set((await document?.text())?.match(/static\/chunks\/[^"?\\]+\.js/g));
  const own = [...named].filter((name) => !rootMainFiles.includes(name) && !polyfillFiles.includes(name));
  const bytes = own.reduce((sum, name) => sum + gzipSync(readFileSync(join(".next", name)), { level: 9 }).length, 0);
  expect(bytes).toBeGreaterThan(OWN_SCRIPTS_MAX_BYTES / 2);
  expect(bytes).toBeLessThan(OWN_SCRIPTS_MAX_BYTES);
  expect(await page.evaluate(() => (window as unknown as { moved: string[] }).moved)).toEqual([]); // set by the script above
});
