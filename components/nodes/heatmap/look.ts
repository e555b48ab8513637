/** How nodes look on a canvas: the colours of the page, and the glyph of every status. */
import { ramp, type Rgb } from "@/components/charts/colors";
import type { BadgeLook, HeatmapLook } from "@/components/charts/heatmap-scene";
import type { CanvasColors } from "@/components/charts/use-canvas-colors";
import type { Tone } from "@/components/ui/tone";
import type { ColorId, LabelId } from "@/lib/domain/heatmap-choices";
import { SHADES } from "@/lib/domain/heatmap-scale";
import { READINESS, type ReadinessId } from "@/lib/domain/readiness";
import { NODE_STATUS_IDS } from "@/lib/domain/status";
import { statusLook } from "../status-badge";
import { GLYPH_PATHS, READINESS_PATHS } from "./glyphs";
import { deskText } from "./label-size";

const RAMP = ["ramp-1", "ramp-2", "ramp-3", "ramp-4", "ramp-5"] as const;
const TONES = ["positive", "progress", "planned", "fresh", "warning", "danger", "isolated", "neutral"] as const satisfies readonly Tone[];
const ON = TONES.map((tone) => `on-${tone}` as const);
export const COLOR_NAMES = [...RAMP, ...TONES, ...ON, "accent", "line", "hover"] as const;
export type HeatmapColors = CanvasColors<(typeof COLOR_NAMES)[number] | "page" | "ink">;

export const READINESS_TONES: Record<ReadinessId, Tone | null> = {
  ready: "positive",
  noRoom: "danger",
  refused: "warning",
  unknown: null,
  apart: "neutral",
};
// The keys of a constant object are exactly its own literal keys.
export const READINESS_IDS = Object.keys(READINESS) as ReadinessId[];

type KnownTone = (typeof TONES)[number];
const known = (tone: Tone): KnownTone => TONES.find((one) => one === tone) ?? "neutral";

/** By place: shades and then no data, statuses in the order of their table, or readiness in that of its own. */
function paletteOf(color: ColorId, colors: HeatmapColors): Rgb[] {
  if (color === "status") return NODE_STATUS_IDS.map((status) => colors[known(statusLook(status).tone)]);
  if (color === "readiness") return READINESS_IDS.map((id) => (READINESS_TONES[id] ? colors[known(READINESS_TONES[id])] : colors.hover));
  return [
    ...ramp(
      RAMP.map((name) => colors[name]),
      SHADES,
    ),
    colors.hover,
  ];
}

/** One badge a status, in the order of their table. On a cell that has the colour of the status, the glyph alone. For readiness see there. */
function badgesOf(color: ColorId, colors: HeatmapColors): BadgeLook[] {
  if (color === "readiness") return readinessBadges(badgesOf("used-cpu", colors), colors);
  return NODE_STATUS_IDS.map((status) => {
    const { tone, weight } = statusLook(status);
    const [fill, on] = [colors[known(tone)], colors[`on-${known(tone)}`]];
    const shown = color === "status" ? "plain" : weight === "solid" ? "solid" : "outline";
    return { path: GLYPH_PATHS[status], tone: fill, on, weight: shown };
  });
}

/** By status, and for each in the order of READINESS, see readinessBadge(). Who is not in service is said by the status alone. */
function readinessBadges(statuses: readonly BadgeLook[], colors: HeatmapColors): BadgeLook[] {
  return NODE_STATUS_IDS.flatMap((status, at) =>
    READINESS_IDS.map((id): BadgeLook => {
      const tone = READINESS_TONES[id];
      const [fill, on, path] = tone
        ? [colors[known(tone)], colors[`on-${known(tone)}`], READINESS_PATHS[id]]
        : [colors.hover, colors.ink, READINESS_PATHS[id]];
      const ofStatus = statuses[at];
      if (status === "Active" || !ofStatus) return { path, tone: fill, on, weight: "plain" };
      return id === "apart" ? ofStatus : { ...ofStatus, beside: { path, on } };
    }),
  );
}

type Paper = { scale: number; font: string; label: LabelId };

export function heatmapLook(color: ColorId, colors: HeatmapColors, { scale, font, label }: Paper): HeatmapLook {
  const { page, ink, accent } = colors;
  return { palette: paletteOf(color, colors), badges: badgesOf(color, colors), page, ink, accent, font, scale, text: deskText(label) };
}
