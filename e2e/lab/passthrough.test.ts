/** A whole machine with a graphics card that a guest of it has: what Regent knows of the two, and what it does with the node. */
import { beforeAll, expect, it } from "vitest";
import { NODE_PAGE } from "../../lib/messages/node";
import { beginMaintenance } from "../../lib/services/maintenance/begin";
import { readPreflight } from "../../lib/services/maintenance/preflight";
import { lastMaintenance } from "../../lib/services/maintenance/read";
import { wishSurvey } from "../../lib/services/metrics/survey";
import { define } from "./hypervisors";
import { at } from "./lab";
import { asAdministrator, node, seen, succeeded, value } from "./region";
import { onRealHosts, seconds, until, useHosts, usePage, useRegion } from "./set-up";

const [WHOLE, OTHER] = [61, 62] as const;
/** Its processor is translated, so that a login takes two or three seconds and a join twenty of them. */
const SLOW_MS = 180_000;
const CARD = "RV100 [Radeon 7000 / Radeon VE]";
const SLOT = "0000:00:01.0";
const HOSTDEV =
  "<hostdev mode='subsystem' type='pci' managed='yes'><source><address domain='0' bus='0' slot='1' function='0'/></source></hostdev>";

onRealHosts("a graphics card in a guest of a whole machine", { file: "passthrough", timeout: SLOW_MS }, () => {
  const hosts = useHosts([
    { number: WHOLE, kind: "whole", memoryMiB: 1024 },
    { number: OTHER, kind: "hv" },
  ]);
  const joined = useRegion(hosts, { administrator: false });
  const page = usePage(joined);
  const { region, join, idOf, statusOf } = joined;
  beforeAll(async () => {
    const begun = Date.now();
    await Promise.all([join(OTHER), guests()]);
    const defined = Date.now();
    await join(WHOLE, SLOW_MS);
    console.log(`guests run after ${seconds(defined - begun)} s, their host joined ${seconds(Date.now() - defined)} s later`);
  }, 300_000);

  async function guests(): Promise<void> {
    await define(WHOLE, "gpu1", HOSTDEV);
    await define(WHOLE, "plain1", "");
  }
  const driver = async () => (await at(WHOLE, `basename $(readlink /sys/bus/pci/devices/${SLOT}/driver || echo none)`)).trim();
  const begin = async () => beginMaintenance({ ...(await seen(idOf(WHOLE))), reason: "A new card" }, await asAdministrator());
  const failed = async () => {
    const { checks } = value(await readPreflight(idOf(WHOLE), "admin"));
    return checks.filter(({ state }) => state === "fail").map(({ id, detail }) => ({ id, detail }));
  };

  it("shows the card by its name, with the guest that has it", async () => {
    expect(await driver()).toBe("vfio-pci");
    await page().goto(`${region().url}/nodes/${idOf(WHOLE)}/pci`);
    const card = page().getByRole("row").filter({ hasText: CARD });
    for (const text of ["VGA compatible controller", SLOT, "Advanced Micro Devices, Inc. [AMD/ATI]", "5159", "Enabled", "vfio-pci", "gpu1"])
      await card.getByText(text, { exact: true }).waitFor();
    await page().goto(`${region().url}/nodes/${idOf(WHOLE)}/vms`);
    const guest = page().getByRole("row").filter({ hasText: "gpu1" });
    for (const text of [NODE_PAGE.vms.passthrough, `${CARD} (${SLOT})`]) await guest.getByText(text, { exact: true }).waitFor();
    await page().getByRole("row").filter({ hasText: "plain1" }).getByText("Can migrate").waitFor();
  });

  it("does not take the node out while the guest runs, and names it with its card", async () => {
    await until("the node is measured", async () => !(await failed()).some(({ id }) => id === "workload"), 60_000);
    expect(await failed()).toEqual([{ id: "passthrough", detail: `1 VM holds a device of this node. gpu1: ${CARD} (${SLOT}).` }]);
    expect(await begin()).toMatchObject({
      ok: false,
      code: "preflight-passthrough",
      reason: "1 VM with GPU passthrough is running: gpu1. Shut it down first.",
    });
    expect(await statusOf(WHOLE)).toBe("Active");
  });

  it("takes the node out once that guest is off: the other one goes live to another machine", async () => {
    await at(WHOLE, "virsh -q destroy gpu1");
    const known = await until(
      "gpu1 is known to be off",
      async () => {
        await wishSurvey([idOf(WHOLE)]);
        return (await node(idOf(WHOLE))).inventory?.vms.some(({ name, state }) => name === "gpu1" && state === "shut off");
      },
      60_000,
    );
    expect(await failed()).toEqual([]);
    const begun = Date.now();
    await succeeded(await begin(), SLOW_MS);
    console.log(`off is known after ${seconds(known)} s, drained in ${seconds(Date.now() - begun)} s`);
    expect(await statusOf(WHOLE)).toBe("InMaintenance");
    expect((await lastMaintenance(idOf(WHOLE)))?.lines).toMatchObject([{ name: "plain1", state: "moved", targetId: idOf(OTHER) }]);
    expect(await at(OTHER, "virsh -q list --name --state-running")).toMatch(/^plain1\n+$/);
    expect(await at(WHOLE, "virsh -q list --all --name")).toMatch(/^gpu1\n+$/);
    expect(await driver()).toBe("none");
  });
});
