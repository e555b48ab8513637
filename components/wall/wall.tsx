"use client";

import { useMemo, type CSSProperties } from "react";
import type { WallOptions } from "@/lib/domain/wall-options";
import { formatDuration } from "@/lib/domain/units";
import { wallScale, type WallScale } from "@/lib/domain/wall-scale";
import { WALL } from "@/lib/messages/wall";
import type { WallMoment } from "./engine";
import { usePointerIdle, useWakeLock, useWallTheme } from "./use-screen";
import { useWall } from "./use-wall";
import { WallAttention } from "./wall-attention";
import { WallHead } from "./wall-head";
import { WallLegend } from "./wall-legend";
import { WallMap } from "./wall-map";

/** One view of the nodes on a screen where nobody signs in, for weeks: always the same elements, of which those that say nothing are hidden. */
export function Wall({ options }: { options: WallOptions }) {
  const { distance, inches, theme } = options;
  const { moment, refusal } = useWall(options);
  const scale = useMemo(() => wallScale({ distance, inches }), [distance, inches]);
  const idle = usePointerIdle();
  useWallTheme(refusal ? "dark" : theme);
  useWakeLock();
  if (refusal) return <WallNotice title={refusal.reason} hint={refusal.hint} />;
  if (!moment) return <WallNotice title={WALL.connecting} theme={theme} />;
  return (
    <main className="wall" data-theme={theme} data-idle={idle || undefined} style={sizesOf(scale)}>
      <Sheet moment={moment} options={options} scale={scale} />
    </main>
  );
}

function Sheet({ moment, options, scale }: { moment: WallMoment; options: WallOptions; scale: WallScale }) {
  const { orbit, stale, age, progress, turn } = moment;
  const color = options.rotate[turn] ?? moment.view.color;
  // What the view picked of its own scale means nothing on another.
  const { group, label, range, only, color: own } = moment.view;
  const view = useMemo(
    () => (color === own ? { group, label, range, only, color } : { group, label, range: null, only: [], color }),
    [group, label, range, only, color, own],
  );
  return (
    <div className="wall-sheet" style={{ transform: `translate(${orbit.x}vh, ${orbit.y}vh)` }}>
      <WallHead moment={moment} view={view} />
      <p role="status" className="wall-band" hidden={!stale}>
        {stale ? (age === null ? WALL.neverMeasured : WALL.staleData(formatDuration(age))) : "–"}
      </p>
      <div className="wall-body">
        <WallMap moment={moment} view={view} scale={scale} />
        <WallAttention moment={moment} scale={scale} />
      </div>
      <WallLegend moment={moment} view={view} />
      <div aria-hidden className="wall-turn" hidden={progress === null}>
        <span style={{ transform: `scaleX(${progress ?? 0})` }} />
      </div>
    </div>
  );
}

function sizesOf(scale: WallScale): CSSProperties {
  const { text, name, clock, count, legend } = scale;
  const sizes = { text, name, clock, count, legend };
  return Object.fromEntries(Object.entries(sizes).map(([size, vh]) => [`--wall-${size}`, `${vh}vh`])) as CSSProperties; // custom properties
}

/** Instead of a picture: one sentence, and what to do. */
export function WallNotice({ title, hint, theme = "dark" }: { title: string; hint?: string | undefined; theme?: "dark" | "light" }) {
  return (
    <main className="wall wall-notice" data-theme={theme}>
      <div role="status">
        <h1>{title}</h1>
        {hint && <p>{hint}</p>}
      </div>
    </main>
  );
}
