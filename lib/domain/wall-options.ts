/** How a screen likes its wall, as it stands in its address; what is not understood is as delivered. What it shows, the link decides. */
import { COLOR_IDS, type ColorId } from "./heatmap-choices";
import { DEFAULT_VIEWING, type Viewing } from "./wall-scale";

export type WallOptions = Viewing & {
  theme: "dark" | "light";
  /** Colours that are shown in turn; empty: that of the view. */
  rotate: ColorId[];
  /** Seconds for each. */
  every: number;
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
  };
}
