import type { Locator, Page } from "@playwright/test";
import { REGION_ID } from "@/lib/domain/median";
import { GAPS, MONITORING, NEVER_SAMPLED } from "@/lib/messages/monitoring";
import { openNode } from "../console";
import { violationsOf } from "../axe";
import { expect, test } from "../fixtures";
import type { Region } from "../region";

const NAME = "compute-west-11";

const chart = (page: Page, name: string): Locator => page.getByRole("region", { name, exact: true });
const slider = (page: Page, name: string): Locator => page.getByRole("slider", { name: MONITORING.moment(name) });
const drawn = (page: Page, name: string): Locator => chart(page, name).locator("path.recharts-line-curve");

/** The past of the demo region is filled in its first minute. */
async function openMonitoring(region: Region, page: Page, name: string, search = ""): Promise<string> {
  await expect
    .poll(() => region.sql("SELECT 1 FROM metrics.sample_5m WHERE node_id = $1", [REGION_ID]).then(({ length }) => length), {
      timeout: 40_000,
    })
    .toBeGreaterThan(20);
  const id = await openNode(region, page, name, "monitoring");
  if (search) await page.goto(`/nodes/${id}/monitoring${search}`);
  return id;
}

test("every chart shows its lines, their least, average and most, and the value under the crosshair of all", async ({
  region,
  viewer: page,
}) => {
  await openMonitoring(region, page, NAME);
  const lines = { CPU: 1, Memory: 1, Network: 2, Disk: 2, "Busiest disk": 1, Load: 1, "Partitions free": 4 };
  for (const [name, count] of Object.entries(lines)) {
    await expect(drawn(page, name)).toHaveCount(count);
    await expect(chart(page, name).getByRole("columnheader")).toHaveText([name, MONITORING.latest, "Min", "Avg", "Max"]);
    await expect(chart(page, name).getByRole("row").nth(1)).toHaveText(/(\d.*){4}/);
  }
  await slider(page, "Memory").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await expect(slider(page, "Memory")).toHaveAttribute("aria-valuetext", /^\d\d:\d\d:\d\d: Used \d+ %$/);
  // The same moment stands over every chart.
  const moment = await chart(page, "CPU").getByRole("columnheader").nth(1).textContent();
  expect(moment).toMatch(/^\d\d:\d\d:\d\d$/);
  for (const name of Object.keys(lines)) await expect(chart(page, name).getByRole("columnheader").nth(1)).toHaveText(moment ?? "");
  await expect(page.getByText(MONITORING.held)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(chart(page, "CPU").getByRole("columnheader").nth(1)).toHaveText(MONITORING.latest);
});

test("the range stands in the address: it survives a reload, Back leads to the one before, and it is chosen, typed or stepped", async ({
  region,
  viewer: page,
}) => {
  const id = await openMonitoring(region, page, NAME);
  const range = (name: string) => page.getByRole("radio", { name, exact: true });
  await expect(range("1 h")).toBeChecked();
  await page.getByText("7 d", { exact: true }).click();
  await expect(page).toHaveURL(`${region.url}/nodes/${id}/monitoring?range=7d`);
  await expect(page.getByText("a point every 15 min")).toBeVisible();
  await page.reload();
  await expect(range("7 d")).toBeChecked();
  await expect(page.getByText("a point every 15 min")).toBeVisible();
  await expect(drawn(page, "CPU")).toHaveCount(1);
  await page.getByRole("button", { name: MONITORING.earlier, exact: true }).click();
  await expect(page).toHaveURL(/from=[^&]+Z&to=[^&]+Z$/);
  await expect(range("Custom")).toBeChecked();
  await page.goBack();
  await expect(range("7 d")).toBeChecked();
  await page.getByText("Custom", { exact: true }).click();
  const form = page.getByRole("form", { name: MONITORING.custom.legend });
  await form.getByLabel("From", { exact: true }).fill("2026-11-02T10:00:00");
  await form.getByLabel("To", { exact: true }).fill("2026-11-02T09:00:00");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page.getByText(MONITORING.custom.wrong)).toBeVisible();
  await form.getByLabel("From", { exact: true }).fill("2026-11-02T08:00:00");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page).toHaveURL(/from=2026-11-02T\d\d%3A00%3A00Z&to=2026-11-02T\d\d%3A00%3A00Z$/);
  await expect(page.getByText("Not joined yet").first()).toBeAttached();
});

