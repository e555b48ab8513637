/** The colours that tell something, as app/globals.css has them, for every kind of sight. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { contrast, ramp, wantsBlack, type Rgb } from "./colors";

const CSS = readFileSync("app/globals.css", "utf8");
const hex = (text: string): Rgb => [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16)) as unknown as Rgb; // three of three
const THEMES = ["light", "dark"] as const;

function token(name: string, theme: (typeof THEMES)[number]): Rgb {
  const [, light, dark] = new RegExp(`--color-${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(CSS) ?? [];
  if (!light || !dark) throw new Error(`app/globals.css has no --color-${name}.`);
  return hex(theme === "light" ? light : dark);
}

/** How a colour is seen, in linear light (Machado, Oliveira and Fernandes 2009, whole severity); achromatopsia sees the luminance alone. */
const SIGHTS = {
  usual: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
  achromatopsia: [0.2126, 0.7152, 0.0722, 0.2126, 0.7152, 0.0722, 0.2126, 0.7152, 0.0722],
} as const;
type Sight = keyof typeof SIGHTS;

const linear = (value: number): number => (value <= 10.31475 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4);

function seen(color: Rgb, sight: Sight): readonly number[] {
  const [r = 0, g = 0, b = 0] = color.map(linear);
  const at = (row: number): number => {
    const matrix: readonly number[] = SIGHTS[sight];
    const sum = (matrix[row] ?? 0) * r + (matrix[row + 1] ?? 0) * g + (matrix[row + 2] ?? 0) * b;
    return Math.min(1, Math.max(0, sum));
  };
  return [at(0), at(3), at(6)];
}

/** In OKLab, where equal distances look equally different; 0.02 is just noticed. */
function oklab([r = 0, g = 0, b = 0]: readonly number[]): number[] {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}
const apart = (a: Rgb, b: Rgb, sight: Sight): number => {
  const [one, other] = [oklab(seen(a, sight)), oklab(seen(b, sight))];
  return Math.hypot(...one.map((value, at) => value - (other[at] ?? 0)));
};

const TONES = ["positive", "progress", "planned", "fresh", "warning", "danger", "isolated", "neutral"] as const;
const STOPS = ["ramp-1", "ramp-2", "ramp-3", "ramp-4", "ramp-5"] as const;
const SIGHT_NAMES = Object.keys(SIGHTS) as Sight[]; // its own keys

describe.each(THEMES)("in the %s theme", (theme) => {
  const of = (name: string): Rgb => token(name, theme);

  it.each(TONES)("%s stands out from the page and a panel, and its text can be read", (tone) => {
    for (const ground of ["page", "panel"]) expect(contrast(of(tone), of(ground))).toBeGreaterThanOrEqual(3);
    expect(contrast(of(tone), of(`on-${tone}`))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(SIGHT_NAMES)("the ramp is one of lightness, in equal steps, with %s sight", (sight) => {
    const shades = ramp(STOPS.map(of), 64).map((color) => oklab(seen(color, sight))[0] ?? 0);
    const steps = shades.slice(1).map((light, at) => light - (shades[at] ?? 0));
    const way = Math.sign((shades.at(-1) ?? 0) - (shades[0] ?? 0));
    expect(steps.every((step) => step * way > 0)).toBe(true);
    // From one end to the other and from quarter to quarter: told apart at a glance.
    expect(Math.abs((shades[63] ?? 0) - (shades[0] ?? 0))).toBeGreaterThan(0.6);
    for (const [from, to] of [
      [0, 16],
      [16, 32],
      [32, 47],
      [47, 63],
    ] as const)
      // prettier-ignore
      expect(Math.abs((shades[to] ?? 0) - (shades[from] ?? 0))).toBeGreaterThan(0.13);
  });

  it.each(SIGHT_NAMES)("what wants a person is told from what is well, with %s sight", (sight) => {
    for (const tone of ["danger", "warning", "isolated"] as const) expect(apart(of(tone), of("positive"), sight)).toBeGreaterThan(0.07);
  });

  it("has a hatch for no data that is not a shade of the ramp", () => {
    for (const stop of STOPS) expect(apart(of(stop), of("hover"), "usual")).toBeGreaterThan(0.05);
  });

  it("writes black or white, whichever can be read", () => {
    for (const tone of TONES) expect(wantsBlack(of(tone))).toBe(contrast(of(`on-${tone}`), [0, 0, 0]) < 1.1);
  });
});
