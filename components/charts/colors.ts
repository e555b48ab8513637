/** Colours as numbers: a canvas is painted, and its labels are black or white, by what they are. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Of what the browser computes, `rgb(2, 20, 30)`; anything else is black. */
export function parseRgb(text: string): Rgb {
  const [red = 0, green = 0, blue = 0] = text.startsWith("rgb") ? (text.match(/[0-9.]+/g) ?? []).map(Number) : [];
  return [red, green, blue];
}

export const cssOf = ([red, green, blue]: Rgb, alpha = 1): string => `rgb(${red} ${green} ${blue} / ${alpha})`;

/** `share` of the first, the rest of the second. */
export const mix = (a: Rgb, b: Rgb, share: number): Rgb =>
  [0, 1, 2].map((at) => Math.round((a[at] ?? 0) * share + (b[at] ?? 0) * (1 - share))) as unknown as Rgb; // three of three

/** So many colours from the first stop to the last, evenly. */
export function ramp(stops: readonly Rgb[], count: number): Rgb[] {
  const last = stops.length - 1;
  return Array.from({ length: count }, (_, index) => {
    const at = (index / (count - 1)) * last;
    const left = Math.min(last - 1, Math.floor(at));
    return mix(stops[left + 1] ?? [0, 0, 0], stops[left] ?? [0, 0, 0], at - left);
  });
}

/** As WCAG counts it, from 0 to 1. */
function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map((value) => {
    const share = value / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export const contrast = (a: Rgb, b: Rgb): number => {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
};

/** Whether black is easier to read on it than white. */
export const wantsBlack = (color: Rgb): boolean => contrast(color, [0, 0, 0]) >= contrast(color, [255, 255, 255]);
