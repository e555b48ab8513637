import { describe, expect, it } from "vitest";
import { growth, isTooSoon, measure, type Reading } from "./reading";

const GIB = 2 ** 30;
const reading = (facts: Partial<Reading> = {}): Reading => ({
  bootId: "one",
  uptime: 1000,
  cpu: { total: 10_000, idle: 9000 },
  memory: { totalBytes: 64 * GIB, availableBytes: 48 * GIB },
  load: 1.5,
  links: new Map([["eth0", { rx: "1000000", tx: "500", carrier: true }]]),
  disks: new Map([["sda", { read: "100", written: "200", busyMs: "5000" }]]),
  ...facts,
});
const link = (rx: string, tx = "500") => ({ rx, tx, carrier: true });

const LATER = reading({
  uptime: 1010,
  cpu: { total: 14_000, idle: 12_000 },
  load: 2,
  links: new Map([["eth0", link("13500000", "10000500")]]),
  disks: new Map([["sda", { read: "20100", written: "200", busyMs: "7500" }]]),
});

describe("measure", () => {
  it("gives rates per second of the machine's own time", () =>
    expect(measure(reading(), LATER)).toEqual({
      cpu: 0.25,
      memory: 0.25,
      networkRx: 10_000_000,
      networkTx: 8_000_000,
      diskRead: 1_024_000,
      diskWrite: 0,
      diskBusy: 0.25,
      load: 2,
    }));
  it("knows what needs no second reading from the first", () =>
    expect(measure(null, reading())).toEqual({
      cpu: null,
      memory: 0.25,
      networkRx: null,
      networkTx: null,
      diskRead: null,
      diskWrite: null,
      diskBusy: null,
      load: 1.5,
    }));
  it.each([
    ["uptime that fell", { uptime: 5 }],
    ["another boot", { uptime: 1010, bootId: "two" }],
    ["no time between", { uptime: 1000 }],
    ["too little time between", { uptime: 1000.99 }],
    ["too much time between", { uptime: 1100 }],
  ])("says nothing of rates after %s", (_, facts) => expect(measure(reading(), { ...LATER, ...facts }).cpu).toBeNull());
  it("waits for a later reading where this one came too soon, and not where the machine was started anew", () => {
    const after = (facts: Partial<Reading>) => isTooSoon(reading(), { ...LATER, ...facts });
    expect([after({ uptime: 1000.5 }), after({ uptime: 1001 }), after({ uptime: 5 }), after({ uptime: 1000.5, bootId: "two" })]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(isTooSoon(null, reading())).toBe(false);
  });
  it("goes by the machine's uptime when a boot id is missing", () => expect(measure(reading({ bootId: null }), LATER).cpu).toBe(0.25));
  it("leaves out what is missing, and nothing else", () => {
    const measured = measure(reading({ cpu: null }), { ...LATER, memory: null, load: null, disks: new Map() });
    expect(measured).toMatchObject({ cpu: null, memory: null, load: null, diskRead: null, diskBusy: null, networkRx: 10_000_000 });
  });
  it("counts a link that came or went from its second reading on", () => {
    const more = new Map([...LATER.links, ["eth1", link("99999999999")]]);
    expect(measure(reading(), { ...LATER, links: more }).networkRx).toBe(10_000_000);
    expect(measure({ ...LATER, uptime: 1000, links: more }, LATER).networkRx).toBe(0);
  });
  it("has a gap when a counter began anew", () =>
    expect(measure(reading(), { ...LATER, links: new Map([["eth0", link("12")]]) })).toMatchObject({ networkRx: null, networkTx: 0 }));
  it("does not believe a counter that jumps faster than any hardware", () =>
    expect(measure(reading(), { ...LATER, links: new Map([["eth0", link("900000000000000")]]) }).networkRx).toBeNull());
  it("does not believe a disk either: its counter is in sectors", () =>
    expect(
      measure(reading(), { ...LATER, disks: new Map([["sda", { read: "9000000000000", written: "200", busyMs: "5000" }]]) }),
    ).toMatchObject({ diskRead: null, diskWrite: 0 }));
  it("bears idle time that falls back by a tick", () =>
    expect(measure(reading(), { ...LATER, cpu: { total: 10_100, idle: 8999 } }).cpu).toBe(1));
  it("does not divide by a processor that stands still", () =>
    expect(measure(reading(), { ...LATER, cpu: { total: 10_000, idle: 9000 } }).cpu).toBeNull());
});

describe("growth", () => {
  it.each([
    ["10", "25", 15],
    ["4294967290", "4", 10],
    ["4294967290", "3294967290", null],
    ["1000", "4", null],
    ["99999999999", "4", null],
    ["18446744073709551000", "18446744073709551615", 615],
    ["18446744073709551000", "5", null],
    ["999999999999999", "1000000000000009", 10],
  ])("from %s to %s is %s", (before, now, expected) => expect(growth(before, now)).toBe(expected));
});
