"use client";

import { memo, useLayoutEffect, useRef } from "react";
import { createPainter } from "./heatmap-paint";
import type { HeatmapLook, HeatmapScene } from "./heatmap-scene";

type CanvasProps = {
  /** Null while there is nothing to show: the canvas stays, hidden. */
  scene: HeatmapScene | null;
  look: HeatmapLook | null;
  /** Of the device to the page. */
  scale: number;
  className: string;
};

/** One picture of any number of cells. It is for eyes alone: who shows it says in words what it shows. */
export const HeatmapCanvas = memo(function HeatmapCanvas({ scene, look, scale, className }: CanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const paint = useRef<ReturnType<typeof createPainter>>(undefined);
  useLayoutEffect(() => {
    if (!canvas.current || !scene || !look) return;
    paint.current ??= createPainter(canvas.current);
    paint.current(scene, look);
  }, [scene, look]);
  return (
    <canvas
      ref={canvas}
      aria-hidden
      className={className}
      hidden={!scene}
      style={{ width: (scene?.width ?? 0) / scale, height: (scene?.height ?? 0) / scale }}
    />
  );
});
