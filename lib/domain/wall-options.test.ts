import { expect, it } from "vitest";
import { parseWallOptions } from "./wall-options";

const read = (text: string) => parseWallOptions(new URLSearchParams(text));

it("a wall is dark, 55 inches, 5 m away and shows its view's colour", () => {
  expect(read("")).toEqual({ distance: 5, inches: 55, theme: "dark", rotate: [], every: 20, night: null, zone: null, sound: false });
  expect(read("distance=4&inches=1e9&theme=pink&rotate=x,readiness&every=0.1&night=25-6&zone=Nowhere&sound=yes")).toEqual(read(""));
});

it("the address says how it hangs and what it shows in turn", () => {
  expect(
    read(
      "distance=7&inches=75&theme=light&rotate=used-cpu,used-memory,used-cpu,throughput&every=30&night=22:30-6&zone=Europe/Berlin&sound=1",
    ),
  ).toEqual({
    distance: 7,
    inches: 75,
    theme: "light",
    rotate: ["used-cpu", "used-memory", "throughput"],
    every: 30,
    night: { from: 22 * 60 + 30, to: 6 * 60 },
    zone: "Europe/Berlin",
    sound: true,
  });
});

it("a night has two times of the day that are not the same", () => {
  for (const wrong of ["", "22", "22-22", "24-6", "22:60-6", "22:00-6:5", "-1-6", "22:00-06:00 "])
    expect(read(`night=${wrong}`).night, wrong).toBeNull();
  expect(read("night=0-7:05").night).toEqual({ from: 0, to: 425 });
});
