/** Hosts that are lost, with real BMCs: what is called Failed, what is fenced and on what evidence, and what is never touched. */
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, it } from "vitest";
import { db } from "../../lib/db";
import type { Evidence } from "../../lib/domain/fencing-records";
import type { Fencing } from "../../lib/domain/settings";
import { confirmOff } from "../../lib/services/fencing/confirm-off";
import { fenceNode } from "../../lib/services/fencing/fence-node";
import { powerCycle, powerOn } from "../../lib/services/fencing/power-on";
import { setPower } from "../../lib/services/fencing/power-set";
import { readFencing } from "../../lib/services/fencing/read";
import { activateNode } from "../../lib/services/maintenance/activate";
import { beginMaintenance } from "../../lib/services/maintenance/begin";
import { at, BMC, bmc, fault, guest, hostOf } from "./lab";
import { asAdministrator, ended, node, seen, succeeded, transitions, value } from "./region";
import { onRealHosts, seconds, until, useHosts, useRegion } from "./set-up";

/** Hours of waiting are not what is proved here: the same rules, with shorter times. */
const TIMES = {
  graceSeconds: 28,
  failedRounds: 2,
  quietAfterStartSeconds: 20,
  quietPerNodeSeconds: 20,
  softOffSeconds: 4,
  bmcPatienceSeconds: 8,
  recoveryBeats: 2,
} satisfies Partial<Fencing>;
const NUMBERS = [41, 42, 43, 44] as const;
const [LOST] = NUMBERS;