test("what is relative moves on as samples come, and stands still while somebody looks", async ({ region, viewer: page }) => {
  test.slow();
  await openMonitoring(region, page, NAME);
  const span = page.getByText(/a point every 10 s/);
  const before = await span.textContent();
  await expect(span).not.toHaveText(before ?? "", { timeout: 30_000 });
  await slider(page, "CPU").focus();
  await page.keyboard.press("Home"); // away from the events of the region's making
  await expect(span).toContainText(MONITORING.held);
  const held = await span.textContent();
  const [{ at: sampled } = { at: "" }] = await region.sql<{ at: string }>("SELECT max(sampled_at)::text AS at FROM metrics.node_now");
  // Two samples later it would have moved on.
  await expect
    .poll(
      () =>
        region
          .sql<{ later: boolean }>("SELECT max(sampled_at) > $1::timestamptz + interval '25 s' AS later FROM metrics.node_now", [sampled])
          .then(([row]) => row?.later),
      { timeout: 40_000 },
    )
    .toBe(true);
  await expect(span).toHaveText(held ?? "");
});

test("dragging zooms, and so do the keys of the chart and the buttons", async ({ region, viewer: page }) => {
  await openMonitoring(region, page, NAME);
  const span = () => {
    const parameters = new URL(page.url()).searchParams;
    return (Date.parse(parameters.get("to") ?? "") - Date.parse(parameters.get("from") ?? "")) / 1000;
  };
  await slider(page, "CPU").focus();
  await page.keyboard.press("+");
  await expect.poll(span).toBe(1800);
  await page.getByRole("button", { name: MONITORING.zoomOut }).click();
  await expect.poll(span).toBe(3600);
  await page.getByRole("button", { name: MONITORING.zoomIn }).click();
  await expect.poll(span).toBe(1800);
  await expect(page.getByText("moves on by itself")).toBeHidden();
  // What is dragged over is drawn: half an hour, a point every 10 s.
  await expect(slider(page, "Load")).toHaveAttribute("max", /^1(79|80)$/);
  const box = await slider(page, "Load").boundingBox();
  if (!box) throw new Error("The chart has no place.");
  await page.mouse.move(box.x + box.width * 0.25, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.75, box.y + 60, { steps: 4 });
  await page.mouse.up();
  await expect.poll(span).toBeLessThan(920);
  expect(span()).toBeGreaterThan(880);
  // The fields say what is shown, and not what was shown before.
  const form = page.getByRole("form", { name: MONITORING.custom.legend });
  for (const name of ["From", "To"]) {
    const typed = () => form.getByLabel(name, { exact: true }).inputValue();
    const asked = Date.parse(new URL(page.url()).searchParams.get(name.toLowerCase()) ?? "");
    await expect.poll(async () => Date.parse(await typed()), name).toBe(asked);
  }
  // The browser's own zoom is left to the browser.
  const address = page.url();
  await slider(page, "CPU").focus();
  await page.keyboard.press("Control++");
  await page.keyboard.press("Control+-");
  await expect(slider(page, "CPU")).toBeFocused();
  expect(page.url()).toBe(address);
});

test("a range that is not over yet goes on by itself and says nothing of what is to come", async ({ region, viewer: page }) => {
  const id = await openMonitoring(region, page, NAME);
  const now = Math.floor(Date.now() / 1000);
  const iso = (at: number) => new Date(at * 1000).toISOString();
  let readings = 0;
  page.on("response", (response) => void (response.url().includes("/history?") && (readings += 1)));
  await page.goto(`/nodes/${id}/monitoring?from=${iso(now - 1800)}&to=${iso(now + 1800)}`);
  await expect(drawn(page, "CPU")).toHaveCount(1);
  const events = page.getByRole("region", { name: MONITORING.events });
  await expect(events).toBeVisible();
  await expect(events.getByText(GAPS["no-answer"])).toHaveCount(0);
  await expect(page.locator(".chart-gap")).toHaveCount(0);
  await expect.poll(() => readings, { timeout: 45_000 }).toBeGreaterThan(1);
  await expect(events.getByText(GAPS["no-answer"])).toHaveCount(0);
});

