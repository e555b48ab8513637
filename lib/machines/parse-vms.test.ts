import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseVms } from "@/lib/machines/parse-vms";

/** What a Debian 13 host with libvirt 11.3 answered, a guest that was shut off among them. */
const ANSWER = `running
<domain type='qemu' id='5'>
  <name>web1</name>
  <uuid>b92e1031-866d-489f-9d86-2a76f4723a0e</uuid>
  <memory unit='KiB'>98304</memory>
  <vcpu placement='static'>1</vcpu>
  <cpu mode='custom' match='exact' check='full'>
    <model fallback='forbid'>qemu64</model>
    <interface type='bridge'>
      <source bridge='br0'/>
    </interface>
paused
<domain type='qemu' id='8'>
  <name>disk1</name>
  <uuid>e96d655c-7042-43ad-bb39-a94ee108943f</uuid>
  <memory unit='KiB'>65536</memory>
  <vcpu placement='static' current='2'>4</vcpu>
  <cpu mode='host-passthrough' check='none' migratable='on'/>
    <disk type='file' device='disk'>
      <source file='/srv/some vms/it &amp; that.img' index='1'/>
    </disk>
shut off
<domain type='qemu'>
  <name>plugged</name>
  <uuid>5f04ea96-a33a-4793-83ad-3dac61062984</uuid>
  <memory unit='KiB'>65536</memory>
  <vcpu placement='static'>1</vcpu>
fs Type    File
fs overlay /srv/some vms/it & that.img
answered`;

const parse = (text: string) => parseVms(text.split("\n"));

/** What the disks of one VM lie on. */
function storageOf(disks: string, places = ""): string | null | undefined {
  const lines = ["running", "<domain type='kvm' id='1'>", "  <name>a</name>", "  <uuid>u</uuid>", disks, places, "answered"];
  return parse(lines.filter((line) => line !== "").join("\n"))?.[0]?.storage;
}
const file = (path: string, more = "") => `    <disk type='file' device='disk'>\n      <source file='${path}'/>\n${more}    </disk>`;
const block = (path: string) => `    <disk type='block' device='disk'>\n      <source dev='${path}'/>\n    </disk>`;
const volume = `    <disk type='volume' device='disk'>\n      <source pool='it&apos;s' volume='a.qcow2'/>\n    </disk>`;
const pool = (type: string) => `<pool type='${type}'>\n  <name>it&apos;s</name>\n    <path>/pool</path>`;
const rbd = "    <disk type='network' device='disk'>\n      <source protocol='rbd' name='vms/a'>\n      </source>\n    </disk>";
const cd = "    <disk type='file' device='cdrom'>\n      <source file='/iso'/>\n      <readonly/>\n    </disk>";

describe("virtual machines", () => {
  it("are read with all their facts", () => {
    expect(parse(ANSWER)).toEqual([
      {
        uuid: "b92e1031-866d-489f-9d86-2a76f4723a0e",
        name: "web1",
        state: "running",
        vcpus: 1,
        memoryBytes: 96 * 2 ** 20,
        passthrough: [],
        storage: "none",
        networks: ["bridge br0"],
        cpu: "qemu64",
      },
      {
        uuid: "e96d655c-7042-43ad-bb39-a94ee108943f",
        name: "disk1",
        state: "paused",
        vcpus: 2,
        memoryBytes: 64 * 2 ** 20,
        passthrough: [],
        storage: "local",
        networks: [],
        cpu: "host-passthrough",
      },
      {
        uuid: "5f04ea96-a33a-4793-83ad-3dac61062984",
        name: "plugged",
        state: "shut off",
        vcpus: 1,
        memoryBytes: 64 * 2 ** 20,
        passthrough: [],
        storage: "none",
        networks: [],
        cpu: null,
      },
    ]);
  });
  it("tells a hypervisor that does not answer from one without any", () => {
    expect(parse("")).toBeNull();
    expect(parse(ANSWER.replace(/\nanswered$/, ""))).toBeNull();
    expect(parse("answered")).toEqual([]);
  });
  it("keep what a machine's owner wrote to themselves", () => {
    const named = parse(ANSWER.replace("web1", "w\u001b[31m&lt;uuid&gt;\u202e"));
    expect(named?.[0]?.name).toBe("w<uuid>");
    // A path with a line break in it, which says something about the next machine.
    const forged = parse(ANSWER.replace("that.img' index", "that.img\nshut off\n  <uuid>x</uuid>' index"));
    expect(forged?.map(({ state }) => state)).toEqual(["running", "paused", "shut off"]);
    expect(() => parse(ANSWER.replace("b92e1031", "b92e\u00071031"))).toThrow();
  });
  it("do no harm, whatever a host says", () => {
    const line = fc.oneof(fc.constantFrom(...ANSWER.split("\n")), fc.string({ unit: "binary", maxLength: 60 }));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        try {
          for (const { name, state, networks } of parseVms([...lines, "answered"]) ?? [])
            for (const text of [name, state, ...networks]) expect(text).not.toMatch(/\p{Cc}/u);
        } catch (error) {
          expect(String(error)).toContain("a VM's UUID");
        }
      }),
    );
  });
});

describe("the storage of a VM", () => {
  it.each([
    ["", "", "none"],
    [cd, "", "none"],
    ["    <disk type='file' device='cdrom'>\n    </disk>", "", "none"],
    [rbd, "", "shared"],
    [`${rbd}\n${cd}`, "", "shared"],
    [file("/a"), "fs ext4 /a", "local"],
    [file("/a"), "fs nfs4 /a", "shared"],
    [file("/a"), "fs fuse.glusterfs /a", "shared"],
    [file("/a"), "fs ceph /a", "shared"],
    [file("/a"), "", null],
    [file("/a", "      <readonly/>\n"), "", "none"],
    [`${file("/a")}\n${rbd}`, "fs xfs /a", "local"],
    [`${file("/a")}\n${file("/b")}`, "fs xfs /a", "local"],
    [`${file("/a")}\n${rbd}`, "", null],
    [block("/dev/vg/a"), "dev ,vg-a,nvme,nvme0n1, /dev/vg/a", "local"],
    [block("/dev/mapper/a"), "dev ,mpatha,iscsi,sdb, /dev/mapper/a", "shared"],
    [block("/dev/rbd0"), "dev ,rbd0, /dev/rbd0", "shared"],
    [block("/dev/gone"), "", "local"],
    [volume, pool("rbd"), "shared"],
    [volume, `${pool("dir")}\nfs ext4 /pool`, "local"],
    [volume, `${pool("dir")}\nfs nfs /pool`, "shared"],
    [volume, "", null],
    ["    <disk type='nvme' device='disk'>\n      <source type='pci' managed='yes'>\n      </source>\n    </disk>", "", "local"],
  ])("%s with %s is %s", (disks, places, storage) => expect(storageOf(disks, places)).toBe(storage));
});

describe("the networks of a VM", () => {
  it.each([
    ["<interface type='network'>", "<source network='default' portid='1' bridge='virbr0'/>", "network default"],
    ["<interface type='bridge'>", "<source bridge='br &quot;0&quot;'/>", 'bridge br "0"'],
    ["<interface type='direct'>", "<source dev='eno1' mode='bridge'/>", "direct eno1"],
  ])("%s %s is %s", (begin, source, network) =>
    expect(parse(ANSWER.replace("<interface type='bridge'>", begin).replace("<source bridge='br0'/>", source))?.[0]?.networks).toEqual([
      network,
    ]),
  );
});
