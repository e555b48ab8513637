/** From values to colours: nice numbers, scales, shades, and what a value is called on the legend and in a cell. */
import { formatBytes, formatDisk, formatPercent, formatRate } from "./units";

export type Unit = "share" | "count" | "bytes" | "disk" | "rate";

/** Whether it is read from a machine again and again, or built into it. */
export const isSampled = (unit: Unit): boolean => unit === "share" || unit === "rate";

const FORMATS: Record<Unit, (value: number) => string> = {
  share: formatPercent,
  count: (value) => String(Math.round(value)),
  bytes: formatBytes,
  disk: formatDisk,
  rate: formatRate,
};
export const formatValue = (unit: Unit, value: number): string => FORMATS[unit](value);

/** How far apart two values are: shares differ by points. */
export const formatDistance = (unit: Unit, value: number): string =>
  unit === "share" ? `${Math.round(value * 100)} points` : formatValue(unit, value);

const BASES: Record<Unit, number> = { share: 1, count: 1, bytes: 1024, disk: 1000, rate: 1000 };

/** The largest unit that is not above `value`; 1 where there are no units. */
function unitSize(unit: Unit, value: number): number {
  const base = BASES[unit];
  if (unit === "share") return 0.01;
  let size = 1;
  while (base > 1 && value / size >= base) size *= base;
  return size;
}

const RATE_LETTERS = ["", "k", "M", "G", "T"];
/** Three digits and a letter, which is wider than they are. */
const RATE_ROOM = 5;

/**
 * A value as few digits, in the unit of the top of its scale, so that cells compare: 0.71 of 1 is "71". A rate in its own unit, where there
 * is room for so many characters: on a scale of tenfolds the quiet ones would all be "0.0".
 */
export function shortValue(unit: Unit, value: number, top: number, room = 0): string {
  if (unit === "rate" && room >= RATE_ROOM) {
    const size = unitSize(unit, Number(value.toPrecision(2))); // 999.6 M is 1.0 G
    return `${fewDigits(value / size)}${RATE_LETTERS[Math.round(Math.log(size) / Math.log(BASES.rate))] ?? ""}`;
  }
  // Of 1 TiB in GiB: half of it is 512 and not 0.5.
  const scaled = value / unitSize(unit, top / 2);
  return unit === "share" ? String(Math.round(scaled)) : fewDigits(scaled);
}
// From 9.95 on, one place behind the point would make it 10.0.
const fewDigits = (value: number): string => (value >= 9.95 || Number.isInteger(value) ? String(Math.round(value)) : value.toFixed(1));

const STEPS = [1, 2, 5, 10];
/** The end of a scale lies no further away than it must. */
const FINE_STEPS = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** 1, 2 or 5 times a power of ten (upwards and downwards finer), counted in the value's own unit: memory in GiB, not in bytes. */
export function niceNumber(unit: Unit, value: number, round: "nearest" | "up" | "down"): number {
  if (!(value > 0)) return 0;
  const size = unit === "share" ? 1 : unitSize(unit, value);
  const decade = 10 ** Math.floor(Math.log10(value / size));
  const rest = value / size / decade;
  if (round === "down") return (FINE_STEPS.findLast((one) => one <= rest + 1e-9) ?? 1) * decade * size;
  // Half way between two of them is where their ratios are equal.
  const step =
    round === "up"
      ? FINE_STEPS.find((one) => one >= rest - 1e-9)
      : STEPS.find((one, at) => rest <= Math.sqrt(one * (STEPS[at + 1] ?? one)));
  return (step ?? 10) * decade * size;
}

/** What lies at the two ends of the legend. `log`: every tenfold takes the same room, and `min` is above 0. */
export type Scale = { min: number; max: number; log: boolean };

const LEAST_RATE = 1e6;

export function scaleOf(unit: Unit, values: Float64Array): Scale {
  if (unit === "share") return { min: 0, max: 1, log: false };
  let top = 0;
  for (const value of values) if (value > top) top = value; // not a number is never above
  if (unit !== "rate") return { min: 0, max: niceNumber(unit, top, "up") || 1, log: false };
  return { min: LEAST_RATE, max: Math.max(10 * LEAST_RATE, 10 ** Math.ceil(Math.log10(top || 1) - 1e-9)), log: true };
}

/** Of the full scale: the noise of a quiet region must not look like an imbalance. */
const LEAST_SHARE = 0.1;
const PARTS = 5;

/** From about the least of the values to about the largest: differences show that the full scale swallows. The full one where nothing was measured. */
export function fittedScaleOf(unit: Unit, values: Float64Array): Scale {
  const full = scaleOf(unit, values);
  let [least, top] = [Infinity, -Infinity];
  for (const value of values) {
    // Not a number is neither.
    if (value < least) least = value;
    if (value > top) top = value;
  }
  if (top < least) return full;
  if (full.log) {
    const max = Math.max(niceNumber(unit, top, "up"), 10 * full.min);
    return { min: Math.min(Math.max(niceNumber(unit, least, "down"), full.min), max / 10), max, log: true };
  }
  const room = Math.max(top - least, full.max * LEAST_SHARE);
  const step = niceNumber(unit, room / PARTS, "up");
  const down = (value: number): number => Math.floor(value / step + 1e-9) * step;
  const up = (value: number): number => Math.ceil(value / step - 1e-9) * step;
  // Not beyond the full one: nothing is used to more than all of it.
  const max = Math.min(full.max, up(Math.max(top, down(least) + room)));
  return { min: Math.max(0, down(Math.min(least, max - room))), max, log: false };
}

/** `before` as long as the values lie within it and fill half of it: a scale that moves with every sample makes colours mean nothing. */
export function steadyScale(before: Scale, next: Scale): Scale {
  if (before.log !== next.log || next.min < before.min || next.max > before.max) return next;
  return positionOf(next.max, before) - positionOf(next.min, before) >= 0.5 ? before : next;
}

/** From 0 to 1; what lies outside is cut there. */
export function positionOf(value: number, { min, max, log }: Scale): number {
  const share = log ? Math.log(Math.max(value, min) / min) / Math.log(max / min) : (value - min) / (max - min);
  return Math.min(1, Math.max(0, share));
}

export const valueAt = (position: number, { min, max, log }: Scale): number =>
  log ? min * (max / min) ** position : min + position * (max - min);

/** Colours of the ramp, from low to high; the one after them is for what was not measured. */
export const SHADES = 64;
export const NO_DATA = SHADES;

/** One shade a value. 100,000 in less than a millisecond. */
export function shadesOf(values: Float64Array, scale: Scale, shades = new Uint8Array(values.length)): Uint8Array {
  const { min, max, log } = scale;
  const factor = (SHADES - 1) / (log ? Math.log(max / min) : max - min);
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? NaN;
    if (Number.isNaN(value)) shades[index] = NO_DATA;
    else {
      const at = (log ? Math.log(value < min ? 1 : value / min) : value - min) * factor + 0.5;
      shades[index] = at < 0 ? 0 : at > SHADES - 1 ? SHADES - 1 : at;
    }
  }
  return shades;
}
