/** What each role needs on a host, as data: adding a package is one word in one row. Pure. */
import type { Inventory } from "@/lib/domain/inventory";
import type { NodeRole } from "@/lib/domain/roles";
import type { Outcome } from "@/lib/outcome";
import { done, refuse } from "@/lib/outcome";

export type Family = "debian" | "rhel" | "suse";
type Os = Pick<Inventory["os"], "id" | "name" | "architecture">;
type ByArchitecture = { all: readonly string[]; x86_64: readonly string[]; aarch64: readonly string[] };
type Profile = {
  packages: Record<Family, ByArchitecture>;
  /** Alternatives in order of preference: the first whose leading unit the host has is taken, whole. */
  units: Record<Family, readonly (readonly string[])[]>;
};

/** os-release's ID to family. Derivatives that are not named here are refused rather than guessed at. */
const FAMILIES: Readonly<Record<string, Family>> = {
  debian: "debian",
  ubuntu: "debian",
  linuxmint: "debian",
  raspbian: "debian",
  rhel: "rhel",
  centos: "rhel",
  rocky: "rhel",
  almalinux: "rhel",
  ol: "rhel",
  fedora: "rhel",
  sles: "suse",
  "opensuse-leap": "suse",
  "opensuse-tumbleweed": "suse",
};

const NOTHING: ByArchitecture = { all: [], x86_64: [], aarch64: [] };

/** One daemon for all (older), or one per driver (newer); the socket is what stays when the daemon is idle and has ended itself. */
const LIBVIRTD = ["libvirtd.socket", "virtlogd.socket", "libvirtd.service"] as const;
const VIRTQEMUD = ["virtqemud.socket", "virtlogd.socket", "virtnetworkd.socket", "virtstoraged.socket", "virtnodedevd.socket"] as const;

export const PROFILES: Record<NodeRole, Profile> = {
  Worker: {
    packages: {
      debian: {
        all: ["libvirt-daemon-system", "libvirt-clients", "qemu-utils"],
        x86_64: ["qemu-system-x86"],
        aarch64: ["qemu-system-arm", "qemu-efi-aarch64"],
      },
      rhel: { all: ["libvirt-daemon-kvm", "libvirt-client", "qemu-kvm", "qemu-img"], x86_64: [], aarch64: ["edk2-aarch64"] },
      suse: { all: ["libvirt-daemon-qemu", "libvirt-client", "qemu-tools"], x86_64: ["qemu-x86"], aarch64: ["qemu-arm"] },
    },
    units: { debian: [LIBVIRTD, VIRTQEMUD], rhel: [VIRTQEMUD, LIBVIRTD], suse: [VIRTQEMUD, LIBVIRTD] },
  },
  /** Runs management services only: nothing is installed, its links and its login are the checks. */
  Control: { packages: { debian: NOTHING, rhel: NOTHING, suse: NOTHING }, units: { debian: [], rhel: [], suse: [] } },
};

export type ProfileState = {
  /** The host's package manager, null when it has none that is known. */
  manager: string | null;
  packages: Readonly<Record<string, "installed" | "missing">>;
  units: Readonly<Record<string, { active: string; enabled: string } | "absent">>;
};

export type JoinPlan = {
  /** All packages of the profile, and those of them that are not there yet. */
  packages: string[];
  install: string[];
  /** All units of the profile that this host has (of the best alternative, if none is there yet), and those not running. */
  units: string[];
  start: string[];
};

export const familyOf = (os: Pick<Os, "id">): Family | null => (Object.hasOwn(FAMILIES, os.id) ? (FAMILIES[os.id] ?? null) : null);

export function packagesOf(role: NodeRole, os: Os): string[] {
  const family = familyOf(os);
  if (!family) return [];
  const { all, x86_64, aarch64 } = PROFILES[role].packages[family];
  return [...all, ...(os.architecture === "aarch64" ? aarch64 : os.architecture === "x86_64" ? x86_64 : [])];
}

/** The input of the command profileState: everything the plan will ask about. */
export function profileLines(role: NodeRole, os: Os): string[] {
  const family = familyOf(os);
  const units = family ? [...new Set(PROFILES[role].units[family].flat())] : [];
  return [...packagesOf(role, os).map((name) => `package ${name}`), ...units.map((name) => `unit ${name}`)];
}

const needsNothing = ({ packages, units }: Profile): boolean =>
  Object.values(packages).every(({ all, x86_64, aarch64 }) => all.length + x86_64.length + aarch64.length === 0) &&
  Object.values(units).every((sets) => sets.length === 0);

/** What must be installed and started, given what is there. Refuses a system the profile has no row for. */
export function joinPlan(role: NodeRole, os: Os, state: ProfileState): Outcome<JoinPlan> {
  const profile = PROFILES[role];
  if (needsNothing(profile)) return done({ packages: [], install: [], units: [], start: [] });
  const family = familyOf(os);
  if (!family)
    return refuse("system-unsupported", `Regent does not know how to prepare ${os.name} for the role ${role}.`, {
      hint: "Install libvirt and QEMU by hand on a Debian, Red Hat or SUSE system.",
    });
  if (os.architecture !== "x86_64" && os.architecture !== "aarch64")
    return refuse("system-unsupported", `Regent does not know which packages ${role} needs on ${os.architecture}.`, {
      hint: "Use a server with x86_64 or aarch64 processors.",
    });
  const packages = packagesOf(role, os);
  const install = packages.filter((name) => state.packages[name] !== "installed");
  if (install.length && !state.manager)
    return refuse("no-package-manager", `${os.name} has no package manager that Regent knows.`, {
      hint: `Install ${install.join(", ")} by hand.`,
    });
  const units = unitsOf(profile.units[family], state);
  return done({ packages, install, units, start: units.filter((name) => !isActive(state, name)) });
}

const isActive = ({ units }: ProfileState, name: string): boolean => typeof units[name] === "object" && units[name].active === "active";

function unitsOf(sets: readonly (readonly string[])[], { units }: ProfileState): string[] {
  const known = (name: string): boolean => typeof units[name] === "object";
  const chosen = sets.find(([leading]) => leading !== undefined && known(leading));
  return chosen ? chosen.filter(known) : [...(sets[0] ?? [])];
}
