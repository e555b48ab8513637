import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { FILTER_BAR, LIST } from "@/lib/messages/list";
import { VIEWS } from "@/lib/messages/views";
import { dialog, openList, row, toast } from "../console";
import { expect, test } from "../fixtures";

const bar = (page: Page): Locator => page.getByRole("combobox", { name: FILTER_BAR.label });
const conditions = (page: Page): Locator => page.getByRole("list", { name: FILTER_BAR.conditions }).getByRole("listitem");
const rows = (page: Page): Locator => page.getByRole("grid").getByRole("rowheader");
const query = (page: Page): string | null => new URL(page.url()).searchParams.get("q");

test("a condition is written with the keyboard alone, stands in the address, and is edited by Backspace", async ({
  region,
  viewer: page,
}) => {
  await openList(page);
  await expect(rows(page).first()).toBeVisible();
  await page.evaluate(() => dispatchEvent(new CustomEvent("regent:shortcut", { detail: "filter" })));
  await expect(bar(page)).toBeFocused();
  await page.keyboard.type("sta");
  await expect(bar(page)).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("Tab");
  await expect(bar(page)).toHaveValue("status ");
  await page.keyboard.type("= fai");
  await page.keyboard.press("ArrowDown");
  const option = page.getByRole("option", { name: /^status = Failed \d+ nodes?$/ });
  await expect(option).toHaveAttribute("aria-selected", "true");
  await expect(bar(page)).toHaveAttribute("aria-activedescendant", (await option.getAttribute("id")) ?? "");
  await page.keyboard.press("Enter");
  await expect(conditions(page)).toHaveText(["status = Failed"]);
  const [failed] = await region.sql<{ count: number }>("SELECT count(*)::int FROM node WHERE status = 'Failed'");
  await expect(rows(page)).toHaveCount(failed?.count ?? 0);
  expect(query(page)).toBe("status = Failed");

  await page.keyboard.press("Backspace");
  await expect(bar(page)).toHaveValue("status = Failed");
  await page.keyboard.press("Home");
  await page.keyboard.type("not ");
  await page.keyboard.press("Enter");
  await expect(conditions(page)).toHaveText(["not status = Failed"]);
  await expect(row(page, "compute-west-09")).toHaveCount(0);
  await page.reload();
  await expect(conditions(page)).toHaveText(["not status = Failed"]);
  await page.getByRole("button", { name: "Remove not status = Failed" }).click();
  await expect(conditions(page)).toHaveCount(0);
  await expect(bar(page)).toBeFocused();
  await expect(row(page, "compute-west-09")).toBeVisible();
});

