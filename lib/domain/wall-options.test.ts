import { expect, it } from "vitest";
import { parseWallOptions } from "./wall-options";

const read = (text: string) => parseWallOptions(new URLSearchParams(text));

it("a wall is dark, 55 inches, 5 m away and shows its view's colour", () => {
  expect(read("")).toEqual({ distance: 5, inches: 55, theme: "dark", rotate: [], every: 20 });
  expect(read("distance=4&inches=1e9&theme=pink&rotate=x,readiness&every=0.1")).toEqual(read(""));
});

it("the address says how it hangs and what it shows in turn", () => {
  expect(read("distance=7&inches=75&theme=light&rotate=used-cpu,used-memory,used-cpu,throughput&every=30")).toEqual({
    distance: 7,
    inches: 75,
    theme: "light",
    rotate: ["used-cpu", "used-memory", "throughput"],
    every: 30,
  });
});