test("a custom range is of the reader's clock, also in the hour that comes twice", async ({ region, newContext, signedIn }) => {
  const context = await newContext({ storageState: await signedIn("viewer"), timezoneId: "America/New_York" });
  const page = await context.newPage();
  // Half past one on 1 November 2026 is 05:30 UTC, and an hour later again.
  const second = "?from=2026-11-01T06%3A30%3A00Z&to=2026-11-01T08%3A00%3A00Z";
  const id = await openMonitoring(region, page, NAME, second);
  const form = page.getByRole("form", { name: MONITORING.custom.legend });
  await expect(form).toContainText("America/New_York");
  await expect(form.getByLabel("From", { exact: true })).toHaveValue("2026-11-01T01:30");
  await form.getByLabel("To", { exact: true }).fill("2026-11-01T04:00:00");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page).toHaveURL(`${region.url}/nodes/${id}/monitoring?from=2026-11-01T06%3A30%3A00Z&to=2026-11-01T09%3A00%3A00Z`);
  await form.getByLabel("From", { exact: true }).fill("2026-11-01T00:30:00");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page).toHaveURL(/from=2026-11-01T04%3A30%3A00Z/);
});

test("an address that names no range says so, and the last hour stands there instead", async ({ region, viewer: page }) => {
  await openMonitoring(region, page, NAME, "?from=2026-11-26T12:00:00Z&to=2026-11-26T11:00:00Z");
  const note = page.getByRole("status").filter({ hasText: MONITORING.misread.title });
  await expect(note).toBeVisible();
  await expect(page.getByRole("radio", { name: "1 h", exact: true })).toBeChecked();
  await page.getByText("6 h", { exact: true }).click();
  await expect(note).toBeHidden();
});

test("a reading that fails says why, and the next one that succeeds takes its place by itself", async ({ region, viewer: page, watch }) => {
  watch.allow(/500/);
  test.slow();
  const id = await openMonitoring(region, page, NAME);
  await page.route("**/history?*", (route) => route.fulfill({ status: 500, body: "Internal Server Error" }));
  await page.goto(`/nodes/${id}/monitoring?from=2026-11-02T08:00:00Z&to=2026-11-02T09:00:00Z`);
  const alert = page.getByRole("alert").filter({ hasText: MONITORING.unread.title });
  await expect(alert).toContainText(MONITORING.unread.fault);
  await page.unrouteAll();
  await expect(alert).toBeHidden({ timeout: 40_000 });
  await expect(page.getByText("Not joined yet").first()).toBeAttached();
});

test("the history is told as JSON, and bad questions get a sentence", async ({ region, viewer: page, newContext, watch }) => {
  watch.allow(/40[0-9]/);
  const id = await openMonitoring(region, page, NAME);
  const url = `/api/v1/nodes/${id}/history`;
  const now = Math.floor(Date.now() / 1000);
  const day = await page.request.get(`${url}?from=${now - 86_400}&to=${now}&points=100&median=1`);
  const { step, series, median } = await day.json();
  expect([step, series.cpu.average.length <= 100, median.cpu.length === series.cpu.average.length]).toEqual([900, true, true]);
  expect(day.headers()["cache-control"]).toBe("no-store");
  const reason = async (query: string, status: number) => {
    const answer = await page.request.get(`${url}${query}`);
    expect(answer.status()).toBe(status);
    return (await answer.json()).reason as string;
  };
  expect(await reason("", 400)).toBe("Give from and to in whole seconds since 1970.");
  expect(await reason(`?from=${now}&to=${now - 60}`, 400)).toMatch(/^Ask for a span of 60 seconds to 800 days/);
  expect(await reason(`?from=${now - 3600}&to=${now}&points=1000000`, 400)).toBe("Ask for 60 to 2000 points.");
  const gone = await page.request.get(`/api/v1/nodes/00000000-0000-4000-8000-000000000000/history?from=${now - 60}&to=${now}`);
  expect([gone.status(), (await gone.json()).reason]).toEqual([404, "There is no such node."]);
  const nobody = await (await newContext()).request.get(`${url}?from=${now - 60}&to=${now}`);
  expect(nobody.status()).toBe(401);
});

