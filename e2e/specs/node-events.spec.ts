import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { EVENT_KINDS, SOURCES } from "@/lib/domain/events";
import { TAGS } from "@/lib/messages/tags";
import { openNode } from "../console";
import { expect, test } from "../fixtures";

const combobox = (page: Page): Locator => page.getByRole("combobox", { name: TAGS.add });

test("events open to their details, filter in the address, and stand below the status of the last day", async ({
  region,
  operator: page,
}) => {
  const name = "compute-west-16";
  const id = await openNode(region, page, name, "events");
  await expect(page.getByRole("region", { name: "Status in the last 24 hours" })).toContainText("Active");
  await page.getByRole("button", { name: TAGS.add }).click();
  await combobox(page).fill("for-events");
  await page.keyboard.press("Enter");
  const line = page.getByRole("row").filter({ hasText: `Olga Operator added for-events to ${name}.` });
  await expect(line).toBeVisible();
  await line.getByRole("button", { name: /^Details of event/ }).click();
  const details = page.getByRole("row").filter({ has: page.getByRole("term").filter({ hasText: "Source" }) });
  await expect(details).toContainText(`Source${SOURCES.user}`);
  await expect(details).toContainText("Addedfor-events");
  await details.getByText("Raw JSON").click();
  await expect(details.getByLabel(/^Event \d+ as JSON$/)).toContainText('"kind": "node.tagged"');

  const filters = page.getByRole("group", { name: "Filter events" });
  // What is never told of a node is not offered.
  for (const kind of ["settings.changed", "user.role", "factor.set", "alarm.muted"] as const)
    await expect(filters.getByLabel("Kind").getByRole("option", { name: EVENT_KINDS[kind], exact: true })).toHaveCount(0);
  await filters.getByLabel("Kind").selectOption("Added");
  await expect(page).toHaveURL(new RegExp(`/nodes/${id}/events\\?kind=node\\.added$`));
  await expect(line).toBeHidden();
  await filters.getByLabel("By").selectOption("Olga Operator");
  await expect(page.getByText("No events match this filter")).toBeVisible();
  await page.reload();
  await expect(page.getByText("No events match this filter")).toBeVisible();
  await filters.getByRole("button", { name: "Clear filter" }).click();
  await expect(line).toBeVisible();

  await page.goto("/events?kind=node.tagged&severity=info");
  await expect(page.getByRole("row").filter({ hasText: "for-events" }).getByRole("link", { name })).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export CSV" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^events-[\w.-]+-\d{4}-\d\d-\d\d\.csv$/);
  const saved = readFileSync(await file.path(), "utf8")
    .trimEnd()
    .split("\r\n")
    .slice(1);
  expect(saved.filter((one) => one.includes(`,Olga Operator added for-events to ${name}.,${name},${id},`))).toHaveLength(1);
  expect(saved.filter((one) => !one.includes(",info,Tagged,"))).toEqual([]);
  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page.getByRole("status").filter({ hasText: "each as it was written" })).toBeVisible();
});
