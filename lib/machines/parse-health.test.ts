import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Survey } from "@/lib/domain/survey";
import { parseHealth } from "@/lib/machines/parse-health";
import { parseSurvey } from "@/lib/machines/parse-sample";

const health = (parts: Record<string, string[]>) => parseHealth(new Map(Object.entries(parts)));

describe("what is broken", () => {
  it("is a link that should be up and has no carrier", () => {
    const links = ["link eno1 1", "link ens1f0 0", "link ens1f1 0"];
    expect(health({ links }).linksDown).toEqual(["ens1f0", "ens1f1"]);
    expect(health({ links: ["link eno1 1"] }).linksDown).toEqual([]);
    expect(health({ links: ["link eno1", "link eno2 2", "link a b 0", "eno3 0"] }).linksDown).toBeNull();
  });

  it("is a disk whose SMART status says so, and no disk that could not be asked", () => {
    const told = (...codes: number[]) =>
      health({ disks: codes.map((code, index) => `smart sd${"abcdefghi"[index]} ${code}`) }).disksFailing;
    expect(told(0, 8, 24, 16)).toEqual(["sdb", "sdc"]);
    // Not root, asleep, no SMART, then ended by the deadline and its kill, no such program.
    expect(told(1, 2, 4, 124, 137, 127)).toBeNull();
    expect(told(4, 12)).toEqual(["sdb"]);
  });

  it("is a disk that the kernel gave up, threw out of a mirror, or may not be written any more; each counts once", () => {
    const disks = [
      "state sda offline",
      "state sdb running",
      "state nvme0n1 dead",
      "state nvme1n1 live",
      "readonly sda2",
      "readonly dm-0",
      "smart sda 8",
    ];
    const pools = ["md md1 : active raid1 nvme1n1p1[1](F) sdb1[0]", "md       3586129920 blocks super 1.2 [2/1] [U_]"];
    expect(health({ disks, pools })).toMatchObject({ disksFailing: ["sda", "nvme0n1", "nvme1n1", "dm-0"], poolsDegraded: ["md md1"] });
    expect(health({ disks: ["state sdb running"] }).disksFailing).toEqual([]);
  });

  it("is a pool that lacks a member, counts errors or should run and does not", () => {
    const pools = [
      "md Personalities : [raid1]",
      "md md0 : active raid1 sdb2[1] sda2[0]",
      "md       60817408 blocks super 1.2 [2/2] [UU]",
      "md unused devices: <none>",
      "btrfs ok 0e4b7f0e-5d5d-4f43-9a1c-6f1d6b7c8d9e",
      "btrfs degraded 1e4b7f0e-5d5d-4f43-9a1c-6f1d6b7c8d9e",
      "zfs ONLINE tank",
      "zfs SUSPENDED old pool",
      "libvirt  images        active     yes",
      "libvirt  some images   inactive   yes",
      "libvirt  by hand       inactive   no",
    ];
    expect(health({ pools }).poolsDegraded).toEqual(["btrfs 1e4b7f0e-5d5d-4f43-9a1c-6f1d6b7c8d9e", "zfs old pool", "libvirt some images"]);
    expect(health({ pools: ["libvirt  by hand  inactive  no", "md Personalities :"] }).poolsDegraded).toBeNull();
  });

  it("is null where nothing tells", () => expect(health({})).toEqual({ linksDown: null, disksFailing: null, poolsDegraded: null }));

  it("never harms, whatever a host says", () => {
    const word = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "link",
        "smart",
        "state",
        "readonly",
        "md",
        "libvirt",
        "zfs",
        "0",
        "8",
        "sda",
        "md0 : active",
        "\u001b[31m",
        "\u202e",
        "__proto__",
      ),
    );
    const lines = fc.array(
      fc.array(word, { maxLength: 6 }).map((words) => words.join(" ")),
      { maxLength: 700 },
    );
    fc.assert(
      fc.property(lines, lines, lines, (links, disks, pools) => {
        for (const names of Object.values(health({ links, disks, pools }))) {
          expect(names?.length ?? 0).toBeLessThanOrEqual(512);
          for (const name of names ?? []) expect(name).toMatch(/^[^\p{Cc}\p{Cf}]{1,128}$/u);
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** Debian 13 with a hypervisor: a card without its cable, a pool that should run and does not, a service that failed. */
const CAPTURE = readFileSync(new URL("captures/survey-debian13-broken.txt", import.meta.url), "utf8");

describe("a survey of a real host with broken parts", () => {
  it("names them, and knows nothing of disks that do not tell", () =>
    expect(parseSurvey(CAPTURE)).toMatchObject({
      ok: true,
      value: {
        linksDown: ["lab1"],
        disksFailing: null,
        poolsDegraded: ["libvirt spare"],
        failedServices: ["broken.service"],
        vms: [],
        partitions: [{ mount: "/" }],
      },
    }));
  it("that is cut, doubled or mixed up is refused, or harmless", () => {
    const edit = fc.record({ at: fc.nat(), cut: fc.nat({ max: 60 }), put: fc.string({ maxLength: 30, unit: "binary" }) });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 5 }), (edits) => {
        const text = edits.reduce(
          (now, { at, cut, put }) => now.slice(0, at % now.length) + put + now.slice((at % now.length) + cut),
          CAPTURE,
        );
        const parsed = parseSurvey(text);
        if (parsed.ok) expect(Survey.safeParse(JSON.parse(JSON.stringify(parsed.value))).success).toBe(true);
        else expect(parsed.code).toBe("bad-answer");
      }),
      { numRuns: 300 },
    );
  });
});