onRealHosts("fencing of real hosts", { file: "fencing", timeout: 300_000 }, () => {
  const hosts = useHosts(NUMBERS.map((number) => ({ number, kind: "hv", memoryMiB: 1024 })));
  const { join, idOf, statusOf } = useRegion(hosts);
  beforeAll(async () => {
    await set(TIMES);
    await Promise.all(NUMBERS.map(withBmc));
    await until(
      "all are sampled",
      async () => (await db.$queryRaw<unknown[]>`SELECT 1 FROM metrics.node_now`).length === NUMBERS.length,
      45_000,
    );
  }, 500_000);

  const set = (fencing: Partial<Fencing>) =>
    db.$executeRaw`UPDATE region SET settings = jsonb_set(settings, '{fencing}', ${JSON.stringify(fencing)}::jsonb)`;

  async function withBmc(number: number): Promise<void> {
    const id = await join(number);
    const address = await bmc(await hostOf(number));
    await succeeded(await setPower({ ...(await seen(id)), address, port: 623, ...BMC }, await asAdministrator()));
  }
  const becomes = (number: number, wanted: string, withinMs: number) =>
    until(`node${number} is ${wanted}`, async () => (await statusOf(number)) === wanted, withinMs);
  const outcomes = (evidence: readonly Evidence[]) => Object.fromEntries(evidence.map(({ what, outcome }) => [what, outcome]));

  it("refuses a BMC with a wrong password, one that is silent, and one that another node has", async () => {
    const host = await hostOf(42);
    const address = host.ip.replace(/\d+$/, "142");
    const tries = async (input: Partial<Parameters<typeof setPower>[0]>, number = 42) =>
      setPower({ ...(await seen(idOf(number))), address, port: 623, ...BMC, ...input }, await asAdministrator());
    const wrong = await ended(await tries({ password: "not-the-password" }));
    expect(wrong.refusal).toMatchObject({ code: "bmc-login", reason: `The BMC at ${address} rejected the user or password.` });
    expect((await ended(await tries({ login: "nobody" }))).refusal?.code).toBe("bmc-login");
    expect((await ended(await tries({ port: 624 }))).refusal?.code).toBe("bmc-silent");
    expect(await tries({}, 43)).toMatchObject({ code: "duplicate", reason: `The BMC at ${address} already belongs to node42.` });
    expect(await tries({ address: "192.0.2.7" })).toMatchObject({ code: "address-not-allowed", field: "address" });
    // What is known of it is still the right one: an empty password is the known one.
    await succeeded(await tries({ password: "" }));
  });

  it("takes a host that crashed from Failed to Fenced by its BMC, with evidence, and back to Active", async () => {
    await guest(LOST, "web1", 64, "bios");
    await until("its guest is seen", async () => (await readFencing(idOf(LOST)))?.vms.some(({ name }) => name === "web1"), 75_000);
    await fault(LOST, "crash");
    const failed = await becomes(LOST, "Failed", 90_000);
    const { statusReason } = await node(idOf(LOST));
    expect(statusReason).toMatch(/^No heartbeat for \d+ s\. /);
    expect(statusReason).toContain("Its BMC says that it is off.");
    const fenced = await becomes(LOST, "Fenced", 60_000);
    const fencing = await readFencing(idOf(LOST));
    expect(fencing?.fence).toMatchObject({ state: "confirmed", actorName: "Regent" });
    expect(outcomes(fencing?.fence?.evidence ?? [])).toEqual({
      heartbeat: "yes",
      fresh: "yes",
      neighbour: "yes",
      power: "yes",
      soft: "unknown",
      cut: "yes",
      off: "yes",
      silent: "yes",
    });
    expect(fencing?.fence?.vms).toEqual([{ name: "web1", wasRunning: true, fate: "Stopped: its host is off." }]);
    for (const number of NUMBERS.slice(1)) expect(await statusOf(number)).toBe("Active");

    const begun = Date.now();
    await succeeded(await powerOn(await seen(idOf(LOST)), await asAdministrator()), 60_000);
    const on = Date.now() - begun;
    const unfencing = await becomes(LOST, "Unfencing", 90_000);
    const active = await becomes(LOST, "Active", 60_000);
    console.log(
      `crash to Failed ${seconds(failed)} s, to Fenced ${seconds(fenced)} s more; power on ${seconds(on)} s, to Unfencing ${seconds(unfencing)} s, to Active ${seconds(active)} s`,
    );
    expect((await transitions(idOf(LOST))).slice(-4)).toEqual([
      "Active to Failed",
      "Failed to Fenced",
      "Fenced to Unfencing",
      "Unfencing to Active",
    ]);
  });

  it("lets an Admin fence a host that answers: it is asked to shut down first", async () => {
    const { id } = await node(idOf(42));
    const operation = await succeeded(
      await fenceNode({ ...(await seen(id)), reason: "Its disks write nonsense" }, await asAdministrator()),
      60_000,
    );
    expect(operation.steps.map(({ state }) => state)).not.toContain("failed");
    expect(await statusOf(42)).toBe("Fenced");
    const evidence = outcomes((await readFencing(id))?.fence?.evidence ?? []);
    expect(evidence).toMatchObject({ heartbeat: "no", fresh: "no", power: "no", cut: "yes", off: "yes", silent: "yes" });
    expect((await hostOf(42)).power).toBe("off");
    await succeeded(await powerOn(await seen(id), await asAdministrator()), 60_000);
    await becomes(42, "Active", 120_000);
  });

  it("cycles the power of a host in maintenance, and of none that is in service; one that is off is switched on", async () => {
    const cycle = async () => powerCycle(await seen(idOf(42)), await asAdministrator());
    const boot = () => at(42, "cat /proc/sys/kernel/random/boot_id");
    const host = await hostOf(42);
    expect(await cycle()).toMatchObject({ ok: false, code: "status", reason: "Power cycle needs status In maintenance." });
    await succeeded(await beginMaintenance({ ...(await seen(idOf(42))), reason: "It hangs" }, await asAdministrator()), 60_000);
    const before = await boot();
    await bmc(host, "changed-meanwhile");
    expect((await ended(await cycle(), 90_000)).refusal).toMatchObject({ code: "bmc-login" });
    expect(await boot()).toBe(before);

    await bmc(host);
    const begun = Date.now();
    const cycled = await succeeded(await cycle(), 90_000);
    const took = Date.now() - begun;
    expect(cycled.steps.map(({ name, state, detail }) => [name, state, detail])).toEqual([
      ["cycle", "ok", "Its BMC says that the power is on"],
      ["answer", "ok", "Its SSH service answers"],
    ]);
    const second = await boot();
    expect(second).not.toBe(before);

    await fault(42, "crash");
    expect((await hostOf(42)).power).toBe("off");
    const again = Date.now();
    await succeeded(await cycle(), 90_000);
    console.log(`cycled in ${seconds(took)} s, switched on in ${seconds(Date.now() - again)} s, until SSH answered`);
    expect([second, before]).not.toContain(await boot());
    expect(await statusOf(42)).toBe("InMaintenance");
    await succeeded(await activateNode({ ...(await seen(idOf(42))), bringBack: false }, await asAdministrator()), 120_000);
    expect(await statusOf(42)).toBe("Active");
  });

  it("waits with the reason while the BMC refuses, and takes an administrator's word", async () => {
    const host = await hostOf(43);
    await bmc(host, "changed-meanwhile");
    await fault(43, "cut");
    await becomes(43, "Failed", 90_000);
    await until("the attempt failed", async () => (await readFencing(idOf(43)))?.fence?.state === "unconfirmed", 60_000);
    const fencing = await readFencing(idOf(43));
    expect(fencing?.fence?.problem).toContain("rejected the user or password");
    expect(await statusOf(43)).toBe("Failed");
    await until("it says what it waits for", async () => (await readFencing(idOf(43)))?.pending, 10_000);
    const call = await asAdministrator();
    const word = { reason: "The rack has no power, I stand before it", name: "node43" };
    const wrongName = async () => confirmOff({ ...(await seen(idOf(43))), ...word, name: "node44" }, call);
    // Nobody's word is taken within a minute of its last sample.
    await until(
      "a word is taken",
      async () => (await wrongName()).ok || ((await wrongName()) as { code: string }).code !== "answers",
      60_000,
    );
    expect(await wrongName()).toMatchObject({ code: "other-name" });
    expect(await confirmOff({ ...(await seen(idOf(44))), ...word, name: "node44" }, call)).toMatchObject({ code: "answers" });
    value(await confirmOff({ ...(await seen(idOf(43))), ...word }, call));
    expect(await statusOf(43)).toBe("Fenced");
    expect((await readFencing(idOf(43)))?.fence?.evidence).toContainEqual(
      expect.objectContaining({ what: "word", outcome: "yes", by: "Ada", detail: word.reason }),
    );
    // The host was never off: it answers with the same boot, and comes back because nothing runs on it.
    await fault(43, "mend");
    await bmc(host);
    await becomes(43, "Active", 150_000);
  });

  it("retries a BMC that is silent for a moment", async () => {
    await fault(44, "bmc-silent");
    const fencing = fenceNode({ ...(await seen(idOf(44))), reason: "To see what a silent BMC does" }, await asAdministrator());
    await sleep(4000);
    await fault(44, "bmc-speak");
    await succeeded(await fencing, 90_000);
    expect(await statusOf(44)).toBe("Fenced");
    await succeeded(await powerOn(await seen(idOf(44)), await asAdministrator()), 60_000);
    await becomes(44, "Active", 120_000);
  });

  it("does nothing at all when half of the region is cut off", async () => {
    const fences = await db.fence.count();
    for (const number of [41, 42]) await fault(number, "cut");
    await until("the console says that it is isolated", async () => (await db.regionWatch.findFirst())?.silent === 2, 60_000);
    await sleep((TIMES.graceSeconds + 15) * 1000);
    for (const number of NUMBERS) expect(await statusOf(number)).toBe("Active");
    expect(await db.fence.count()).toBe(fences);
    for (const number of [41, 42]) expect(await at(number, "echo on")).toBe("on\n");
    for (const number of [41, 42]) await fault(number, "mend");
    await until("it is not isolated any more", async () => (await db.regionWatch.findFirst())?.silent === null, 60_000);
    for (const number of NUMBERS) expect(await statusOf(number)).toBe("Active");
    expect(await db.event.count({ where: { kind: { in: ["region.isolated", "region.reached"] } } })).toBe(2);
  });

  it("leaves a host its power whose SSH service alone is down", async () => {
    const fences = await db.fence.count();
    await at(44, "systemctl stop ssh.socket ssh 2>/dev/null; pkill sshd; true");
    await becomes(44, "Failed", 90_000);
    expect((await node(idOf(44))).statusReason).toContain("SSH service is not running");
    await until(
      "it says why it is not fenced",
      async () => (await readFencing(idOf(44)))?.pending?.text.startsWith("Its host is not gone for everybody."),
      20_000,
    );
    expect([await statusOf(44), (await hostOf(44)).power, await db.fence.count()]).toEqual(["Failed", "on", fences]);
    await at(44, "systemctl start ssh");
    await until("it answers again", async () => (await node(idOf(44))).note?.kind === "answers", 60_000);
    expect(await statusOf(44)).toBe("Failed");
  });
});
