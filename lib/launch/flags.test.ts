import { describe, expect, it } from "vitest";
import { readFlags } from "./flags.mjs";
import { isSupported } from "./node-version.mjs";

describe("readFlags", () => {
  it("listens on loopback, port 3000, unless told otherwise", () => {
    expect(readFlags([], {})).toEqual({ port: 3000, host: "127.0.0.1", empty: false, help: false, version: false });
  });

  it("prefers a flag to the environment", () => {
    expect(readFlags(["--port", "4000", "--host=0.0.0.0"], { PORT: "5000", HOST: "::1" })).toMatchObject({ port: 4000, host: "0.0.0.0" });
    expect(readFlags(["--empty"], { PORT: "5000", HOST: "::1" })).toMatchObject({ port: 5000, host: "::1", empty: true });
  });

  it.each([
    [["--prot", "80"], "Unknown option '--prot'"],
    [["extra"], "Unexpected argument 'extra'"],
    [["--port", "http"], "http is no port"],
    [["--port", "70000"], "70000 is no port"],
    [["--port"], "--port"],
  ])("refuses %j in one sentence", (words, start) => {
    const flags = readFlags(words, {});
    expect(flags).toEqual({ problem: expect.stringContaining(start) });
  });
});

describe("isSupported", () => {
  it.each([
    ["20.19.0", true],
    ["20.18.3", false],
    ["22.12.0", true],
    ["22.11.0", false],
    ["21.7.0", false],
    ["23.11.0", false],
    ["24.0.0", true],
    ["26.1.0", true],
    ["18.20.0", false],
  ])("%s: %s", (version, expected) => {
    expect(isSupported(version)).toBe(expected);
  });
});
