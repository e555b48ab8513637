import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSample, parseSurvey } from "./parse-sample";

const SAMPLE = `@@sample 1
t 13534.77
b 45e5673d-c276-441d-a9f8-65a1e74f383b
c 1259021 19333 280993 1104941 7340 0 11108 892 0 0
m 24684084 24109904
l 0.49
n eth0 5825692592 19246717 1
n eth1 12 34 0
n eth2 1 2
d nvme0n1 13057322 69323856 271040
d nvme0c0n1 1 2 3
@@end
`;

const SURVEY = `@@survey 1
@@partitions
mount ext4 / /dev/md0
mount xfs /mnt/data /dev/md1
Filesystem     1024-blocks      Used Available Capacity Mounted on
/dev/md0  60817408  12000000  45776538  21% /
/dev/md1 3586129920 1400000000 2186129920  40% /mnt/data
@@services
up 86400.25
ssh.service 1234567 9437184
cron.service  
@@units
apparmor.service loaded active exited
libvirtd.service loaded failed failed
ssh.service loaded active running
user@1000.service loaded deactivating stop-sigterm
answered
@@links
link eth0 0
@@disks
smart sda 8
@@pools
libvirt  images   active   yes
@@vms
running
<domain type='kvm' id='1'>
  <name>web-01</name>
  <uuid>c3c2b4b1-1a6f-4b68-8d4c-7e8f90123456</uuid>
  <memory unit='KiB'>4194304</memory>
  <vcpu placement='static'>2</vcpu>
shut off
<domain type='kvm'>
  <name>it&apos;s quoted</name>
  <uuid>d4d3c5c2-2b70-4c79-9e5d-8f9012345678</uuid>
  <memory unit='KiB'>1048576</memory>
answered
@@end
`;

describe("a sample", () => {
  it("is read line by line", () => {
    expect(parseSample(SAMPLE)).toEqual({
      ok: true,
      value: {
        uptime: 13_534.77,
        bootId: "45e5673d-c276-441d-a9f8-65a1e74f383b",
        cpu: { total: 2_683_628, idle: 1_112_281 },
        memory: { totalBytes: 24_684_084 * 1024, availableBytes: 24_109_904 * 1024 },
        load: 0.49,
        links: new Map([
          ["eth0", { rx: "5825692592", tx: "19246717", carrier: true }],
          ["eth1", { rx: "12", tx: "34", carrier: false }],
          ["eth2", { rx: "1", tx: "2", carrier: null }],
        ]),
        disks: new Map([["nvme0n1", { read: "13057322", written: "69323856", busyMs: "271040" }]]),
      },
    });
  });
  it("has null for what is missing", () => {
    const parsed = parseSample("@@sample 1\nt 5.00\nb \nc \nm 100 \nl \n@@end\n");
    expect(parsed).toMatchObject({ ok: true, value: { uptime: 5, bootId: null, cpu: null, memory: null, load: null } });
  });
  it("may stand behind a greeting", () => expect(parseSample(`Welcome\nto this host\n${SAMPLE}`).ok).toBe(true));
  it.each(["", "t 5.00\n@@end\n", "@@sample 1\n@@end\n", "@@sample 1\nt now\n@@end\n", "@@sample 2\nt 5.00\n@@end\n"])(
    "is none: %j",
    (text) => expect(parseSample(text)).toMatchObject({ ok: false, code: "bad-answer" }),
  );
  it("never throws, whatever a host says", () => {
    const word = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("t", "b", "c", "m", "l", "n", "d", "1", "99999999999999999999", "-1", "1e9"),
    );
    fc.assert(
      fc.property(fc.array(fc.array(word, { maxLength: 12 }), { maxLength: 30 }), (lines) => {
        const parsed = parseSample(`@@sample 1\nt 7.00\n${lines.map((words) => words.join(" ")).join("\n")}\n@@end\n`);
        if (parsed.ok) for (const name of [...parsed.value.links.keys(), ...parsed.value.disks.keys()]) expect(name).toMatch(/^[\w.@!-]+$/);
      }),
    );
  });
});

describe("a survey", () => {
  it("is read part by part", () => {
    const parsed = parseSurvey(SURVEY);
    if (!parsed.ok) throw new Error(parsed.reason);
    expect(parsed.value.partitions.map(({ mount }) => mount)).toEqual(["/", "/mnt/data"]);
    expect(parsed.value).toMatchObject({
      upSeconds: 86_400.25,
      services: [
        { name: "ssh.service", cpuSeconds: 1.234567, memoryBytes: 9_437_184 },
        { name: "cron.service", cpuSeconds: null, memoryBytes: null },
      ],
      failedServices: ["libvirtd.service"],
      alsoUp: ["apparmor.service", "user@1000.service"],
      linksDown: ["eth0"],
      disksFailing: ["sda"],
      poolsDegraded: [],
      vms: [
        { name: "web-01", state: "running", vcpus: 2, memoryBytes: 4 * 2 ** 30, storage: "none" },
        { name: "it's quoted", state: "shut off", vcpus: 0, memoryBytes: 2 ** 30 },
      ],
    });
  });
  it("tells a hypervisor that does not answer from one without VMs", () => {
    const without = (vms: string) => parseSurvey(`@@survey 1\n@@partitions\n@@services\n@@units\n@@vms\n${vms}@@end\n`);
    expect(without("")).toMatchObject({ ok: true, value: { vms: null } });
    expect(without("answered\n")).toMatchObject({ ok: true, value: { vms: [] } });
  });
  it("keeps control characters of a machine out", () => {
    const parsed = parseSurvey(SURVEY.replace("web-01", "web\u001b[31m\u202e-01"));
    expect(parsed.ok && parsed.value.vms?.[0]?.name).toBe("web-01");
  });
});
