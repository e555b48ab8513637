import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Survey } from "@/lib/domain/survey";
import { parseSurvey } from "@/lib/machines/parse-sample";
import { SURVEY_SCRIPT } from "@/lib/machines/scripts/sample";

function read(text: string): Survey {
  const parsed = parseSurvey(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
}

const shells = ["sh", "bash", "busybox"].filter((shell) => spawnSync("sh", ["-c", `command -v ${shell}`]).status === 0);
const argvOf = (shell: string, script: string): [string, ...string[]] =>
  shell === "busybox" ? ["busybox", "sh", "-c", script] : [shell, "-c", script];

/** The script as it is, but the kernel's files and the tools are those of a folder. */
describe.runIf(process.platform === "linux").each(shells)("the survey's script by %s", (shell) => {
  // Its own ip and id go before those of any folder.
  const applets = shell === "busybox";
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
      /\/(sys|proc)\/(class\/net|class\/block|block|fs\/cgroup|fs\/ext4|fs\/btrfs|mdstat|self\/mountinfo|spl)/g,
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

  it.skipIf(applets)("looks at cards with something above them or an address, and at no other", () => {
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

  it.skipIf(applets)("remembers who was in use when the address goes with the cable", async () => {
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

  it.skipIf(applets)("asks no disk without the right to", () => {
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

  it("reads what services use, instances of a template too, from either kind of control groups", () => {
    const two = (path: string, microseconds: number, bytes: number) => {
      put(`sys/fs/cgroup/${path}/cpu.stat`, `usage_usec ${microseconds}\nuser_usec 1\n`);
      put(`sys/fs/cgroup/${path}/memory.current`, `${bytes}\n`);
    };
    two("system.slice/ssh.service", 1_500_000, 4096);
    two("system.slice/system-ceph\\x2dosd.slice/ceph-osd@3.service", 7_000_000, 8192);
    put("sys/fs/cgroup/system.slice/cron.service/cpu.stat", "usage_usec 0\n");
    const found = survey();
    expect(found.services).toEqual([
      { name: "cron.service", cpuSeconds: 0, memoryBytes: null },
      { name: "ssh.service", cpuSeconds: 1.5, memoryBytes: 4096 },
      { name: "ceph-osd@3.service", cpuSeconds: 7, memoryBytes: 8192 },
    ]);
    expect(found.upSeconds).toBeGreaterThan(0);
    rmSync(join(folder, "sys"), { recursive: true });
    put("sys/fs/cgroup/cpu,cpuacct/system.slice/system-getty.slice/getty@tty1.service/cpuacct.usage", "2500000000\n");
    put("sys/fs/cgroup/memory/system.slice/system-getty.slice/getty@tty1.service/memory.usage_in_bytes", "12288\n");
    expect(survey().services).toEqual([{ name: "getty@tty1.service", cpuSeconds: 2.5, memoryBytes: 12_288 }]);
  });

  it("tells services that failed from a systemd that does not answer", () => {
    put(
      "bin/systemctl",
      `#!/bin/sh
case " $* " in *" --state="*active*failed*) ;; *) exit ;; esac
echo 'apparmor.service loaded active exited Load AppArmor profiles'
echo 'nginx.service    loaded failed failed A web server that says x.service loaded active'
`,
    );
    expect(survey()).toMatchObject({ failedServices: ["nginx.service"], alsoUp: ["apparmor.service"] });
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
