import fc from "fast-check";
import { expect, it } from "vitest";
import { parseStoragePools } from "@/lib/machines/parse-pools";

function pools(text: string) {
  const parsed = parseStoragePools(`@@pools 1\n${text}\n@@end\n`);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value.map(({ kind, name, health, detail }) => [kind, name, health, detail].join("; ").replace(/; $/, ""));
}

it("libvirt's pools: one that should run and does not is missed", () => {
  const one = (name: string, state: string, autostart: string) =>
    `Name:           ${name}\nUUID:           1d2f\nState:          ${state}\nPersistent:     yes\nAutostart:      ${autostart}\nCapacity:       251.97 GiB`;
  expect(
    pools(`@@libvirt\n${one("a", "running", "yes")}\n${one("b c", "inactive", "yes")}\n${one("d", "inactive", "no")}\nexit 0`),
  ).toEqual([
    "libvirt; a; ok",
    "libvirt; b c; degraded; It starts with the host, but is inactive.",
    "libvirt; d; unknown; It is inactive.",
  ]);
  expect(pools("@@libvirt\nexit 0")).toEqual([]);
  expect(pools("@@libvirt\nerror: failed to connect to the hypervisor\nexit 1")).toEqual([
    "libvirt; libvirt; unknown; error: failed to connect to the hypervisor",
  ]);
});

it("Linux software RAID: a missing member, a rebuild", () => {
  const mdstat = `Personalities : [raid1]
md1 : active raid1 sdd[2] sdc[0]
      1046528 blocks super 1.2 [2/1] [U_]
      [==>..................]  recovery = 12.6% (132736/1046528) finish=0.4min speed=33184K/sec

md0 : active raid1 sdb[1] sda[0]
      1046528 blocks super 1.2 [2/2] [UU]

md2 : inactive sde[0](S)
      1046528 blocks super 1.2

unused devices: <none>`;
  expect(pools(`@@md\n${mdstat}\nexit 0`)).toEqual([
    "md; md1; degraded; 1 of 2 members are there. recovery is at 12.6%.",
    "md; md0; ok",
    "md; md2; degraded; It is inactive.",
  ]);
});

it("LVM: disks that are missing, volumes that are partial", () => {
  expect(pools("@@vgs\n  data|0\n  old|1\n  fast|0\nexit 0\n@@lvs\n  data|images|\n  fast|cache|partial\nexit 0")).toEqual([
    "lvm; data; ok",
    "lvm; old; degraded; 1 disks are missing",
    "lvm; fast; degraded; cache is partial",
  ]);
  expect(pools("@@vgs\n  WARNING: Running as a non-root user.\nexit 5")).toEqual([
    "lvm; vgs; unknown; WARNING: Running as a non-root user.",
  ]);
});

it("btrfs: errors that were counted, a device that is missing, what could not be asked", () => {
  const said = `mount /srv/ok
Label: none  uuid: 3ab
	Total devices 2 FS bytes used 128.00KiB
	devid    1 size 256.00MiB used 88.00MiB path /dev/loop0
[/dev/loop0].write_io_errs    0
[/dev/loop0].corruption_errs  0
mount /srv/rot
[/dev/loop2].corruption_errs  3200
mount /srv/gone
	*** Some devices missing
[/dev/loop4].write_io_errs    0
mount /srv/odd
ERROR: cannot check /srv/odd: Permission denied
failed stats`;
  expect(pools(`@@btrfs\n${said}\nexit 0`)).toEqual([
    "btrfs; /srv/ok; ok",
    "btrfs; /srv/rot; degraded; /dev/loop2 counts 3200 corruption_errs.",
    "btrfs; /srv/gone; degraded; A device is missing.",
    "btrfs; /srv/odd; unknown; cannot check /srv/odd: Permission denied",
  ]);
});

it("ZFS: every state but ONLINE, and data errors", () => {
  const said = `tank\tONLINE
old\tDEGRADED
pool tank
errors 3 data errors, use '-v' for a list
pool old
status One or more devices has been removed by the administrator.
errors No known data errors`;
  expect(pools(`@@zfs\n${said}\nexit 0`)).toEqual([
    "zfs; tank; degraded; 3 data errors, use '-v' for a list",
    "zfs; old; degraded; It is DEGRADED. One or more devices has been removed by the administrator.",
  ]);
  expect(pools("@@zfs\nno pools available\nexit 0")).toEqual([]);
});

it("Ceph: whether the OSDs of this host may stop, and whether they may go", () => {
  const answer = (stop: string, destroy: string) =>
    pools(`@@ceph\nosds 0 3\nasked ok-to-stop\n${stop}\nasked safe-to-destroy\n${destroy}\nexit 0`);
  const busy = "Error EBUSY: OSD(s) 0,3 have 7 pgs currently mapped to them.\nanswered 16";
  expect(answer('{"ok_to_stop":true}\nanswered 0', busy)).toEqual([
    "ceph; osd.0 osd.3; ok; Safe to stop. Not safe to destroy: Error EBUSY: OSD(s) 0,3 have 7 pgs currently mapped to them.",
  ]);
  expect(
    answer("Error EBUSY: unsafe to stop osd(s) at this time (7 PGs are or would become offline)\nanswered 16", "answered 0")[0],
  ).toMatch(/; degraded; Not safe to stop: .*7 PGs.* Safe to destroy\.$/);
  expect(answer("[errno 13] RADOS permission denied\nanswered 13", "answered 13")[0]).toContain("; unknown; Not safe to stop: [errno 13]");
  expect(pools("@@ceph\nexit 0")).toEqual([]);
});

it("never throws, whatever a host says", () =>
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary", maxLength: 80 }), { maxLength: 20 }), (lines) => {
      for (const part of ["libvirt", "md", "vgs", "lvs", "btrfs", "zfs", "ceph"])
        parseStoragePools(`@@pools 1\n@@${part}\n${lines.join("\n")}\nexit 0\n@@end\n`);
    }),
  ));
