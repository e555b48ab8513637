import fc from "fast-check";
import { expect, it } from "vitest";
import { deedRefusal } from "@/lib/messages/hypervisor";
import { parseDeed, parseMemory, parseVmList, progressOf } from "@/lib/machines/parse-deed";

const deed = (result: string, said = ""): string => `@@deed 1\n@@said\n${said}\n@@result\n${result}\n@@end\n`;

/** What libvirt 11.3 and OpenSSH 10.0 said on real hosts. */
const CHANGED = `error: failed to connect to the hypervisor
error: Cannot recv data: @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
 @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!
Someone could be eavesdropping on you right now (man-in-the-middle attack)!
It is also possible that a host key has just been changed.
The fingerprint for the ED25519 key sent by the remote host is
SHA256:XWpsqhTUJ6LY945LTbdRs09BYDIsxM4f34CFjdWtC/Q.
Please contact your system administrator.
Add correct host key in /etc/regent/known_hosts to get rid of this message.
Offending ED25519 key in /etc/regent/known_hosts:1
  remove with:
  ssh-keygen -f '/etc/regent/known_hosts' -R '10.0.0.2'
Host key for 10.0.0.2 has changed and you have requested strict checking.
Host key verification failed.: Connection reset by peer`;

it("tells how it ended, and the tools' last words without ssh's banner", () => {
  expect(parseDeed(deed("done moved"))).toEqual({ ok: true, value: { done: true, word: "moved", detail: "", said: "" } });
  expect(parseDeed(deed("refused dead shut off"))).toMatchObject({ value: { done: false, word: "dead", detail: "shut off" } });
  expect(parseDeed(deed("refused failed", CHANGED))).toMatchObject({
    value: {
      said: "Cannot recv data: Host key for 10.0.0.2 has changed and you have requested strict checking. Host key verification failed.: Connection reset by peer",
    },
  });
  for (const noise of ["", "@@refused\n", deed(""), deed("maybe")])
    expect(parseDeed(noise)).toMatchObject({ ok: false, code: "bad-answer" });
});

it.each([
  ["peer-key-changed", "Host key verification failed.: Connection reset by peer"],
  ["peer-refused", "Cannot recv data: root@10.0.0.2: Permission denied (publickey,password).: Connection reset by peer"],
  ["peer-unreachable", "Cannot recv data: ssh: connect to host 10.0.0.2 port 22: No route to host: Connection reset by peer"],
  ["name-not-resolved", "internal error: Unable to resolve address 'node12' service '49152': Name or service not known"],
  ["unsafe-storage", "Unsafe migration: Migration without shared storage is unsafe"],
  ["vm-exists", "operation failed: domain 'web1' already exists with uuid c4fce27d-0265-4a30-a587-988afec037fc"],
  ["peer-lost", "End of file while reading data: : Input/output error"],
  [
    "vm-ended-there",
    "operation failed: migration failed. Message from the source host: operation failed: job 'migration out' failed: Unable to read from socket: Connection reset by peer. Message from the destination host: internal error: QEMU unexpectedly closed the monitor (vm='heavy')",
  ],
  ["vm-ended-there", "operation failed: job 'migration out' failed: Unable to read from socket: Connection reset by peer"],
  ["peer-lost", "internal error: client socket is closed"],
  ["cpu-incompatible", "operation failed: guest CPU doesn't match specification: missing features: avx512f"],
  [
    "cpu-incompatible",
    "unsupported configuration: guest and host CPU are not compatible: Host CPU does not provide required features: avx",
  ],
  ["network-missing", "Cannot get interface MTU on 'only-here': No such device"],
  ["network-missing", "Network not found: no network with matching name 'tenant'"],
  ["passthrough", "Requested operation is not valid: cannot migrate a domain with <hostdev mode='subsystem' type='pci'>"],
  ["no-pool", "Storage pool not found: no storage pool with matching target path '/var/lib/libvirt/images'"],
  ["disk-unreachable", "Cannot access storage file '/srv/iso/a.iso': No such file or directory"],
  ["no-memory", "internal error: process exited while connecting to monitor: cannot set up guest memory 'pc.ram': Cannot allocate memory"],
  ["migration-aborted", "operation aborted: migration out: canceled by client"],
  ["libvirt-refused", "internal error: something nobody has seen yet"],
])("names %s for what libvirt says, and says it", (code, said) => {
  const refusal = deedRefusal("failed", "The VM could not be migrated to 10.0.0.2", { ip: "10.0.0.1", peer: "10.0.0.2", detail: "", said });
  expect(refusal).toMatchObject({ code, reason: expect.stringContaining(said) });
});

it("takes of the machine and its control groups what leaves least", () => {
  const parse = (facts: string) => parseMemory(`@@memory 1\n@@facts\n${facts}\n@@end\n`);
  const machine = "MemTotal: 8388608\nMemAvailable: 4194304";
  const value = (totalBytes: number, availableBytes: number) => ({ ok: true, value: { totalBytes, availableBytes } });
  expect(parse(machine)).toEqual(value(2 ** 33, 2 ** 32));
  expect(parse(`${machine}\nlimit max 100\nlimit 9223372036854771712 100`)).toEqual(value(2 ** 33, 2 ** 32));
  expect(parse(`${machine}\nlimit 1073741824 73741824`)).toEqual(value(2 ** 30, 1_000_000_000));
  expect(parse(`${machine}\nlimit 1000 2000`)).toEqual(value(1000, 0));
  expect(parse("MemTotal: 8388608")).toMatchObject({ ok: false });
});

it("reads the progress of memory and disks together", () => {
  const disk = "Job type: 2 operation: 5 time_elapsed: 1673 data_total: 25165824 memory_total: 0 memory_processed: 0 memory_remaining: 0 disk_total: 25165824 disk_processed: 16777216 disk_remaining: 8388608"; // prettier-ignore
  expect(progressOf(disk)).toEqual({ processedBytes: 16_777_216, remainingBytes: 8_388_608, totalBytes: 25_165_824 });
  expect(progressOf(disk.replace("memory_total: 0", "memory_total: 100"))?.totalBytes).toBe(25_165_924);
  expect(progressOf("Job type: 0")).toBeNull();
  expect(progressOf("absent")).toBeNull();
});

it("never throws, whatever a host says", () =>
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), fc.constantFrom("deed", "vms", "memory"), (text, first) => {
      for (const parse of [parseDeed, parseVmList, parseMemory]) parse(`@@${first} 1\n@@said\n${text}\n@@result\n${text}\n@@end\n`);
      progressOf(text);
    }),
  ));

it("tells a machine without a hypervisor from one whose hypervisor is silent", () => {
  expect(parseVmList("@@vms 1\n@@list\n@@none\n@@end\n")).toEqual({ ok: true, value: [] });
  expect(parseVmList("@@vms 1\n@@list\n@@end\n")).toEqual({ ok: true, value: null });
});
