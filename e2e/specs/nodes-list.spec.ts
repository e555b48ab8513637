import { FLEET } from "@/lib/demo/fleet";
import { compareIPv4 } from "@/lib/domain/address";
import { compareNames } from "@/lib/domain/units";
import { COLUMNS } from "@/lib/messages";
import { openList, row, select, toolbar } from "../console";
import { expect, test } from "../fixtures";

const COLUMN_ORDER = ["name", "candidate", "ip", "vcpus", "memory", "storage", "uptime", "status"] as const;

test("the list has the eight columns in order, and a row for every server that is in the region", async ({ region, viewer }) => {
  await openList(viewer);
  const headers = viewer.getByRole("columnheader").getByRole("button");
  await expect(headers).toHaveText(COLUMN_ORDER.map((column) => COLUMNS[column].header));
  const nodes = await region.sql<{ name: string; ip: string }>("SELECT name, ip FROM node WHERE status <> 'Out'");
  expect(nodes.map(({ ip }) => ip)).toEqual(expect.arrayContaining(FLEET.filter(({ status }) => status !== "Out").map(({ ip }) => ip)));
  const names = await viewer.getByRole("table").getByRole("link").allTextContents();
  expect(names.toSorted(compareNames)).toEqual(nodes.map(({ name }) => name).toSorted(compareNames));
  const active = row(viewer, "compute-west-01");
  await expect(active.getByRole("cell").nth(2)).toHaveText("No");
  await expect(active).toContainText("127.20.1.4");
  await expect(active.getByRole("cell").last()).toBeVisible();
  await expect(row(viewer, "compute-west-31").getByRole("cell").nth(2)).toHaveText("Yes");
});

test("every column sorts both ways; names in natural order, addresses by number", async ({ viewer }) => {
  await openList(viewer);
  const column = async (header: string) => {
    const at = COLUMN_ORDER.findIndex((name) => COLUMNS[name].header === header) + 1;
    const rows = await viewer.getByRole("row").all();
    return Promise.all(rows.slice(1).map((line) => line.getByRole("cell").nth(at).innerText()));
  };
  for (const name of COLUMN_ORDER) {
    const { header } = COLUMNS[name];
    const head = viewer.getByRole("columnheader", { name: header, exact: true });
    if (name !== "name") await head.getByRole("button").click();
    const first = (await head.getAttribute("aria-sort")) ?? "";
    expect(["ascending", "descending"]).toContain(first);
    await head.getByRole("button").click();
    await expect(head).toHaveAttribute("aria-sort", first === "ascending" ? "descending" : "ascending");
    await expect(viewer.getByRole("columnheader").and(viewer.locator("[aria-sort$=ending]"))).toHaveCount(1);
  }
  const sortBy = async (header: string) => {
    const head = viewer.getByRole("columnheader", { name: header, exact: true });
    while ((await head.getAttribute("aria-sort")) !== "ascending") await head.getByRole("button").click();
    return column(header);
  };
  const ips = await sortBy(COLUMNS.ip.header);
  expect(ips).toEqual(ips.toSorted(compareIPv4));
  expect(ips.indexOf("127.20.1.9")).toBeLessThan(ips.indexOf("127.20.1.10"));
  const names = await sortBy(COLUMNS.name.header);
  expect(names).toEqual(names.toSorted(compareNames));
});

test("four chips filter and count; several are a union; the address restores them; what is hidden is told", async ({ region, viewer }) => {
  await openList(viewer);
  const rows = viewer.getByRole("table").getByRole("checkbox");
  // What is counted must be there: the rows come with the page's scripts.
  await expect(rows.first()).toBeVisible();
  const all = await rows.count();
  const chip = (label: string) => viewer.getByRole("button", { name: new RegExp(`^${label} ?\\d+$`) });
  const counts: Record<string, number> = {};
  for (const label of ["Active", "Candidate", "Inadequate", "In Maintenance"]) {
    const count = Number(/\d+$/.exec((await chip(label).textContent()) ?? "")?.[0]);
    await chip(label).click();
    await expect(chip(label)).toHaveAttribute("aria-pressed", "true");
    await expect(rows).toHaveCount(count);
    await expect(viewer.getByText(/^\d+ of \d+ hidden$/)).toBeVisible();
    await chip(label).click();
    await expect(rows).toHaveCount(all);
    counts[label] = count;
  }
  const [recorded] = await region.sql(
    `SELECT count(*) FILTER (WHERE status = 'Active')::int AS "Active", count(*) FILTER (WHERE status = 'Inadequate')::int AS "Inadequate",
            count(*) FILTER (WHERE status = 'InMaintenance')::int AS "In Maintenance" FROM node`,
  );
  expect(counts).toMatchObject(recorded ?? {});

  await chip("Inadequate").click();
  await chip("In Maintenance").click();
  const union = (counts["Inadequate"] ?? 0) + (counts["In Maintenance"] ?? 0);
  await expect(rows).toHaveCount(union);
  expect(new URL(viewer.url()).search).not.toBe("");
  await viewer.reload();
  await expect(rows).toHaveCount(union);
  await expect(chip("Inadequate")).toHaveAttribute("aria-pressed", "true");

  await select(viewer, "compute-west-35");
  await chip("Inadequate").click();
  await expect(toolbar(viewer)).toContainText("compute-west-35 (hidden by the filter)");
  await viewer.getByRole("button", { name: "Clear filter" }).click();
  await expect(rows).toHaveCount(all);
});
