"use client";

import { memo, useLayoutEffect, useRef } from "react";
import { createPainter } from "./heatmap-paint";
import type { HeatmapLook, HeatmapScene } from "./heatmap-scene";

/** One picture of any number of cells. It is for eyes alone: who shows it says in words what it shows. */
export const HeatmapCanvas = memo(function HeatmapCanvas({ scene, look }: { scene: HeatmapScene; look: HeatmapLook }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const paint = useRef<ReturnType<typeof createPainter>>(undefined);
  useLayoutEffect(() => {
    if (!canvas.current) return;
    paint.current ??= createPainter(canvas.current);
    paint.current(scene, look);
  }, [scene, look]);
  return (
    <canvas
      ref={canvas}
      aria-hidden
      className="heatmap-canvas"
      style={{ width: scene.width / look.scale, height: scene.height / look.scale }}
    />
  );
});