test("the same stands in a table, and the region's median beside it", async ({ region, viewer: page }) => {
  const id = await openMonitoring(region, page, NAME, "?range=24h");
  await chart(page, "Network").getByText(MONITORING.data).click();
  const table = page.getByRole("region", { name: `${MONITORING.data}: Network` });
  await expect(table.getByRole("columnheader")).toHaveText([
    "Time",
    ...["Rx", "Tx"].flatMap((line) => [`${line}, average`, `${line}, minimum`, `${line}, maximum`]),
  ]);
  expect(await table.getByRole("row").count()).toBeLessThanOrEqual(201);
  await expect(table.getByRole("row").nth(2)).toHaveText(/\d\d:\d\d:\d\d.*b\/s/);
  await page.getByRole("checkbox", { name: MONITORING.compare }).check();
  await expect(page).toHaveURL(`${region.url}/nodes/${id}/monitoring?range=24h&compare=1`);
  await expect(chart(page, "CPU").getByRole("rowheader").last()).toHaveText(/Region$/);
  await expect(chart(page, "CPU").getByRole("row").last()).toHaveText(/(\d+ %){4}/);
  await expect(drawn(page, "Network")).toHaveCount(4);
  await page.reload();
  await expect(page.getByRole("checkbox", { name: MONITORING.compare })).toBeChecked();
});

test("a node that is silent says since when and why, one that was never sampled why not", async ({ region, viewer: page }) => {
  await openMonitoring(region, page, "compute-west-14");
  const note = page.getByRole("status").filter({ hasText: MONITORING.stale.title });
  await expect(note).toContainText(/Last sample .* ago\. .*refused the connection/);
  await expect(page.getByRole("region", { name: MONITORING.events })).toContainText("Fenced");
  // What happened is a line in every chart, and words of its slider; of a day, a moment has its day.
  await page.getByText("24 h", { exact: true }).click();
  await expect(chart(page, "Load").locator(".chart-mark").first()).toBeAttached();
  // Two minutes each: one more where the day does not begin with one.
  await expect(slider(page, "CPU")).toHaveAttribute("max", /^7(19|20)$/);
  await slider(page, "CPU").focus();
  await expect(slider(page, "CPU")).toHaveAttribute("aria-valuetext", /^\d+ \w+, \d\d:\d\d: Used /);
  const [candidate] = await region.sql<{ name: string }>("SELECT name FROM node WHERE joined_at IS NULL LIMIT 1");
  await openNode(region, page, candidate?.name ?? "", "monitoring");
  await expect(page.getByText(NEVER_SAMPLED.title)).toBeVisible();
  await expect(page.getByText(NEVER_SAMPLED.candidate)).toBeVisible();
});

test("no other page fetches the charts' code, nothing moves while they load, and axe finds nothing in either theme", async ({
  region,
  viewer: page,
}) => {
  const scripts: string[] = [];
  page.on("response", async (response) => {
    if (response.url().includes("/static/chunks/") && (await response.text()).includes("recharts-")) scripts.push(response.url());
  });
  const id = await openNode(region, page, NAME, "overview");
  await page.mouse.move(200, 200);
  await expect(page.getByRole("link", { name: "Monitoring" })).toBeVisible();
  expect(scripts).toEqual([]);
  await page.addInitScript(() => {
    const moved: string[] = [];
    Object.assign(window, { moved });
    new PerformanceObserver((list) => {
      // The entries of this type; TypeScript's library does not know it.
      type Source = { node: Node | null; previousRect: DOMRect; currentRect: DOMRect };
      const place = ({ x, y, width, height }: DOMRect) => [x, y, width, height].map(Math.round).join(" ");
      const [page] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[]; // of this type
      for (const { sources, startTime } of list.getEntries() as (PerformanceEntry & { sources: Source[] })[]) {
        // Before the last of its HTML has come, a button at the end of a line may stand there without its words.
        if (!page?.domInteractive || startTime < page.domInteractive) continue;
        for (const { node, previousRect, currentRect } of sources)
          if (node?.parentElement?.closest("main"))
            moved.push(
              `${(node instanceof Element ? node.outerHTML : node.textContent)?.slice(0, 80)}: ${place(previousRect)} to ${place(currentRect)}`,
            );
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(`/nodes/${id}/monitoring?range=6h&compare=1`);
  await expect(drawn(page, "Partitions free")).toHaveCount(4);
  expect(await page.evaluate(() => (window as unknown as { moved: string[] }).moved)).toEqual([]); // set by the script above
  await chart(page, "CPU").getByText(MONITORING.data).click();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    expect.soft(await violationsOf(page), colorScheme).toEqual([]);
  }
});
