import type { Locator } from "@playwright/test";
import { NODE_STATUSES } from "@/lib/domain/status";
import { COLUMNS } from "@/lib/messages/list";
import { HEARTBEAT, NODE_TABS } from "@/lib/messages/node";
import { openNode } from "../console";
import { expect, test } from "../fixtures";
import { nodeNamed } from "../records";
import { hardwareOf } from "../servers";

test("Configure opens the node's own installer in a tab that gets no handle to this one, from the header and from the menu", async ({
  region,
  viewer: page,
}) => {
  await openNode(region, page, "compute-west-10");
  const { ip } = await nodeNamed(region, "compute-west-10");
  const expectInstaller = async (link: Locator) => {
    await expect(link).toHaveAttribute("href", `http://${ip}/installer`);
    await expect(link).toHaveAttribute("target", "_blank");
    await expect(link).toHaveAttribute("rel", "noopener noreferrer");
    await expect(link).toHaveAccessibleName("Configure compute-west-10, opens a new tab, not encrypted");
  };
  await expectInstaller(page.getByRole("link", { name: /^Configure/ }));
  await page.getByRole("button", { name: "Actions" }).click();
  await expectInstaller(page.getByRole("menuitem", { name: /^Configure/ }));
});

test("every tab has an address and its number in its name", async ({ region, viewer: page }) => {
  const name = "compute-west-11";
  const id = await openNode(region, page, name);
  const { links, disks, pci } = hardwareOf(name);
  const nav = page.getByRole("navigation", { name: `About ${name}` });
  await expect(nav.getByRole("link")).toHaveText(Object.values(NODE_TABS).map((label) => new RegExp(`^${label}`)));
  const counts = { links: links.filter(({ type }) => type !== "loopback").length, disks: disks.length, pci: pci.length } as const;
  for (const [tab, count] of Object.entries(counts))
    await expect(nav.getByRole("link", { name: `${NODE_TABS[tab as keyof typeof counts]} ${count}`, exact: true })).toHaveCount(1); // a key of counts
  for (const [tab, label] of Object.entries(NODE_TABS)) {
    await nav.getByRole("link", { name: new RegExp(`^${label}`) }).click();
    await expect(page).toHaveURL(new RegExp(`/nodes/${id}/${tab}$`));
    await expect(nav.getByRole("link", { name: new RegExp(`^${label}`) })).toHaveAttribute("aria-current", "page");
  }
});

test("the Overview says what the node is, how full it is, and what its status means", async ({ region, viewer: page }) => {
  await openNode(region, page, "compute-west-09");
  const { label, description, nextSteps } = NODE_STATUSES.Failed;
  const main = page.getByRole("main");
  for (const step of nextSteps) await expect(main).toContainText(step);
  await expect(main).toContainText("Disk nvme1n1 reports failing health and /mnt/data went read-only.");
  const facts = page.getByRole("region", { name: "Node", exact: true });
  await expect(facts.getByRole("term")).toContainText([
    "Name",
    "Description",
    "Status",
    "IP address",
    "Node Type",
    COLUMNS.uptime.header,
    COLUMNS.memory.header,
    COLUMNS.vmMemoryTotal.header,
    COLUMNS.vmMemoryAvailable.header,
    "Disk capacity",
    HEARTBEAT.label,
  ]);
  await expect(facts).toContainText(`${label}. ${description}`);
  const partitions = page.getByRole("region", { name: "Partitions" }).getByRole("listitem");
  for (const [index, mount] of ["/", "/var/log", "/mnt/data", "/mnt/containers"].entries())
    await expect(partitions.nth(index)).toContainText(new RegExp(`^${mount}\\d+ % used, .* free of `));
  await expect(page.getByRole("region", { name: "Machine" })).toContainText(hardwareOf("compute-west-09").cpu.model ?? "");
});

test("a node says when it answered last, as samples come, and from a minute on that this is stale", async ({ region, viewer: page }) => {
  const heartbeat = () => page.getByRole("term").filter({ hasText: HEARTBEAT.label }).locator("xpath=following-sibling::dd[1]");
  await openNode(region, page, "compute-west-11");
  const [before] = await region.sql<{ at: string }>("SELECT max(sampled_at)::text AS at FROM metrics.node_now");
  await expect(heartbeat()).toHaveText(/^(just now|\d+ s ago)$/);
  // Two more samples have come: without them it would be 20 s old.
  await expect
    .poll(
      () =>
        region
          .sql<{ later: boolean }>("SELECT max(sampled_at) > $1::timestamptz + interval '20 s' AS later FROM metrics.node_now", [
            before?.at,
          ])
          .then(([row]) => row?.later),
      { timeout: 40_000 },
    )
    .toBe(true);
  await expect(heartbeat()).toHaveText(/^(just now|1?\d s ago)$/);
  await openNode(region, page, "compute-west-14");
  await expect(heartbeat()).toHaveText(new RegExp(`^${HEARTBEAT.stale}.* ago$`));
});

test("the neighbours are those of the list that was left, then those by name; the way back is the list as it was", async ({
  region,
  viewer: page,
}) => {
  const ids = await Promise.all(
    ["control-west-02", "compute-west-12", "gpu-west-01"].map(async (name) => (await nodeNamed(region, name)).id),
  );
  const [, here = ""] = ids;
  await openNode(region, page, "compute-west-12", "disks");
  const between = page.getByRole("navigation", { name: "Between nodes" });
  await expect(between.getByRole("link")).toHaveText([/Nodes$/, "", ""]);
  await expect(between.getByRole("link", { name: "Previous node: compute-west-11" })).toBeVisible();
  await expect(between.getByRole("link", { name: "Next node: compute-west-13" })).toBeVisible();
  await expect(between.getByRole("link", { name: "Back to Nodes" })).toHaveAttribute("href", "/nodes");

  await page.evaluate((stored) => sessionStorage.setItem("regent:list", stored), JSON.stringify({ search: "?filter=active", ids }));
  await page.reload();
  await expect(between.getByRole("link", { name: "Previous node: control-west-02" })).toBeVisible();
  const shortcut = (detail: string) =>
    page.evaluate((which) => dispatchEvent(new CustomEvent("regent:shortcut", { detail: which })), detail);
  await shortcut("next");
  await expect(page).toHaveURL(new RegExp(`/nodes/${ids[2]}/disks$`));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("gpu-west-01");
  await expect(between.getByRole("link", { name: /^Next node/ })).toHaveCount(0);
  await expect(between.getByRole("link", { name: "Previous node: compute-west-12" })).toBeVisible();
  await shortcut("previous");
  await expect(page).toHaveURL(new RegExp(`/nodes/${here}/disks$`));
  await between.getByRole("link", { name: "Back to Nodes" }).click();
  await expect(page).toHaveURL(/\/nodes\?filter=active$/);
});
