/** The list of virtual machines by a virsh that hangs, is killed, or sees one go. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parseVms } from "@/lib/machines/parse-vms";
import { VMS } from "@/lib/machines/scripts/vms";

const uuid = (digit: number) => `${digit}1111111-1111-4111-8111-111111111111`;
const described = (digit: number) =>
  `echo running; printf "<domain type='kvm'>\\n  <name>vm${digit}</name>\\n  <uuid>${uuid(digit)}</uuid>\\n</domain>\\n\\n"`;

describe.runIf(process.platform === "linux")("the list of virtual machines", () => {
  const folder = mkdtempSync(join(tmpdir(), "regent-virsh-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** A virsh that lists these the first and the next time, and tells of some of them. */
  const names = (first: number[], next: number[], told: number[]) => {
    const program = join(folder, "virsh");
    const listed = (digits: number[]) => `printf '%s\\n' ${digits.map(uuid).join(" ")}`;
    writeFileSync(
      program,
      `case "$*" in
  *" list "*) if [ -e ${folder}/again ]; then ${listed(next)}; else : >${folder}/again; ${listed(first)}; fi ;;
  *dumpxml*) ${told.map(described).join("; ") || ":"} ;;
esac\n`,
    );
    rmSync(join(folder, "again"), { force: true });
    const { stdout } = spawnSync("sh", ["-c", `S="sh ${program}"; T=\n${VMS}\nvms`], { encoding: "utf8" });
    return parseVms(stdout.trimEnd().split("\n"))?.map(({ name }) => name) ?? null;
  };

  it("is whole when each was told of, and when one has gone meanwhile", () => {
    expect(names([1, 2], [1, 2], [1, 2])).toEqual(["vm1", "vm2"]);
    expect(names([1, 2], [1], [1])).toEqual(["vm1"]);
  });

  it("is none when virsh ended before it had told of all", () => {
    expect(names([1, 2, 3], [1, 2, 3], [1])).toBeNull();
    expect(names([1, 2], [1, 2], [])).toBeNull();
  });
});