test("a link and a pasted text show the same rows; units, tags, networks and free words", async ({ region, viewer: page }) => {
  const text = "tag = rack-A and ip in 127.20.1.0/24 and vm-memory-available < 64GiB and not status = Out";
  await openList(page, `?q=${encodeURIComponent(text)}`);
  const found = await region.sql<{ name: string }>(
    `SELECT name FROM node WHERE 'rack-A' = ANY(tags) AND ip LIKE '127.20.1.%' AND vm_memory_available_bytes < 64 * 1024::bigint ^ 3 AND status <> 'Out'`,
  );
  await expect(rows(page)).toHaveCount(found.length);
  await expect(conditions(page)).toHaveCount(4);

  await page.getByRole("button", { name: FILTER_BAR.clear }).click();
  await bar(page).evaluate((input, pasted) => {
    const data = new DataTransfer();
    data.setData("text/plain", pasted);
    input.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
  await expect(conditions(page)).toHaveCount(4);
  expect(query(page)).toBe(text);
  await expect(rows(page)).toHaveCount(found.length);

  await page.getByRole("button", { name: FILTER_BAR.clear }).click();
  const [node] = await region.sql<{ name: string; mac: string }>(
    "SELECT name, converged_macs[1] AS mac FROM node WHERE name = 'compute-west-02'",
  );
  await bar(page).fill((node?.mac ?? "").replaceAll(":", "").replace(/(....)(....)(....)/, "$1.$2.$3"));
  await expect(rows(page)).toHaveCount(1);
  await expect(row(page, "compute-west-02")).toBeVisible();
  await bar(page).fill("WEST-02");
  await expect(row(page, "compute-west-02")).toBeVisible();
  await expect(row(page, "compute-west-03")).toHaveCount(0);
});

test("a condition that is not understood keeps its text and says why, while the others filter", async ({ viewer: page }) => {
  await openList(page, "?q=cpu+%3E+80kg+and+tag+%3D+gpu");
  await expect(bar(page)).toHaveAttribute("aria-invalid", "true");
  const sentence = "“kg” is not a unit of a percentage (%): write it as in cpu > 80%.";
  await expect(bar(page)).toHaveAccessibleDescription(new RegExp(sentence.replace(/[()+.]/g, "\\$&")));
  await expect(page.getByText(sentence)).toBeVisible();
  await expect(row(page, "compute-west-01")).toHaveCount(0);
  await page.getByRole("button", { name: /^Remove cpu/ }).click();
  await expect(bar(page)).not.toHaveAttribute("aria-invalid");
  await expect(page.getByText(sentence)).toHaveCount(0);
});

test("a view is kept under a name, shared, opened by its link, and deleted after a question", async ({ operator: page, viewer }) => {
  const name = "Failed in the west";
  const open = (person: Page) => person.getByRole("button", { name: LIST.savedViews }).click();
  await openList(page, "?q=status+%3D+Failed&sort=-ip&do=nothing");
  await open(page);
  await page.getByRole("button", { name: VIEWS.save }).click();
  const save = dialog(page, VIEWS.save);
  await save.getByRole("button", { name: "Save" }).click();
  await expect(save.getByText("Name is missing.")).toBeVisible();
  await save.getByLabel(/^Name/).fill(name);
  await save.getByLabel("Share with everybody").check();
  await save.getByRole("button", { name: "Save" }).click();
  await expect(toast(page, VIEWS.saved(name))).toBeVisible();

  await openList(viewer);
  await open(viewer);
  await expect(viewer.getByRole("button", { name: `Delete view ${name}` })).toHaveCount(0);
  await viewer.getByRole("link", { name: new RegExp(`^${name}`) }).click();
  await expect(viewer).toHaveURL(/\/nodes\?q=status\+%3D\+Failed&sort=-ip$/);
  await expect(conditions(viewer)).toHaveText(["status = Failed"]);
  await open(viewer);
  await expect(viewer.getByRole("link", { name: new RegExp(`^${name}`) })).toHaveAttribute("aria-current", "page");
  await viewer.keyboard.press("Escape");
  await viewer.goBack();
  await expect(conditions(viewer)).toHaveCount(0);

  await open(page);
  await page.getByRole("button", { name: `Delete view ${name}` }).click();
  await expect(page.getByRole("button", { name: "Keep" })).toBeFocused();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(toast(page, VIEWS.deleted(name))).toBeVisible();
  await expect(page.getByRole("link", { name: new RegExp(`^${name}`) })).toHaveCount(0);
});

test("the list is saved as CSV: the rows that match, numbers raw, nothing that a spreadsheet runs", async ({ region, viewer: page }) => {
  const [node] = await region.sql<{ id: string; name: string }>("SELECT id, name FROM node WHERE name = 'compute-west-03'");
  await region.sql("UPDATE node SET tags = ARRAY['=cmd|calc', 'rack-A'] WHERE id = $1", [node?.id]);
  await openList(page, `?q=${encodeURIComponent("name = compute-west-03")}`);
  await expect(rows(page)).toHaveCount(1);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export CSV" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^nodes-[\w.-]+-\d{4}-\d\d-\d\d\.csv$/);
  const [header = "", line = "", end] = readFileSync(await file.path(), "utf8").split("\r\n");
  expect(header).toMatch(/^\uFEFFName,Candidate,IP,CPU \[share\],vCPUs,Memory \[bytes\]/);
  expect(line).toMatch(/^compute-west-03,No,127\.20\.1\.6,0(\.\d+)?,128,\d{12},/);
  expect(line).toContain(",'=cmd|calc; rack-A,");
  expect(end).toBe("");
  await region.sql("UPDATE node SET tags = ARRAY['rack-A'] WHERE id = $1", [node?.id]);
});
