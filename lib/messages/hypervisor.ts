/** What a hypervisor refuses, in words. Libvirt's own words are always in the sentence: nobody has to look for the cause elsewhere. */
import { refuse, type Refusal } from "../outcome";

const LOOK = "Look at journalctl -u libvirtd (or virtqemud) on the machine.";

type Cause = { code: string; says: RegExp; sentence: (peer: string) => string; hint: string };

/** Well-known errors of libvirt, QEMU and ssh, the special ones first. */
const CAUSES: readonly Cause[] = [
  {
    code: "peer-key-changed",
    says: /REMOTE HOST IDENTIFICATION HAS CHANGED|Host key verification failed/,
    sentence: (peer) => `${peer} shows another host key than the one that was trusted`,
    hint: "Compare the host key with the one at the machine's console, then trust it again.",
  },
  {
    code: "peer-refused",
    says: /Permission denied \(|Too many authentication failures|not allowed because/,
    sentence: (peer) => `${peer} does not let root log in with this node's migration key`,
    hint: "The migration trust may have been removed from root's authorized_keys, or PermitRootLogin, AllowUsers or DenyUsers of sshd keeps root out.",
  },
  {
    code: "peer-unreachable",
    says: /No route to host|Connection refused|Connection timed out|Network is unreachable|timed out|unable to connect to server/i,
    sentence: (peer) => `there is no way from here to ${peer}`,
    hint: "Check the network between the two nodes, and that no firewall keeps them from port 22 and ports 49152 to 49215.",
  },
  {
    code: "name-not-resolved",
    says: /Unable to resolve address|Name or service not known|Temporary failure in name resolution/,
    sentence: () => "a host name could not be resolved",
    hint: "Enter the nodes' names in /etc/hosts or in the name server.",
  },
  {
    code: "unsafe-storage",
    says: /Unsafe migration/,
    sentence: (peer) => `its disks lie on this node alone and ${peer} does not reach them`,
    hint: "Migrate it with its storage.",
  },
  {
    code: "vm-exists",
    says: /already exists with uuid|domain .* is already (defined|active)|already active/,
    sentence: (peer) => `${peer} already has a VM of this name or UUID`,
    hint: "Look at it there; it may be left from an earlier migration. Undefine it when nobody needs it.",
  },
  {
    code: "cpu-incompatible",
    says: /guest CPU doesn't match|incompatible with host CPU|not compatible with (host|the given) CPU|unsupported CPU|host doesn't support|missing features|CPU feature|CPU are not compatible|required features/i,
    sentence: (peer) => `the processor of ${peer} lacks what the VM was started with`,
    hint: "Choose a node with the same kind of processor, or stop the VM and give it a more common CPU model.",
  },
  {
    code: "network-missing",
    says: /[Cc]annot get interface (MTU|flags)|no network with matching|[Nn]etwork not found|network '.*' is not active|No such device/,
    sentence: (peer) => `${peer} lacks the bridge or network that the VM is plugged into`,
    hint: "Make the bridge or start the network there, under the same name.",
  },
  {
    code: "passthrough",
    says: /<hostdev|host(dev| devices?)\b.*(migrat|passthrough)|migrat\w* with (non-migratable|assigned) host|VFIO/i,
    sentence: () => "a device of this node is passed through to it",
    hint: "Stop the VM, or detach the device first.",
  },
  {
    code: "no-pool",
    says: /no storage pool with matching|Storage pool not found/,
    sentence: (peer) => `${peer} has no storage pool where its disks could go`,
    hint: "Make a pool of the same name or path there.",
  },
  {
    code: "disk-unreachable",
    says: /Could not open '|Cannot access storage file|cannot access storage|Failed to open file/i,
    sentence: (peer) => `${peer} does not reach a disk or a CD image of it`,
    hint: "Eject a CD that is not needed any more, or put the file at the same path there.",
  },
  {
    code: "no-space",
    says: /No space left/,
    sentence: () => "a disk is full",
    hint: "Free some space there, or choose another node.",
  },
  {
    code: "no-memory",
    says: /[Cc]annot allocate memory|cannot set up guest memory/,
    sentence: (peer) => `${peer} has not enough memory left`,
    hint: "Choose another node.",
  },
  {
    code: "migration-aborted",
    says: /canceled by client|operation aborted/,
    sentence: () => "it was aborted",
    hint: "The VM runs on where it was.",
  },
  {
    code: "peer-lost",
    says: /End of file while reading data|client socket is closed|keepalive|Connection reset|Broken pipe|Input\/output error/,
    sentence: (peer) => `the connection to ${peer} broke`,
    hint: "Check the network between the two nodes, and libvirt there.",
  },
];

const quoted = (said: string): string => (said ? `: “${said}”.` : ".");

/** The sentence for what libvirt said, or its words alone where they are not known. `what` begins the sentence. */
export function libvirtRefusal(code: string, what: string, peer: string, said: string): Refusal {
  const cause = CAUSES.find(({ says }) => says.test(said));
  if (!cause) return refuse(code, `${what}${said ? `. libvirt says${quoted(said)}` : " and libvirt gave no reason."}`, { hint: LOOK });
  return refuse(cause.code, `${what}: ${cause.sentence(peer)}. libvirt says${quoted(said)}`, { hint: cause.hint });
}

type Told = { ip: string; peer: string; detail: string; said: string };

/** What a script ended with, by its own word. Words that are missing here are libvirt's to explain. */
const REFUSALS: Readonly<Record<string, (told: Told) => Refusal>> = {
  "hypervisor-silent": ({ ip, said }) =>
    refuse("hypervisor-silent", `The hypervisor of ${ip} does not answer${quoted(said)}`, { hint: LOOK }),
  "no-tool": ({ ip, detail }) => refuse("no-tool", `${detail} is not installed on ${ip}.`, { hint: `Install ${detail} on ${ip}.` }),
  "not-writable": ({ ip, detail, said }) =>
    refuse("not-writable", `${detail} can not be written on ${ip}${quoted(said)}`, { hint: "Check the disk, and the rights of the file." }),
  busy: ({ ip }) => refuse("busy", `Another command of Regent holds the lock on ${ip}.`, { hint: "Wait a moment, then try again." }),
  "root-login": ({ ip }) =>
    refuse("root-login", `${ip} does not let root log in over SSH: its sshd says PermitRootLogin no.`, {
      hint: "Set PermitRootLogin to prohibit-password or forced-commands-only. Regent's key opens nothing there but libvirt.",
    }),
  "peer-silent": ({ ip, peer, said }) =>
    refuse("peer-unreachable", `${ip} could not read the host key of ${peer}${quoted(said)}`, {
      hint: "Check the network between the two nodes, and the SSH service of the other.",
    }),
  "no-key": ({ ip }) =>
    refuse("no-trust", `${ip} has no key for migrations yet.`, { hint: "Set up the migration trust between the nodes." }),
  "peer-unknown": ({ ip, peer }) =>
    refuse("no-trust", `${ip} does not know the host key of ${peer}.`, { hint: "Set up the migration trust between the nodes." }),
  superseded: ({ ip }) =>
    refuse("superseded", `A newer attempt of this operation is at work on ${ip}; this one did nothing.`, {
      hint: "Nothing is to be done.",
    }),
  "under-way": ({ ip }) =>
    refuse("under-way", `An earlier migration of the VM is still under way on ${ip}.`, { hint: "Wait for its end, or abort it." }),
  gone: ({ ip, peer, said }) =>
    refuse("vm-gone", `The VM is not on ${ip} any more, and does not run on ${peer}${quoted(said)}`, {
      hint: "Look for it on the other nodes.",
    }),
  "not-running": ({ ip, detail }) =>
    refuse("vm-not-running", `The VM does not run on ${ip}: it is ${detail}.`, { hint: "A VM that is shut off needs no live migration." }),
  dead: ({ ip, peer, detail }) =>
    refuse(
      "vm-dead",
      `libvirt reported the migration to ${peer} as done, but the VM does not run there: it is ${detail}. It is not on ${ip} any more.`,
      {
        hint: `Start it on ${peer} or on another node. Look at the memory of ${peer}: its kernel may have ended the VM.`,
      },
    ),
  "file-there": ({ peer, detail }) =>
    refuse("file-there", `${peer} already has a file ${detail}, which is not of this VM's migration.`, {
      hint: "Move it away when nobody needs it; Regent writes over nothing.",
    }),
  "peer-lost": ({ peer }) =>
    refuse("peer-lost", `The connection to ${peer} broke during the migration, which was aborted; the VM runs on where it was.`, {
      hint: "Check the network between the two nodes.",
    }),
  unclear: ({ ip, peer, detail, said }) =>
    refuse(
      "vm-unclear",
      `The migration to ${peer} broke at the moment of the switch: the VM is paused on ${ip}; ${peer} says “${detail}”. libvirt says${quoted(said)}`,
      {
        hint: `Look at it on ${peer}. Only when it does not run there, resume it on ${ip} with virsh resume.`,
      },
    ),
  "too-long": ({ peer }) =>
    refuse("too-long", `The migration to ${peer} took longer than 30 minutes and was aborted; the VM runs on where it was.`, {
      hint: "Its memory changes faster than the network carries it. Try again while it is less busy.",
    }),
};

export function deedRefusal(word: string, what: string, told: Told): Refusal {
  const own = Object.hasOwn(REFUSALS, word) ? REFUSALS[word]?.(told) : undefined;
  return own ?? libvirtRefusal("libvirt-refused", what, told.peer, told.said);
}

export const otherPeerKey = (ip: string, peer: string, pinned: string, seen: string): Refusal =>
  refuse("peer-key-changed", `${ip} sees another host key of ${peer} than Regent does: it sees ${seen}, trusted is ${pinned}.`, {
    hint: "Somebody may stand between the two nodes, or an address is used twice. Compare with the key at the machine's console.",
  });

export const noVms = (ip: string): Refusal => refuse("hypervisor-silent", `The hypervisor of ${ip} did not list its VMs.`, { hint: LOOK });
