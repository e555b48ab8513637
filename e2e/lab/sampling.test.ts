/** Sampling of real hosts, beside an exporter that is not ours on the same hosts. */
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "../../lib/db";
import { decodeValue, GAP, METRIC_COUNT, METRIC_IDS, type MetricId } from "../../lib/domain/metrics";
import { STALE_SECONDS } from "../../lib/domain/sample-times";
import { Kept } from "../../lib/domain/kept";
import { FINEST, pointsOf } from "../../lib/domain/levels";
import { unpack } from "../../lib/domain/pack";
import { readKept, readNewest, readSilences } from "../../lib/services/metrics/read";
import { wishSurvey } from "../../lib/services/metrics/survey";
import { rowOf } from "./browser";
import { at, fault, guest } from "./lab";
import { onRealHosts, seconds, until, usePage, useHosts, useRegion } from "./set-up";

const [BUSY, QUIET, CUT] = [31, 32, 33] as const;
const MINUTE_MS = 60_000;
/** What two ways of measuring the same minute may differ by, in points of a hundred. */
const POINTS = 3;

onRealHosts("sampling of real hosts", { file: "sampling", timeout: 300_000 }, () => {
  const hosts = useHosts([BUSY, QUIET, CUT].map((number) => ({ number, kind: "hv" })));
  const joined = useRegion(hosts, { administrator: false });
  const page = usePage(joined);
  const { ip } = hosts;
  const { region, join, idOf } = joined;
  beforeAll(async () => {
    for (const number of [BUSY, QUIET, CUT]) {
      await join(number);
      await at(number, "systemctl start prometheus-node-exporter");
    }
    await until(
      "both hosts are sampled twice",
      async () => (await newest(BUSY, "cpu")) !== null && (await newest(QUIET, "cpu")) !== null,
      45_000,
    );
  }, 500_000);

  async function newest(number: number, metric: MetricId): Promise<number | null> {
    const found = (await readNewest([idOf(number)])).get(idOf(number));
    return found ? decodeValue(metric, found.codes[METRIC_IDS.indexOf(metric)] ?? GAP) : null;
  }
  /** What Regent kept of a host from one moment to another, ms since 1970; both within the ten minutes that are under way. A sample stands where its ten seconds begin. */
  async function kept(number: number, metric: MetricId, from: number, to: number): Promise<number[]> {
    const { nows, hours } = await readKept([idOf(number)]);
    if (!nows[0]) return [];
    const open = Kept.from(nows[0], hours[0]).open();
    const codes = unpack(open.data, METRIC_COUNT, pointsOf(FINEST))[METRIC_IDS.indexOf(metric)];
    return [...(codes ?? [])].flatMap((code, point) => {
      const moment = (open.start + point * FINEST.step) * 1000;
      return moment > from - FINEST.step * 1000 && moment < to ? (decodeValue(metric, code) ?? []) : [];
    });
  }
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

  /** The other's numbers, by name with labels. */
  async function exporter(number: number): Promise<(pattern: RegExp) => number> {
    const text = await (await fetch(`http://${ip(number)}:9100/metrics`)).text();
    const lines = text.split("\n").filter((line) => !line.startsWith("#"));
    return (pattern) => lines.filter((line) => pattern.test(line)).reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
  }
  /** A chunk of ten minutes must not end while a test compares: it would look half of its samples up in the next. */
  const withinChunk = async (ms: number): Promise<void> => {
    const left = FINEST.chunk * 1000 - (Date.now() % (FINEST.chunk * 1000));
    if (left < ms) await sleep(left + 11_000);
  };

  describe.concurrent("at the same time", () => {
    it("shows a busy loop on its host alone within 15 s, and agrees with the exporter over a minute", async ({ expect }) => {
      await withinChunk(2 * MINUTE_MS);
      const loop = "while :; do :; done";
      await at(BUSY, `systemd-run --quiet --unit=loop --property=RuntimeMaxSec=100 sh -c '(${loop}) & ${loop}'`);
      const took = await until("the loop is seen", async () => ((await newest(BUSY, "cpu")) ?? 0) > 0.3, 15_000);
      expect(await newest(QUIET, "cpu")).toBeLessThan(0.2);
      const [before, begun] = [await exporter(BUSY), Date.now()];
      await sleep(MINUTE_MS);
      const [after, ended] = [await exporter(BUSY), Date.now()];
      const grown = (pattern: RegExp) => after(pattern) - before(pattern);
      const theirs = 1 - grown(/^node_cpu_seconds_total\{.*mode="(idle|iowait)"/) / grown(/^node_cpu_seconds_total\{/);
      // Those that tell of nothing before.
      const ours = mean(await kept(BUSY, "cpu", begun + 2 * FINEST.step * 1000, ended));
      console.log(`seen after ${took} ms; over a minute Regent ${(ours * 100).toFixed(1)} %, exporter ${(theirs * 100).toFixed(1)} %`);
      expect(Math.abs(ours - theirs) * 100).toBeLessThan(POINTS);
      await at(BUSY, "systemctl stop loop");
    });

    it("marks a host as stale a minute after its cable was pulled, says why, and finds it again by itself", async ({ expect }) => {
      await page().goto(`${region().url}/nodes`);
      const cpu = rowOf(page(), `node${CUT}`).getByRole("img", { name: /^CPU/ });
      await cpu.waitFor();
      await fault(CUT, "cut");
      const pulled = Date.now();
      await rowOf(page(), `node${CUT}`)
        .getByRole("img", { name: /^CPU .*Stale: last sample/ })
        .waitFor({ timeout: 90_000 });
      const after = (Date.now() - pulled) / 1000;
      console.log(`stale ${after.toFixed(1)} s after the cable was pulled`);
      expect(after).toBeGreaterThan(STALE_SECONDS - 11);
      expect(after).toBeLessThan(STALE_SECONDS + 5);
      expect((await readSilences()).get(idOf(CUT))?.reason).toContain(ip(CUT));
      expect((await readSilences()).has(idOf(QUIET))).toBe(false);
      await fault(CUT, "mend");
      const back = await until("it is sampled again", async () => !(await readSilences()).has(idOf(CUT)), 60_000);
      console.log(`back ${seconds(back)} s after the cable was in again`);
      await rowOf(page(), `node${CUT}`)
        .getByRole("img", { name: /^CPU (?!.*Stale)/ })
        .waitFor({ timeout: 20_000 });
    });
  });

  it("agrees on memory, while it is used and after", async () => {
    const hold = "head -c 500M /dev/zero | tail | sleep 25";
    await at(BUSY, `systemd-run --quiet --unit=hold sh -c '${hold}'`);
    await sleep(15_000);
    const theirs = await exporter(BUSY);
    const share = 1 - theirs(/^node_memory_MemAvailable_bytes /) / theirs(/^node_memory_MemTotal_bytes /);
    await until("the sample agrees", async () => Math.abs(((await newest(BUSY, "memory")) ?? 0) - share) * 100 < POINTS, 12_000);
    expect(share).toBeGreaterThan(0.2);
  });

  it("agrees on the network, in both directions", async () => {
    await withinChunk(MINUTE_MS);
    const [before, begun] = [await exporter(QUIET), Date.now()];
    await at(QUIET, "systemd-run --quiet --unit=sink sh -c 'nc -l -p 5001 >/dev/null'");
    await at(BUSY, `sleep 1; head -c 300M /dev/zero | nc -q 1 ${ip(QUIET)} 5001`);
    await sleep(22_000);
    const [after, ended] = [await exporter(QUIET), Date.now()];
    const bytes = (pattern: RegExp) => after(pattern) - before(pattern);
    const received = bytes(/^node_network_receive_bytes_total\{device="(eno1|eno2)"/);
    const ours = (await kept(QUIET, "networkRx", begun, ended + 10_000)).reduce((sum, rate) => sum + (rate / 8) * FINEST.step, 0);
    console.log(`received ${(received / 2 ** 20).toFixed(0)} MiB says the exporter, ${(ours / 2 ** 20).toFixed(0)} MiB say our samples`);
    expect(received).toBeGreaterThan(300 * 2 ** 20);
    expect(ours / received).toBeGreaterThan(0.95);
    expect(ours / received).toBeLessThan(1.05);
  });

  it("counts what is broken on a host and what memory is left there, and what is mended no longer", async () => {
    const counted = ["linksDown", "poolsDegraded", "servicesDown"] as const;
    const counts = () => Promise.all(counted.map((metric) => newest(QUIET, metric)));
    const become = (what: string, expected: (number | null)[]) =>
      until(
        what,
        async () => {
          await wishSurvey([idOf(QUIET)]);
          return JSON.stringify(await counts()) === JSON.stringify(expected);
        },
        45_000,
      );
    await become("nothing is broken, and no pool is known", [0, null, 0]);
    await at(QUIET, "ip link add card type veth peer name cable; ip addr add 198.51.100.1/30 dev card; ip link set card up");
    await at(QUIET, "virsh -q 'pool-define-as spare dir --target /srv/spare; pool-build spare; pool-autostart spare'");
    await at(QUIET, "systemd-run --quiet --unit=broken false");
    await guest(QUIET, "bios1", 256, "bios");
    const took = await become("a card without its cable, a pool that does not run, a service that failed", [1, 1, 1]);
    expect(await at(QUIET, "cat /sys/class/net/card/carrier; virsh -q pool-list --inactive --autostart --name | wc -w")).toBe("0\n1\n");
    const total = Number(await at(QUIET, "free -b | awk '/^Mem:/ { print $2 }'"));
    const left = (await newest(QUIET, "vmMemoryAvailable")) ?? Number.NaN;
    console.log(`broken seen after ${took} ms; ${(left / 2 ** 20).toFixed(0)} of ${(total / 2 ** 20).toFixed(0)} MiB are left for VMs`);
    expect(Math.abs(left / (total - 256 * 2 ** 20) - 1)).toBeLessThan(0.0015);
    const { vmMemoryAvailableBytes } = await db.node.findUniqueOrThrow({ where: { id: idOf(QUIET) } });
    expect(Math.abs(left / Number(vmMemoryAvailableBytes) - 1)).toBeLessThan(0.0015);
    await at(QUIET, "ip link set cable up; virsh -q pool-start spare; systemctl reset-failed broken");
    await become("all of it is mended", [0, 0, 0]);
    await at(QUIET, "ip link del card; virsh -q 'pool-destroy spare; pool-undefine spare; destroy bios1'");
  });

  it("leaves nothing behind on a host when it lets go", async () => {
    const shells = () => at(QUIET, "pgrep -fc 'while read -r [l]ine' || true").then(Number);
    expect(await shells()).toBeGreaterThan(0);
    await db.$executeRaw`UPDATE node SET host_key_changed = '{"type":"x","sha256":"y","seenAt":"2026-01-01T00:00:00Z"}' WHERE id = ${idOf(QUIET)}::uuid`;
    await until("its shells have ended", async () => (await shells()) === 0, 15_000);
    expect(await at(QUIET, "find / -xdev -newer /proc/1/stat -name '*regent*' -not -path '/proc/*' 2>/dev/null || true")).toBe("");
  });
});
