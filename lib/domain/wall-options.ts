/** How a screen likes its wall, as it stands in its address; what is not understood is as delivered. What it shows, the link decides. */
import { COLOR_IDS, type ColorId } from "./heatmap-choices";
import { DEFAULT_VIEWING, type Viewing } from "./wall-scale";
import type { Night } from "./wall-time";
import { isTimeZone } from "./zone-time";

export type WallOptions = Viewing & {
  theme: "dark" | "light";
  /** Colours that are shown in turn; empty: that of the view. */
  rotate: ColorId[];
  /** Seconds for each. */
  every: number;
  /** When the screen is dimmed; null: never. */
  night: Night | null;
  /** Where it hangs, as in Europe/Berlin; null: as its browser believes. */
  zone: string | null;
  /** Whether a node that fails is heard. */
  sound: boolean;
};

const DISTANCES = [3, 5, 7];
const INCHES = { least: 24, most: 120 };
const EVERY = { least: 5, most: 3600, usual: 20 };
/** Readiness is asked for by the view alone: it is made by the server. */
const TURNING = COLOR_IDS.filter((id) => id !== "readiness");

export function parseWallOptions(parameters: URLSearchParams): WallOptions {
  const number = (key: string): number => Number(parameters.get(key) ?? NaN);
  const within = (value: number, { least, most }: { least: number; most: number }) => value >= least && value <= most;
  const wanted = (parameters.get("rotate") ?? "").split(",", 20);
  return {
    distance: DISTANCES.find((known) => known === number("distance")) ?? DEFAULT_VIEWING.distance,
    inches: within(number("inches"), INCHES) ? number("inches") : DEFAULT_VIEWING.inches,
    theme: parameters.get("theme") === "light" ? "light" : "dark",
    rotate: [...new Set(wanted)].flatMap((name) => TURNING.filter((id) => id === name)),
    every: within(number("every"), EVERY) ? Math.round(number("every")) : EVERY.usual,
    night: readNight(parameters.get("night") ?? ""),
    zone: [parameters.get("zone") ?? ""].find(isTimeZone) ?? null,
    sound: parameters.get("sound") === "1",
  };
}

/** From and to, as in 22:00-06:30. */
function readNight(text: string): Night | null {
  const found: (string | undefined)[] = /^([01]?\d|2[0-3])(?::([0-5]\d))?-([01]?\d|2[0-3])(?::([0-5]\d))?$/.exec(text) ?? [];
  const [hour, minute, toHour, toMinute] = found.slice(1).map((part) => Number(part ?? "0"));
  if (hour === undefined || minute === undefined || toHour === undefined || toMinute === undefined) return null;
  const night = { from: hour * 60 + minute, to: toHour * 60 + toMinute };
  return night.from === night.to ? null : night;
}
