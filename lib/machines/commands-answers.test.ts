import { describe, expect, it } from "vitest";
import { parseHypervisorCheck, parseLinkState } from "@/lib/machines/parse-checks";
import {
  parseInstall,
  parseInstallKey,
  parseProfileState,
  parseUnits,
  parseWhoami,
  progressOf,
  unitsRunning,
} from "@/lib/machines/parse-join";

describe("what package managers and systemd say", () => {
  it("a package that is still missing is a refusal with the manager's last word", () => {
    const said =
      "@@packages 1\n@@run\n@@progress Reading the package lists\n@@error E: Unable to locate package qemu-utils\n@@state\npackage libvirt-clients installed\npackage qemu-utils missing\n@@end\n";
    expect(parseInstall(said)).toMatchObject({
      ok: false,
      code: "packages-failed",
      reason: expect.stringContaining('"E: Unable to locate package qemu-utils"'),
    });
    expect(parseInstall(said.replace("utils missing", "utils installed"))).toEqual({
      ok: true,
      value: { packages: ["libvirt-clients", "qemu-utils"] },
    });
  });

  it("progress lines become sentences without control characters", () => {
    expect(progressOf("@@progress Setting up qemu-utils (1:10.0.3)\u001b[0m ...")).toBe("Setting up qemu-utils (1:10.0.3) ...");
    expect(progressOf("Setting up")).toBeNull();
  });

  const units = (state: string): string => `@@units 1\n@@run\n@@progress Starting libvirtd.socket\n@@state\n${state}\n@@end\n`;
  const verdict = (state: string) => {
    const parsed = parseUnits(units(state));
    return parsed.ok ? unitsRunning(["libvirtd.socket", "virtlogd.socket"], parsed.value) : parsed;
  };

  it("a socket counts as running while its service does", () => {
    expect(
      verdict(
        "unit libvirtd.socket loaded inactive dead success\nunit virtlogd.socket loaded active listening success\nunit libvirtd.service loaded active running success",
      ),
    ).toMatchObject({ ok: true });
  });

  it("a failed unit is refused with its last words", () => {
    const failed = verdict(
      "unit libvirtd.socket loaded failed failed service-start-limit-hit\njournal libvirtd.socket libvirtd: no such file\u0007\nunit virtlogd.socket loaded active listening success",
    );
    expect(failed).toMatchObject({
      code: "unit-down",
      reason: 'libvirtd.socket is failed (service-start-limit-hit) on the machine. Its last words: "libvirtd: no such file".',
    });
    expect(verdict("unit libvirtd.socket not-found inactive dead success")).toMatchObject({
      reason: "libvirtd.socket is not installed on the machine.",
    });
  });
});

describe("hypervisorCheck", () => {
  const answer = (version: string, kinds: string): string =>
    `@@hypervisor 1\n@@version\n${version}\n@@capabilities\n${kinds}\n@@nodeinfo\nCPU model:           x86_64\nCPU(s):              8\nMemory size:         24684084 KiB\n@@end\n`;
  const VERSION =
    "Compiled against library: libvirt 11.3.0\nUsing library: libvirt 11.3.0\nUsing API: QEMU 11.3.0\nRunning hypervisor: QEMU 10.0.13";

  it("tells KVM from emulation", () => {
    expect(parseHypervisorCheck(answer(VERSION, "<domain type='kvm'\n<domain type='qemu'"))).toEqual({
      ok: true,
      value: { libvirt: "11.3.0", qemu: "10.0.13", accelerated: true, cpus: 8, memoryBytes: 24_684_084 * 1024 },
    });
    expect(parseHypervisorCheck(answer(VERSION, "<domain type='qemu'"))).toMatchObject({ value: { accelerated: false } });
  });

  it("refuses silence with libvirt's own words, and a host without QEMU", () => {
    const down =
      "error: failed to connect to the hypervisor\nerror: Failed to connect socket to '/var/run/libvirt/libvirt-sock': No such file or directory";
    expect(parseHypervisorCheck(answer(down, ""))).toMatchObject({
      code: "hypervisor-silent",
      reason: "The hypervisor does not answer: Failed to connect socket to '/var/run/libvirt/libvirt-sock': No such file or directory.",
    });
    expect(parseHypervisorCheck(answer(VERSION, ""))).toMatchObject({ code: "hypervisor-empty" });
  });

  it("every parser refuses noise in one sentence", () => {
    for (const parse of [parseWhoami, parseInstallKey, parseProfileState, parseInstall, parseUnits, parseHypervisorCheck, parseLinkState]) {
      for (const noise of ["", "\0", "@@end", "@@whoami 1\n@@end", "x".repeat(2 ** 21)])
        expect(parse(noise)).toMatchObject({ ok: false, code: expect.stringMatching(/^(bad-answer|hypervisor-silent)$/) });
    }
  });
});
