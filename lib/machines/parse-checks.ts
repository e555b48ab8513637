/** The answers of the two proofs at the end of a join. */
import type { Link } from "@/lib/domain/inventory";
import { macOf } from "@/lib/machines/parse-link-tools";
import { carrierOf, stateOf } from "@/lib/machines/parse-links";
import { BadAnswer, cosmetic, filesOf, guarded, identity, integer, linesOf, sections, symlinksOf } from "@/lib/machines/parse-text";
import type { Outcome } from "@/lib/outcome";
import { done, refuse } from "@/lib/outcome";

export type HypervisorState = {
  /** Versions of the library and of QEMU, e.g. "11.3.0" and "10.0.13". */
  libvirt: string;
  qemu: string | null;
  /** Guests run on the processor itself (KVM), not emulated. */
  accelerated: boolean;
  /** As the hypervisor counts them. */
  cpus: number | null;
  memoryBytes: number | null;
};

/** Refuses with libvirt's own words when it does not answer, or when it can run no guests at all. */
export function parseHypervisorCheck(stdout: string): Outcome<HypervisorState> {
  const read = guarded(() => sections(stdout, "hypervisor"));
  if (!read.ok) return read;
  const said = linesOf(read.value, "version").slice(0, 64);
  const version = (pattern: RegExp): string | null => cosmetic(pattern.exec(said.join("\n"))?.[1], 32);
  const libvirt = version(/^Using library: libvirt (\d[\w.]*)$/m);
  const kinds = linesOf(read.value, "capabilities").flatMap((line) => /^<domain type='([a-z]{1,16})'$/.exec(line)?.[1] ?? []);
  if (!libvirt || !said.some((line) => line.startsWith("Using API: "))) return silent(said);
  if (kinds.length === 0)
    return refuse("hypervisor-empty", "libvirt answers but can run no guests: QEMU is missing.", {
      hint: "Install QEMU for the processor of this host.",
    });
  const node = new Map(linesOf(read.value, "nodeinfo").map((line) => [line.split(":", 1)[0], line.slice(line.indexOf(":") + 1).trim()]));
  const kib = integer(node.get("Memory size")?.split(" ")[0], 2 ** 42);
  const cpus = integer(node.get("CPU(s)"), 65_536);
  return done({
    libvirt,
    qemu: version(/^Running hypervisor: QEMU (\d[\w.]*)$/m),
    accelerated: kinds.includes("kvm"),
    cpus,
    memoryBytes: kib === null ? null : kib * 1024,
  });
}

function silent(said: readonly string[]) {
  const error = [...said].reverse().find((line) => line.startsWith("error: ") && !line.includes("failed to connect to the hypervisor"));
  const why = cosmetic(error?.slice(7), 300);
  return refuse("hypervisor-silent", `The hypervisor does not answer${why ? `: ${why.replace(/[.:]$/, "")}` : ""}.`, {
    hint: "Look at journalctl -u libvirtd on the machine.",
  });
}

export type LinkState = Pick<
  Link,
  "name" | "address" | "permanentAddress" | "carrier" | "speedMbps" | "adminUp" | "operState" | "mtu" | "master"
>;

/** The links as they are at this moment, without what their hardware is. */
export const parseLinkState = (stdout: string): Outcome<LinkState[]> =>
  guarded(() => {
    const from = sections(stdout, "linkstate");
    const files = filesOf(linesOf(from, "files"));
    const symlinks = symlinksOf(linesOf(from, "symlinks"));
    const names = [...files.keys()].flatMap((path) => /^\/sys\/class\/net\/([^/]+)\/flags$/.exec(path)?.[1] ?? []);
    if (names.length === 0) throw new BadAnswer("it names no network link");
    return names.slice(0, 4096).map((raw) => {
      const name = identity(raw, 32, "a link name");
      const read = (attribute: string): string | null => files.get(`/sys/class/net/${raw}/${attribute}`)?.[0] ?? null;
      const address = macOf(read("address"));
      return {
        name,
        address,
        permanentAddress: macOf(read("bonding_slave/perm_hwaddr")) ?? (read("addr_assign_type") === "0" ? address : null),
        carrier: carrierOf(read("carrier")),
        speedMbps: integer(read("speed"), 10_000_000) || null,
        ...stateOf(read),
        master: cosmetic(symlinks.get(`/sys/class/net/${raw}/master`)?.split("/").at(-1), 32),
      };
    });
  });

export type Reach = "there" | "refused" | "gone" | "unknown";

/** What a machine says of another one. */
export function parseReach(stdout: string, ip: string): Outcome<Reach> {
  const [, said] = /^@@reach 1\n(there|refused|gone|unknown)\n?$/.exec(stdout) ?? [];
  return said ? done(said as Reach) : refuse("bad-answer", `The answer of ${ip} to “reach” could not be read.`); // the pattern has no other words
}
