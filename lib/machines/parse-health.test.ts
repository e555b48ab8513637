import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Survey } from "@/lib/domain/survey";
import { parseHealth } from "@/lib/machines/parse-health";
import { parseSurvey } from "@/lib/machines/parse-sample";
import { SURVEY_SCRIPT } from "@/lib/machines/scripts/sample";

const health = (parts: Record<string, string[]>) => parseHealth(new Map(Object.entries(parts)));

function read(text: string): Survey {
  const parsed = parseSurvey(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
}

describe("what is broken", () => {
  it("is a link that should be up and has no carrier", () => {
    const links = ["link eno1 1", "link ens1f0 0", "link ens1f1 0"];
    expect(health({ links }).linksDown).toEqual(["ens1f0", "ens1f1"]);
    expect(health({ links: ["link eno1 1"] }).linksDown).toEqual([]);
    expect(health({ links: ["link eno1", "link eno2 2", "link a b 0", "eno3 0"] }).linksDown).toBeNull();
  });

  it("is a disk whose SMART status says so, and no disk that could not be asked", () => {
    const told = (...codes: number[]) =>
      health({ disks: codes.map((code, index) => `smart sd${"abcdefghi"[index]} ${code}`) }).disksFailing;
    expect(told(0, 8, 24, 16)).toEqual(["sdb", "sdc"]);
    // Not root, asleep, no SMART, then ended by the deadline and its kill, no such program.
    expect(told(1, 2, 4, 124, 137, 127)).toBeNull();
    expect(told(4, 12)).toEqual(["sdb"]);
  });

  it("is a disk that the kernel gave up, threw out of a mirror, or may not be written any more; each counts once", () => {
    const disks = [
      "state sda offline",
      "state sdb running",
      "state nvme0n1 dead",
      "state nvme1n1 live",
      "readonly sda2",
      "readonly dm-0",
      "smart sda 8",
    ];
    const pools = ["md md1 : active raid1 nvme1n1p1[1](F) sdb1[0]", "md       3586129920 blocks super 1.2 [2/1] [U_]"];
    expect(health({ disks, pools })).toMatchObject({ disksFailing: ["sda", "nvme0n1", "nvme1n1", "dm-0"], poolsDegraded: ["md md1"] });
    expect(health({ disks: ["state sdb running"] }).disksFailing).toEqual([]);
  });

  it("is a pool that lacks a member, counts errors or should run and does not", () => {
    const pools = [
      "md Personalities : [raid1]",
      "md md0 : active raid1 sdb2[1] sda2[0]",
      "md       60817408 blocks super 1.2 [2/2] [UU]",
      "md unused devices: <none>",
      "btrfs ok 0e4b7f0e-5d5d-4f43-9a1c-6f1d6b7c8d9e",
      "btrfs degraded 1e4b7f0e-5d5d-4f43-9a1c-6f1d6b7c8d9e",
      "zfs ONLINE tank",
      "zfs SUSPENDED old pool",
      "libvirt  images        active     yes",
      "libvirt  some images   inactive   yes",
      "libvirt  by hand       inactive   no",
    ];
    expect(health({ pools }).poolsDegraded).toEqual(["btrfs 1e4b7f0e-5d5d-4f43-9a1c-6f1d6b7c8d9e", "zfs old pool", "libvirt some images"]);
    expect(health({ pools: ["libvirt  by hand  inactive  no", "md Personalities :"] }).poolsDegraded).toBeNull();
  });

  it("is null where nothing tells", () => expect(health({})).toEqual({ linksDown: null, disksFailing: null, poolsDegraded: null }));

  it("never harms, whatever a host says", () => {
    const word = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "link",
        "smart",
        "state",
        "readonly",
        "md",
        "libvirt",
        "zfs",
        "0",
        "8",
        "sda",
        "md0 : active",
        "\u001b[31m",
        "\u202e",
        "__proto__",
      ),
    );
    const lines = fc.array(
      fc.array(word, { maxLength: 6 }).map((words) => words.join(" ")),
      { maxLength: 700 },
    );
    fc.assert(
      fc.property(lines, lines, lines, (links, disks, pools) => {
        for (const names of Object.values(health({ links, disks, pools }))) {
          expect(names?.length ?? 0).toBeLessThanOrEqual(512);
          for (const name of names ?? []) expect(name).toMatch(/^[^\p{Cc}\p{Cf}]{1,128}$/u);
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** Debian 13 with a hypervisor: a card without its cable, a pool that should run and does not, a service that failed. */
const CAPTURE = readFileSync(new URL("captures/survey-debian13-broken.txt", import.meta.url), "utf8");

describe("a survey of a real host with broken parts", () => {
  it("names them, and knows nothing of disks that do not tell", () =>
    expect(read(CAPTURE)).toMatchObject({
      linksDown: ["lab1"],
      disksFailing: null,
      poolsDegraded: ["libvirt spare"],
      failedServices: ["broken.service"],
      vms: [],
      partitions: [{ mount: "/" }],
    }));
  it("that is cut, doubled or mixed up is refused, or harmless", () => {
    const edit = fc.record({ at: fc.nat(), cut: fc.nat({ max: 60 }), put: fc.string({ maxLength: 30, unit: "binary" }) });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 5 }), (edits) => {
        const text = edits.reduce(
          (now, { at, cut, put }) => now.slice(0, at % now.length) + put + now.slice((at % now.length) + cut),
          CAPTURE,
        );
        const parsed = parseSurvey(text);
        if (parsed.ok) expect(Survey.safeParse(JSON.parse(JSON.stringify(parsed.value))).success).toBe(true);
        else expect(parsed.code).toBe("bad-answer");
      }),
      { numRuns: 300 },
    );
  });
});

const shells = ["sh", "bash", "busybox"].filter((shell) => spawnSync("sh", ["-c", `command -v ${shell}`]).status === 0);
const argvOf = (shell: string, script: string): [string, ...string[]] =>
  shell === "busybox" ? ["busybox", "sh", "-c", script] : [shell, "-c", script];

/** The script as it is, but the kernel's files and the tools are those of a folder. */
describe.runIf(process.platform === "linux").each(shells)("the survey's script by %s", (shell) => {
  // Its own ip and id go before those of any folder.
  const faked = it.skipIf(shell === "busybox");
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "regent-health-"));
    for (const tool of ["sudo", "ip"]) put(`bin/${tool}`, "#!/bin/sh\nexit 1\n");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function put(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    if (path.startsWith("bin/")) chmodSync(join(folder, path), 0o755);
  }
  const script = () =>
    SURVEY_SCRIPT.replace(/PATH=\S+;/, `PATH=${folder}/bin:/usr/bin:/bin;`).replaceAll(
      /\/(sys|proc)\/(class\/net|class\/block|block|fs\/ext4|fs\/btrfs|mdstat|self\/mountinfo|spl)/g,
      `${folder}/$1/$2`,
    );
  const survey = () => {
    const [command, ...rest] = argvOf(shell, script());
    const { stdout, status } = spawnSync(command, rest, { input: "survey\n", encoding: "utf8", timeout: 20_000 });
    expect(status).toBe(0);
    return read(stdout);
  };
  const card = (name: string, { carrier = "", above = "" } = {}) => {
    put(`sys/class/net/${name}/carrier`, carrier);
    mkdirSync(join(folder, `sys/class/net/${name}/device`));
    if (above) symlinkSync("..", join(folder, `sys/class/net/${name}/upper_${above}`));
  };

  faked("looks at cards with something above them or an address, and at no other", () => {
    put(
      "bin/ip",
      `#!/bin/sh\n[ "$*" = "-o addr show scope global" ] && echo '2: eno1    inet 10.0.0.7/24 brd 10.0.0.255 scope global eno1\\       valid_lft forever'\n`,
    );
    card("eno1", { carrier: "0\n" });
    card("eno2", { carrier: "0\n" });
    card("ens1f0", { carrier: "1\n", above: "bond0" });
    card("ens1f1", { carrier: "0\n", above: "bond0" });
    // Switched off.
    card("ens2f0", { above: "br0" });
    expect(survey().linksDown).toEqual(["eno1", "ens1f1"]);
  });

  faked("remembers who was in use when the address goes with the cable", async () => {
    const addressed = `#!/bin/sh\necho '2: eno1    inet 10.0.0.7/24 brd 10.0.0.255 scope global eno1'\n`;
    put("bin/ip", addressed);
    card("eno1", { carrier: "1\n" });
    const talk = converse();
    expect((await talk.ask()).linksDown).toEqual([]);
    put("bin/ip", "#!/bin/sh\n");
    put("sys/class/net/eno1/carrier", "0\n");
    expect((await talk.ask()).linksDown).toEqual(["eno1"]);
    put("sys/class/net/eno1/carrier", "");
    expect((await talk.ask()).linksDown).toBeNull();
    talk.end();
  });

  it("asks every disk for its SMART status at once, and one that hangs delays nothing", async () => {
    put("bin/id", "#!/bin/sh\necho 0\n");
    put(
      "bin/smartctl",
      `#!/bin/sh\necho "$*" >>${folder}/asked\ncase $4 in */sda) exit 8 ;; */sdb) while [ ! -e ${folder}/go ]; do sleep 0.1; done; exit 8 ;; */sdd) exit 2 ;; esac\n`,
    );
    for (const disk of ["sda", "sdb", "sdc", "sdd", "nvme0n1", "nvme0c0n1"]) put(`sys/block/${disk}/size`, "1\n");
    put("sys/block/sdc/device/state", "offline\n");
    const talk = converse();
    const first = await talk.ask();
    expect(first.disksFailing).toContain("sdc");
    expect(first.disksFailing).not.toContain("sdb");
    await expect.poll(async () => (await talk.ask()).disksFailing).toEqual(["sda", "sdc"]);
    put("go", "");
    await expect.poll(async () => (await talk.ask()).disksFailing?.toSorted()).toEqual(["sda", "sdb", "sdc"]);
    talk.end();
    const asked = readFileSync(join(folder, "asked"), "utf8").trim().split("\n").toSorted();
    expect(asked).toEqual(["nvme0n1", "sda", "sdb", "sdc", "sdd"].map((disk) => `-n standby -H /dev/${disk}`));
  });

  faked("asks no disk without the right to", () => {
    put("bin/id", "#!/bin/sh\necho 1000\n");
    put("bin/smartctl", "#!/bin/sh\nexit 8\n");
    put("sys/block/sda/size", "1\n");
    expect(survey().disksFailing).toBeNull();
  });

  it("tells a file system that the kernel made read-only from one that is so on purpose", () => {
    for (const [name, errors, dev] of [
      ["sda1", 3, "8:1"],
      ["sdb1", 0, "8:17"],
      ["dm-0", 7, "253:0"],
      ["nvme0n1p2", 1, "259:2"],
    ] as const) {
      // prettier-ignore
      put(`sys/fs/ext4/${name}/errors_count`, `${errors}\n`);
      put(`sys/class/block/${name}/dev`, `${dev}\n`);
    }
    const mounts = [
      "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 ro,errors=remount-ro",
      "23 1 8:17 / /boot ro - ext4 /dev/sdb1 ro",
      "24 1 253:0 / /srv rw - ext4 /dev/mapper/a-b rw",
      "25 1 259:2 / /mnt/data rw,relatime - ext4 /dev/nvme0n1p2 rw,errors=remount-ro,emergency_ro",
    ];
    put("proc/self/mountinfo", `${mounts.join("\n")}\n`);
    expect(survey().disksFailing?.toSorted()).toEqual(["nvme0n1", "sda"]);
  });

  it("reads pools from the kernel, and libvirt's from virsh", () => {
    put(
      "proc/mdstat",
      "Personalities : [raid1]\nmd0 : active raid1 sdb1[1](F) sda1[0]\n      1046528 blocks super 1.2 [2/1] [U_]\n\nunused devices: <none>\n",
    );
    const stats = (errors: number) => `write_errs 0\nread_errs 0\nflush_errs 0\ncorruption_errs ${errors}\ngeneration_errs 0\n`;
    for (const [id, missing, errors] of [
      ["a", 0, 0],
      ["b", 1, 0],
      ["c", 0, 12_800],
    ] as const) {
      // prettier-ignore
      put(`sys/fs/btrfs/${id}/devinfo/1/missing`, `${missing}\n`);
      put(`sys/fs/btrfs/${id}/devinfo/1/error_stats`, stats(errors));
      put(`sys/fs/btrfs/${id}/devinfo/2/error_stats`, "invalid\n");
    }
    mkdirSync(join(folder, "sys/fs/btrfs/features"));
    put("proc/spl/kstat/zfs/tank/state", "DEGRADED\n");
    put("bin/virsh", `#!/bin/sh\ncase "$*" in *pool-list*) printf ' default   active     yes\\n images    inactive   yes\\n\\n' ;; esac\n`);
    expect(survey()).toMatchObject({
      poolsDegraded: ["md md0", "btrfs b", "btrfs c", "zfs tank", "libvirt images"],
      disksFailing: ["sdb"],
    });
  });

  it("tells services that failed from a systemd that does not answer", () => {
    put("bin/systemctl", "#!/bin/sh\necho 'nginx.service loaded failed failed A web server'\n");
    expect(survey().failedServices).toEqual(["nginx.service"]);
    put("bin/systemctl", "#!/bin/sh\n");
    expect(survey().failedServices).toEqual([]);
    put("bin/systemctl", "#!/bin/sh\necho 'System has not been booted with systemd' >&2\nexit 1\n");
    expect(survey().failedServices).toBeNull();
  });

  /** One shell that is asked again and again, as the worker does. */
  function converse() {
    const [command, ...rest] = argvOf(shell, script());
    const child = spawn(command, rest, { stdio: ["pipe", "pipe", "ignore"] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return {
      async ask(): Promise<Survey> {
        child.stdin.write("survey\n");
        let text = "";
        for (let next = await lines.next(); !next.done; next = await lines.next()) {
          text += `${next.value}\n`;
          if (next.value === "@@end") break;
        }
        return read(text);
      },
      end: () => child.stdin.end(),
    };
  }
});
