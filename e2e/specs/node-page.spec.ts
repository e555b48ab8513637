import type { Locator, Page } from "@playwright/test";
import { FLEET } from "@/lib/demo/fleet";
import { SOURCES } from "@/lib/domain/events";
import { NODE_STATUSES } from "@/lib/domain/status";
import { formatDisk } from "@/lib/domain/units";
import { TAGS } from "@/lib/messages/bulk";
import { COLUMNS } from "@/lib/messages/list";
import { NODE_PAGE, NODE_TABS } from "@/lib/messages/node";
import { dialog, openNode, toast } from "../console";
import { expect, test } from "../fixtures";
import { nodeNamed } from "../records";

const hardware = (name: string) => {
  const server = FLEET.find((one) => one.name === name);
  if (!server) throw new Error(`There is no server ${name}.`);
  return server.hardware;
};
const combobox = (page: Page): Locator => page.getByRole("combobox", { name: TAGS.add });
const headers = (page: Page, table: string): Locator => page.getByRole("region", { name: table, exact: true }).getByRole("columnheader");

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
  const { links, disks, pci } = hardware(name);
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
  ]);
  await expect(facts).toContainText(`${label}. ${description}`);
  const partitions = page.getByRole("region", { name: "Partitions" }).getByRole("listitem");
  for (const [index, mount] of ["/", "/var/log", "/mnt/data", "/mnt/containers"].entries())
    await expect(partitions.nth(index)).toContainText(new RegExp(`^${mount}\\d+ % used, .* free of `));
  await expect(page.getByRole("region", { name: "Machine" })).toContainText(hardware("compute-west-09").cpu.model ?? "");
});

test("Node Links stand where they belong and open to the cluster's interfaces", async ({ region, viewer: page }) => {
  await openNode(region, page, "compute-west-11", "links");
  const { links } = hardware("compute-west-11");
  const named = ["MAC address", "Admin state", "Operational state", "MTU", "Vendor", "Model", "Bond type"];
  await expect(headers(page, "Node Links")).toContainText(["", "Name", ...named, "Speed", "Carrier"]);
  const table = page.getByRole("region", { name: "Node Links", exact: true });
  await expect(table.getByRole("row")).toHaveCount(links.length);
  const member = table.getByRole("row").filter({ hasText: "ens1f0" });
  await expect(member).toContainText("member of the link above");
  const bond = table.getByRole("row").filter({ hasText: "802.3ad" });
  await expect(bond).toContainText(links.find(({ name }) => name === "bond0")?.address ?? "");
  await page.getByRole("button", { name: "Cluster network interfaces of bond0", exact: true }).click();
  const inside = page.getByRole("table", { name: "Cluster network interfaces of bond0", exact: true });
  await expect(inside.getByRole("columnheader")).toHaveText(["Interface", "IP address", "VLAN ID", "State"]);
  const vlan = links.find(({ vlanId }) => vlanId === 110)?.addresses[0];
  await expect(inside.getByRole("row").nth(1)).toHaveText(new RegExp(`bond0\\.110${vlan?.address}/24110up`));
  await page.getByRole("button", { name: "Expand all" }).click();
  await expect(page.getByRole("table", { name: "Cluster network interfaces of eno1" })).toContainText("/24");
});

test("Disks, VMs, Services and PCI Devices carry their fields, sort, and say how old they are", async ({ region, operator: page }) => {
  await openNode(region, page, "storage-west-02", "disks");
  await expect(headers(page, "Disks")).toHaveText(["Device", "Model", "Serial", "Size", "Type", "Health"]);
  const failing = hardware("storage-west-02").disks.find(({ health }) => health === "failing");
  await page.getByRole("columnheader", { name: "Health" }).getByRole("button").click();
  const first = page.getByRole("row").nth(1);
  await expect(first).toContainText("Failing");
  await expect(first).toContainText(failing?.serial ?? "");
  await expect(first).toContainText(formatDisk(failing?.sizeBytes ?? 0));
  await expect(page.getByRole("main")).toContainText(/Inspected .*·Re-inspect/);

  await openNode(region, page, "gpu-west-02", "vms");
  await expect(headers(page, "VMs")).toHaveText(["Name", "State", "vCPUs", "Memory", "Migration"]);
  const held = page.getByRole("row").filter({ hasText: NODE_PAGE.vms.passthrough });
  await expect(held).toHaveCount(3);
  await expect(held.first()).toContainText(/AD102GL \[L40S\] \(0000:/);
  await expect(page.getByRole("row").filter({ hasText: "Can migrate" }).first()).toBeVisible();

  await openNode(region, page, "gpu-west-02", "pci");
  await expect(headers(page, "PCI Devices")).toHaveText([
    "Device name",
    "PCI slot",
    "Vendor",
    "Device ID",
    "Status",
    "Kernel driver",
    "Associated VM",
  ]);
  const gpus = page.getByRole("row").filter({ hasText: "AD102GL [L40S]" });
  await expect(gpus).toHaveCount(4);
  await expect(gpus.filter({ hasText: /train-/ })).toHaveCount(3);
  await expect(gpus.first()).toContainText("Enabled");
  await expect(gpus.first()).toContainText("vfio-pci");
  await expect(page.getByRole("row").filter({ hasText: "Host bridge" })).toContainText("Blocked");

  await openNode(region, page, "compute-west-23", "services");
  await expect(headers(page, "Services")).toHaveText(["Service", "State", "CPU time", "CPU (average since boot)", "Memory", "Restarts"]);
  const libvirt = page.getByRole("row").filter({ hasText: "libvirtd.service" });
  await expect(libvirt).toContainText("failed");
  await expect(libvirt.getByRole("cell").last()).toHaveText("3");
  await expect(page.getByRole("row").filter({ hasText: "ssh.service" })).toContainText(/\d %.*MiB/);

  await openNode(region, page, "compute-west-32", "vms");
  await expect(page.getByRole("main")).toContainText(NODE_PAGE.vms.noHypervisor);
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

test("a re-inspection shows on the Overview what changed since the last one", async ({ region, operator: page }) => {
  const name = "compute-west-13";
  await openNode(region, page, name);
  const { ip } = await nodeNamed(region, name);
  const changes = page.getByRole("region", { name: NODE_PAGE.changes.title });
  await expect(changes).toContainText(NODE_PAGE.changes.never);
  const reinspect = async () => {
    await page.getByRole("link", { name: /^Disks/ }).click();
    await page.getByRole("button", { name: "Re-inspect" }).click();
    await dialog(page, `Re-inspect ${name}`).getByRole("button", { name: "Re-inspect" }).click();
    await expect(toast(page, `${name} inspected.`).first()).toBeVisible();
    await page.getByRole("link", { name: NODE_TABS.overview }).click();
  };
  region.servers.faults({ ip }, { linkDown: ["ens1f1"] });
  await reinspect();
  await expect(changes).toContainText("Network link ens1f1 is down now");
  region.servers.heal({ ip });
  await page.getByRole("button", { name: "Dismiss notification" }).first().click();
  await reinspect();
  await expect(changes).toContainText("Network link ens1f1 is up now");
});

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
  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page.getByRole("status").filter({ hasText: "each as it was written" })).toBeVisible();
});
