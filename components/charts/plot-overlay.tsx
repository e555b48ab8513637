"use client";

import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { middleOf, pointAt, shareOf, type ChartTime } from "./chart";
import { useCrosshair, useMoment } from "./crosshair";

type PlotOverlayProps = {
  /** What a screen reader calls the moment's slider. */
  label: string;
  time: ChartTime;
  /** What is at a point, in words. */
  describe: (point: number) => string;
  onZoom: (from: number, to: number) => void;
  onStep: (step: "in" | "out", at: number) => void;
};

/** Shorter than this part of the plot, a drag was a click. */
const LEAST_DRAG = 0.01;

const percent = (share: number): string => `${Math.min(100, Math.max(0, share * 100))}%`;

/**
 * What moves above a drawn chart: the crosshair of all charts, and the span that is being dragged. A slider, unseen but with a focus
 * ring, brings the keyboard: arrows move the moment, + and - zoom there, Escape lets go.
 */
export function PlotOverlay({ label, time, describe, onZoom, onStep }: PlotOverlayProps) {
  const crosshair = useCrosshair();
  const area = useRef<HTMLDivElement>(null);
  // Parts of the plot, from 0 to 1: an answer that comes while somebody drags changes the scale, and not what he drags over.
  const [drag, setDrag] = useState<{ begin: number; end: number } | null>(null);
  const placeOf = ({ clientX }: PointerEvent): number => {
    const { left, width } = area.current?.getBoundingClientRect() ?? { left: 0, width: 1 };
    return Math.min(1, Math.max(0, (clientX - left) / width));
  };
  const momentOf = (share: number): number => time.from + share * (time.to - time.from);
  const drop = () => {
    setDrag(null);
    crosshair.drag(false);
  };
  // A page that is left in the middle of it holds nothing any more.
  useEffect(() => () => crosshair.drag(false), [crosshair]);
  const press = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const begin = placeOf(event);
    setDrag({ begin, end: begin });
    crosshair.drag(true);
  };
  const release = () => {
    if (!drag) return;
    const [from, to] = [Math.min(drag.begin, drag.end), Math.max(drag.begin, drag.end)];
    drop();
    if (to - from < LEAST_DRAG) return;
    crosshair.look(null);
    onZoom(momentOf(from), momentOf(to));
  };
  return (
    <div
      ref={area}
      role="presentation"
      className="absolute top-2 right-(--plot-right) bottom-5.5 left-16 cursor-crosshair touch-pan-y rounded-sm select-none has-focus-visible:outline-2 has-focus-visible:outline-accent"
      onPointerDown={press}
      onPointerMove={(event) => {
        const end = placeOf(event);
        if (drag) setDrag({ ...drag, end });
        crosshair.look(momentOf(end));
      }}
      onPointerUp={release}
      onPointerCancel={drop}
      onPointerLeave={() => !drag && crosshair.look(null)}
    >
      <MomentSlider label={label} time={time} describe={describe} onStep={onStep} onEscape={drop} />
      <MomentLine time={time} />
      {drag && (
        <div
          aria-hidden
          className="pointer-events-none absolute inset-y-0 border-x border-accent bg-accent/15"
          style={{
            left: percent(Math.min(drag.begin, drag.end)),
            right: percent(1 - Math.max(drag.begin, drag.end)),
          }}
        />
      )}
    </div>
  );
}

/** Drawn in every chart, so that a moment is compared. */
function MomentLine({ time }: { time: ChartTime }) {
  const at = useMoment();
  if (at === null || at < time.from || at > time.to) return null;
  return (
    <div aria-hidden className="pointer-events-none absolute inset-y-0 border-s border-ink" style={{ left: percent(shareOf(time, at)) }} />
  );
}

type MomentSliderProps = Pick<PlotOverlayProps, "label" | "time" | "describe" | "onStep"> & { onEscape: () => void };

function MomentSlider({ label, time, describe, onStep, onEscape }: MomentSliderProps) {
  const crosshair = useCrosshair();
  const at = useMoment();
  const point = (at === null ? null : pointAt(time, at)) ?? time.count - 1;
  const look = (to: number) => crosshair.look(Math.min(time.to, Math.max(time.from, middleOf(time, to))));
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      onEscape();
      crosshair.look(null);
    }
    // With a modifier they are the browser's: it zooms the page.
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { "+": "in", "=": "in", "-": "out" }[event.key] as "in" | "out" | undefined; // of three keys
    if (!step) return;
    event.preventDefault();
    onStep(step, at ?? middleOf(time, point));
  };
  return (
    <input
      type="range"
      aria-label={label}
      aria-valuetext={describe(point)}
      min={0}
      max={time.count - 1}
      value={point}
      className="pointer-events-none absolute inset-0 m-0 size-full opacity-0"
      onFocus={() => look(point)}
      onBlur={() => crosshair.look(null)}
      onChange={({ target }) => look(Number(target.value))}
      onKeyDown={keys}
    />
  );
}
