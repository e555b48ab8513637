"use client";

import { useMemo, type CSSProperties } from "react";
import { HeatmapCanvas } from "@/components/charts/heatmap-canvas";
import type { HeatmapScene } from "@/components/charts/heatmap-scene";
import { useCanvasColors } from "@/components/charts/use-canvas-colors";
import type { Measured } from "@/components/nodes/heatmap/cells";
import { COLOR_NAMES } from "@/components/nodes/heatmap/look";
import type { HeatmapAddress } from "@/lib/domain/heatmap-choices";
import { COLORS } from "@/lib/domain/heatmap-colors";
import { groupRows, type Group } from "@/lib/domain/heatmap-groups";
import { layOutWall, MOST_GROUPS, PAGE_PX, type WallLayout } from "@/lib/domain/wall-layout";
import type { WallScale } from "@/lib/domain/wall-scale";
import { NUMBER } from "@/lib/messages/counted";
import { WALL, wallWord } from "@/lib/messages/wall";
import { wallCells, wallLook } from "./cells";
import type { WallMoment } from "./engine";
import { attentionOf } from "./summary";
import { useBox, type Box } from "./use-screen";

type MapProps = { moment: WallMoment; view: HeatmapAddress; measured: Measured | null; scale: WallScale };

/** The heatmap: one canvas, and above it the heads of the groups. */
export function WallMap({ moment, view, measured, scale }: MapProps) {
  const [frame, box] = useBox();
  const { rows } = moment;
  const groups = useMemo(() => groupRows(rows, view.group), [rows, view.group]);
  const map = useMap({ moment, view, measured, scale }, groups, box);
  const summary = WALL.summary(rows.length, groups.length, COLORS[view.color].label, attentionOf(rows).length);
  return (
    <section ref={frame} aria-label={WALL.picture} className="wall-map">
      <p className="sr-only">{summary}</p>
      <HeatmapCanvas scene={map?.scene ?? null} look={map?.look ?? null} scale={box?.ratio ?? 1} className="wall-canvas" />
      {Array.from({ length: MOST_GROUPS }, (_, at) => (
        <GroupHead key={at} at={at} groups={groups} layout={map?.layout ?? null} ratio={box?.ratio ?? 1} />
      ))}
      <p className="wall-none" hidden={rows.length > 0}>
        {WALL.noNodes}
      </p>
    </section>
  );
}

function useMap({ moment, view, measured, scale }: MapProps, groups: readonly Group[], box: Box | null) {
  const { rows, now, stale } = moment;
  const order = useMemo(() => Int32Array.from(groups.flatMap(({ members }) => members)), [groups]);
  const counts = groups.map(({ members }) => members.length).join();
  const unit = box ? (box.screen * box.ratio) / PAGE_PX : 0;
  const layout = useMemo(() => {
    if (!box || !unit || !counts) return null;
    const space = { width: (box.width * box.ratio) / unit, height: (box.height * box.ratio) / unit, scale: unit };
    return layOutWall(counts.split(",").map(Number), space, scale, view.group === "status");
  }, [counts, box, unit, scale, view.group]);
  const colors = useCanvasColors(COLOR_NAMES);
  const look = useMemo(
    () => (colors && unit ? wallLook(view, colors, scale, unit, getComputedStyle(document.body).fontFamily) : null),
    [view, colors, scale, unit],
  );
  if (!layout || !look) return null;
  const scene: HeatmapScene = { ...layout, ...wallCells(rows, order, measured, { view, now, stale }) };
  return { layout, look, scene };
}

type HeadProps = { at: number; groups: readonly Group[]; layout: WallLayout | null; ratio: number };

/** There is always the same number of them: those without a group are hidden. */
function GroupHead({ at, groups, layout, ratio }: HeadProps) {
  const head = layout?.head ?? null;
  const block = head === null ? undefined : layout?.blocks[at];
  const group = block && groups[block.group];
  const place: CSSProperties = block
    ? { left: block.x / ratio, top: block.top / ratio, width: block.width / ratio, fontSize: `${head}vh` }
    : {};
  return (
    <h2 className="wall-group" hidden={!group} style={place}>
      <span className="wall-group-name">{group ? wallWord(group.label) : "–"}</span>
      <span className="wall-quiet">{NUMBER.format(group?.members.length ?? 0)}</span>
    </h2>
  );
}
