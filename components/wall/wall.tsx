"use client";

import { useMemo, type CSSProperties } from "react";
import { useMeasured } from "@/components/nodes/heatmap/use-measured";
import { Button } from "@/components/ui/button";
import { QrCode } from "@/components/ui/qr-code";
import type { WallOptions } from "@/lib/domain/wall-options";
import { formatDuration } from "@/lib/domain/units";
import { pairingPath, screenCode } from "@/lib/domain/wall-pairing";
import { wallScale, type WallScale } from "@/lib/domain/wall-scale";
import { WALL } from "@/lib/messages/wall";
import type { WallMoment } from "./engine";
import { useChime } from "./use-chime";
import { usePointerIdle, useWakeLock, useWallTheme } from "./use-screen";
import { useWall } from "./use-wall";
import { WallAttention } from "./wall-attention";
import { WallHead } from "./wall-head";
import { WallLegend } from "./wall-legend";
import { WallMap } from "./wall-map";

/** One view of the nodes on a screen where nobody signs in, for weeks: always the same elements, of which those that say nothing are hidden. */
export function Wall({ options, build }: { options: WallOptions; build: string }) {
  const { distance, inches, theme, sound } = options;
  const { waits, allow, chime } = useChime(sound);
  const { moment, refusal, pair } = useWall({ options, build, onFailure: chime });
  const scale = useMemo(() => wallScale({ distance, inches }), [distance, inches]);
  const idle = usePointerIdle();
  useWallTheme(refusal ? "dark" : theme);
  useWakeLock();
  if (refusal) return <WallNotice title={refusal.reason} hint={refusal.hint} />;
  if (pair) return <PairNotice token={pair} />;
  if (!moment) return <WallNotice title={WALL.connecting} theme={theme} />;
  return (
    <main className="wall" data-theme={theme} data-idle={idle || undefined} style={sizesOf(scale)}>
      <Sheet moment={moment} options={options} scale={scale} />
      <div className="wall-allow" hidden={!waits}>
        <Button onClick={allow}>{WALL.allowSound}</Button>
      </div>
      <div aria-hidden className="wall-night" hidden={!moment.dimmed} />
    </main>
  );
}

function Sheet({ moment, options, scale }: { moment: WallMoment; options: WallOptions; scale: WallScale }) {
  const { orbit, isolation, stale, age, progress, turn } = moment;
  const color = options.rotate[turn] ?? moment.view.color;
  // What the view picked of its own scale means nothing on another.
  const { group, label, scale: ends, range, only, color: own } = moment.view;
  const view = useMemo(
    () => (color === own ? { group, label, scale: ends, range, only, color } : { group, label, scale: ends, range: null, only: [], color }),
    [group, label, ends, range, only, color, own],
  );
  const measured = useMeasured(moment.rows, view);
  return (
    <div className="wall-sheet" style={{ transform: `translate(${wholePx(orbit.x)}, ${wholePx(orbit.y)})` }}>
      <WallHead moment={moment} view={view} options={options} />
      <p role="status" className="wall-band" data-tone="danger" hidden={!isolation}>
        {isolation ? WALL.isolated(isolation) : "–"}
      </p>
      <p role="status" className="wall-band" data-tone="warning" hidden={!stale}>
        {stale ? (age === null ? WALL.neverMeasured : WALL.staleData(formatDuration(age))) : "–"}
      </p>
      <div className="wall-body">
        <WallMap moment={moment} view={view} measured={measured} scale={scale} />
        <WallAttention moment={moment} scale={scale} />
      </div>
      <WallLegend moment={moment} view={view} measured={measured} />
      <div aria-hidden className="wall-turn" hidden={progress === null}>
        <span style={{ transform: `scaleX(${progress ?? 0})` }} />
      </div>
    </div>
  );
}

/** Of hundredths of the screen's height, whole pixels of the device: between two of them a canvas is blurred, and a thin frame is grey. */
const wholePx = (vh: number): string => `${Math.round((vh / 100) * innerHeight * devicePixelRatio) / devicePixelRatio}px`;

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

/** A screen without a link: whoever may make one scans it, because nobody types a token with a remote control. */
function PairNotice({ token }: { token: string }) {
  return (
    <main className="wall wall-notice" data-theme="dark">
      <div role="status">
        <h1>{WALL.unpaired}</h1>
        <p>{WALL.pair}</p>
        <QrCode text={`${location.origin}${pairingPath(token)}`} name={WALL.pairQr} className="wall-qr" />
        <p className="font-mono">{WALL.pairCode(screenCode(token))}</p>
      </div>
    </main>
  );
}
