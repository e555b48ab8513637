import { describe, expect, it } from "vitest";
import { RegionSettings } from "./settings";
import { bytesPerDay, LEVEL_PATHS } from "./kept-size";
import { LEVELS } from "./levels";
import { boundsOf, defaultOf, judged, schemaPaths, valueAt, withValue } from "./settings-judge";
import { REGION_PAGES, type RegionPage } from "./settings-pages";
import {
  changeWords,
  groupsOf,
  meantBy,
  pathsOf,
  rowOf,
  SETTING_GROUPS,
  SETTING_PATHS,
  SETTINGS,
  TAKES_EFFECT,
  typedOf,
  worded,
  type SettingGroup,
} from "./settings-table";

const PAGES = Object.keys(REGION_PAGES) as RegionPage[];
const GROUPS = Object.keys(SETTING_GROUPS) as SettingGroup[];

describe("the table of settings", () => {
  it("has a row for every setting of the schema, and no other", () => {
    expect(SETTING_PATHS.toSorted()).toEqual(schemaPaths().toSorted());
    expect(SETTING_PATHS.length).toBeGreaterThan(30);
  });

  it("puts every setting onto one page", () => {
    expect(PAGES.flatMap(groupsOf).flatMap(pathsOf).toSorted()).toEqual(SETTING_PATHS.toSorted());
    for (const group of GROUPS) expect(pathsOf(group).length, group).toBeGreaterThan(0);
  });

  it("names each of a group differently, and says in sentences what each does", () => {
    for (const group of GROUPS) expect(new Set(pathsOf(group).map((path) => rowOf(path).label)).size, group).toBe(pathsOf(group).length);
    for (const { help, label } of Object.values(SETTINGS)) {
      expect(help).toMatch(/^[A-Z].*\.$/);
      expect(label).toMatch(/^[A-Zv][^.]*$/);
    }
    for (const sentence of Object.values(TAKES_EFFECT)) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });

  it("has bounds for each number, and choices that the schema takes", () => {
    for (const path of SETTING_PATHS) {
      const row = rowOf(path);
      if ("unit" in row) expect(boundsOf(path), path).not.toBeNull();
      if ("choices" in row) for (const { value } of row.choices) expect(judged(path, String(value)), path).toEqual({ ok: true, value });
      expect("switch" in row, path).toBe(typeof defaultOf(path) === "boolean");
    }
  });

  it.each(SETTING_PATHS)("%s: its default, least and most are typed and read back, what is beyond is refused in words", (path) => {
    const bounds = boundsOf(path);
    const row = rowOf(path);
    const values = [defaultOf(path), ...("unit" in row && bounds ? [bounds.least, bounds.most] : [])];
    for (const value of values) expect(judged(path, typedOf(path, value))).toEqual({ ok: true, value });
    if (!("unit" in row) || !bounds) return;
    for (const value of [bounds.least - 1, bounds.most + 1, Number.NaN])
      expect(judged(path, typedOf(path, value))).toMatchObject({
        ok: false,
        code: "bad-setting",
        field: path,
        reason: expect.stringMatching(/ is from .* to .*\.$/) as string,
      });
    if (bounds.whole)
      expect(judged(path, String(bounds.least + 0.5))).toMatchObject({ ok: false, reason: `${row.label} is a whole number.` });
  });
});

describe("a setting", () => {
  it("is shown and typed in the administrator's unit", () => {
    expect(worded("requirements.memoryGiB", 1024.5)).toBe("1,024.5 GiB");
    expect(worded("fencing.isolatedShare", 0.55)).toBe("55 %");
    expect(typedOf("fencing.isolatedShare", 0.55)).toBe("55");
    expect(meantBy("fencing.isolatedShare", " 55 ")).toBe(0.55);
    expect(worded("drainDeadline", "rollback")).toBe("Go back");
    expect(worded("notify.dailyAt", 8)).toBe("08:00 UTC");
    expect(meantBy("requirements.architectures", " x86_64,  riscv64 ")).toEqual(["x86_64", "riscv64"]);
    expect(changeWords("fencing.automatic", true, false)).toBe("Fence automatically from on to off");
  });

  it.each([
    ["requirements.minKernel", "newest", "Write a kernel version as in 5.10."],
    ["requirements.architectures", " ", "Name at least one architecture and at most 16, each with up to 32 characters."],
    ["sampling.intervalSeconds", "15", "Choose one of the values of Interval."],
    ["drainDeadline", "", "Choose one of the values of When it takes too long."],
    ["requirements.threads", "", "vCPUs is a number. vCPUs is from 1 to 65,536 logical CPUs."],
    ["requirements.threads", "1e9", "vCPUs is from 1 to 65,536 logical CPUs."],
    ["requireManualApproval", "yes", "Choose one of the values of Require manual approval."],
  ] as const)("%s refuses %j: %s", (path, typed, reason) => expect(judged(path, typed)).toMatchObject({ ok: false, field: path, reason }));

  it("is stored only where it differs from its default, beside what else is stored", () => {
    const stored = { requirements: { threads: 8 }, ofALaterVersion: 1 };
    const more = withValue(stored, "requirements.memoryGiB", 16);
    expect(more).toEqual({ requirements: { threads: 8, memoryGiB: 16 }, ofALaterVersion: 1 });
    expect(withValue(more, "requirements.memoryGiB", 8)).toEqual(stored);
    expect(withValue(withValue(stored, "requirements.threads", 4), "drainDeadline", "rollback")).toEqual({
      ofALaterVersion: 1,
      drainDeadline: "rollback",
    });
    expect(withValue({ drainDeadline: "rollback" }, "drainDeadline", "ask")).toEqual({});
    expect(valueAt(RegionSettings.parse(more), "requirements.memoryGiB")).toBe(16);
    expect(valueAt({}, "requirements.memoryGiB")).toBe(8);
  });
});

describe("the room that measurements take", () => {
  it("is one byte a value, of every level its own", () => {
    expect(LEVEL_PATHS.map((path) => path.slice("retention.".length))).toHaveLength(LEVELS.length);
    const perValue = bytesPerDay("retention.hourDays", 10)! / (24 * 3);
    expect(LEVEL_PATHS.map((path) => bytesPerDay(path, 30)! / perValue)).toEqual([2880, 3 * 1440, 3 * 288, 3 * 24]);
    expect(bytesPerDay("retention.sampleDays", 10)! / bytesPerDay("retention.sampleDays", 60)!).toBe(6);
    expect(bytesPerDay("retention.operationDays", 10)).toBeNull();
    // Each level is kept by the setting of its own row.
    for (const [index, path] of LEVEL_PATHS.entries())
      expect(LEVELS[index]!.days({ ...RegionSettings.parse({}).retention, [path.slice("retention.".length)]: 77 })).toBe(77);
  });
});
