/** Looks for what people with a disability could not use: the rules of axe on what is shown. */
import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import type axe from "axe-core";

const AXE = readFileSync("node_modules/axe-core/axe.min.js", "utf8");
const COLOURS = ["color-contrast", "link-in-text-block"];
const ALL = undefined;

/** Every rule in both themes and at both widths. */
const EVERY_LOOK = [
  { width: 1280, height: 900, themes: { light: ALL, dark: ALL } },
  { width: 320, height: 640, themes: { light: ALL, dark: ALL } },
] as const;
/** Every rule at both widths and in both themes; what only colours decide, in the other theme of each width as well. */
const FEWER_LOOKS = [
  { width: 1280, height: 900, themes: { light: ALL, dark: COLOURS } },
  { width: 320, height: 640, themes: { light: COLOURS, dark: ALL } },
] as const;

/** What breaks a rule as the page is now, with where. The page's policy forbids scripts of others; a debugger's are none. */
export async function violationsOf(page: Page, rules?: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  return page.evaluate(async (only) => {
    const { axe: run } = window as unknown as { axe: typeof axe }; // set by the script above
    const { violations } = await run.run(document, {
      resultTypes: ["violations"],
      ...(only && { runOnly: { type: "rule", values: only } }),
    });
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(" ")} (${failureSummary})`).join("; ")}`,
    );
  }, rules);
}

/** Nothing breaks a rule, and nothing is wider than the screen. `everyLook`: every rule in each of them, which takes twice as long. */
export async function expectNothingFound(page: Page, what: string, { everyLook = false } = {}): Promise<void> {
  const found: string[] = [];
  const before = page.viewportSize() ?? { width: 1280, height: 900 };
  for (const { themes, ...size } of everyLook ? EVERY_LOOK : FEWER_LOOKS) {
    await page.setViewportSize(size);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const violations = await violationsOf(page, themes[colorScheme]);
      found.push(...violations.map((violation) => `${what}, ${colorScheme}, ${size.width} px: ${violation}`));
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (overflow > 0) found.push(`${what}: the page is ${overflow} px wider than ${size.width} px`);
  }
  await page.setViewportSize(before);
  expect.soft(found).toEqual([]);
}
