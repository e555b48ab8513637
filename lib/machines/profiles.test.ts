import { describe, expect, it } from "vitest";
import type { ProfileState } from "@/lib/machines/profiles";
import { joinPlan, packagesOf, profileLines } from "@/lib/machines/profiles";

const DEBIAN = { id: "debian", name: "Debian GNU/Linux 13 (trixie)", version: "13", kernel: "6.12.0", architecture: "x86_64" };
const bare: ProfileState = { manager: "apt-get", packages: {}, units: {} };
const running = { active: "active", enabled: "enabled" };
const stopped = { active: "inactive", enabled: "disabled" };

describe("a Worker", () => {
  it("asks about every package and every unit it may need", () => {
    expect(profileLines("Worker", DEBIAN)).toEqual(
      expect.arrayContaining(["package libvirt-daemon-system", "package qemu-system-x86", "unit libvirtd.socket", "unit virtqemud.socket"]),
    );
  });

  it("on a bare host installs all and starts the units of the family", () => {
    const plan = joinPlan("Worker", DEBIAN, bare);
    expect(plan).toMatchObject({
      ok: true,
      value: {
        install: ["libvirt-daemon-system", "libvirt-clients", "qemu-utils", "qemu-system-x86"],
        units: ["libvirtd.socket", "virtlogd.socket", "libvirtd.service"],
      },
    });
  });

  it("takes the packages of the processor", () => {
    expect(packagesOf("Worker", { ...DEBIAN, architecture: "aarch64" })).toContain("qemu-system-arm");
    expect(packagesOf("Worker", { ...DEBIAN, architecture: "aarch64" })).not.toContain("qemu-system-x86");
  });

  it("on a prepared host does nothing, and never starts a unit the host does not have", () => {
    const packages = Object.fromEntries(packagesOf("Worker", DEBIAN).map((name) => [name, "installed" as const]));
    const state: ProfileState = {
      manager: "apt-get",
      packages,
      units: { "libvirtd.socket": running, "libvirtd.service": running, "virtlogd.socket": "absent" },
    };
    expect(joinPlan("Worker", DEBIAN, state)).toMatchObject({
      value: { install: [], units: ["libvirtd.socket", "libvirtd.service"], start: [] },
    });
  });

  it("uses the daemons the host has, whatever the family prefers", () => {
    const modular: ProfileState = {
      manager: "apt-get",
      packages: {},
      units: { "libvirtd.socket": "absent", "virtqemud.socket": stopped, "virtlogd.socket": running },
    };
    expect(joinPlan("Worker", DEBIAN, modular)).toMatchObject({
      value: { units: ["virtqemud.socket", "virtlogd.socket"], start: ["virtqemud.socket"] },
    });
  });

  it("is refused on systems nobody wrote a row for, by name", () => {
    expect(joinPlan("Worker", { ...DEBIAN, id: "gentoo", name: "Gentoo" }, bare)).toMatchObject({
      code: "system-unsupported",
      reason: expect.stringContaining("Gentoo"),
    });
    expect(joinPlan("Worker", { ...DEBIAN, id: "constructor" }, bare)).toMatchObject({ code: "system-unsupported" });
    expect(joinPlan("Worker", { ...DEBIAN, architecture: "riscv64" }, bare)).toMatchObject({ code: "system-unsupported" });
    expect(joinPlan("Worker", DEBIAN, { ...bare, manager: null })).toMatchObject({ code: "no-package-manager" });
  });
});

describe("a Control node", () => {
  it("needs no packages on any system", () => {
    expect(profileLines("Control", DEBIAN)).toEqual([]);
    expect(joinPlan("Control", { ...DEBIAN, id: "gentoo" }, bare)).toEqual({
      ok: true,
      value: { packages: [], install: [], units: [], start: [] },
    });
  });
});
