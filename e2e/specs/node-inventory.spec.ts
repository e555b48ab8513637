import type { Locator, Page } from "@playwright/test";
import { formatDisk } from "@/lib/domain/units";
import { NODE_PAGE, NODE_TABS } from "@/lib/messages/node";
import { dialog, openNode, toast } from "../console";
import { expect, test } from "../fixtures";
import { nodeNamed } from "../records";
import { hardwareOf } from "../servers";

const headers = (page: Page, table: string): Locator => page.getByRole("region", { name: table, exact: true }).getByRole("columnheader");

test("a service says what it uses of a core now, from two surveys", async ({ region, viewer: page }) => {
  test.slow();
  const id = await openNode(region, page, "compute-west-12", "services");
  const survey = async () => {
    const at = () =>
      region
        .sql<{ at: string }>("SELECT surveyed_at::text AS at FROM metrics.node_survey WHERE node_id = $1", [id])
        .then(([row]) => row?.at);
    const before = await at();
    await expect
      .poll(
        async () => {
          await region.sql("SELECT pg_notify('regent_survey', $1)", [id]);
          return at();
        },
        { timeout: 30_000, intervals: [2000] },
      )
      .not.toBe(before);
  };
  await survey();
  await survey();
  // Within a minute the page has it by itself.
  const line = page.getByRole("row").filter({ hasText: "libvirtd.service" });
  await expect(line.getByRole("cell").nth(2)).toHaveText(/^(< 0\.01|[\d.]+) %$/, { timeout: 80_000 });
});

test("Node Links stand where they belong and open to the cluster's interfaces", async ({ region, viewer: page }) => {
  await openNode(region, page, "compute-west-11", "links");
  const { links } = hardwareOf("compute-west-11");
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
  const failing = hardwareOf("storage-west-02").disks.find(({ health }) => health === "failing");
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
  await expect(headers(page, "Services")).toHaveText([
    "Service",
    "State",
    "CPU",
    "Memory",
    "CPU time",
    "CPU (average since boot)",
    "Restarts",
  ]);
  const libvirt = page.getByRole("row").filter({ hasText: "libvirtd.service" });
  await expect(libvirt).toContainText("failed");
  await expect(libvirt.getByRole("cell").last()).toHaveText("3");
  await expect(page.getByRole("row").filter({ hasText: "ssh.service" })).toContainText(/MiB.*\d %/);

  await openNode(region, page, "compute-west-32", "vms");
  await expect(page.getByRole("main")).toContainText(NODE_PAGE.vms.noHypervisor);
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
