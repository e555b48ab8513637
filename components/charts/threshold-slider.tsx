"use client";

import { GripHorizontal } from "lucide-react";
import { useRef, type KeyboardEvent, type PointerEvent } from "react";
import { rounded, stepOf, type Domain } from "./threshold-scale";
import { ROOM } from "./threshold-plot";

type ThresholdSliderProps = {
  label: string;
  value: number;
  domain: Domain;
  /** "Greater than 80 %". */
  words: string;
  /** What stands at the line's end. */
  tag: string;
  /** Left out, the line only shows. */
  onChange?: ((value: number) => void) | undefined;
  /** While it is dragged the axis stands still. */
  onHold?: (held: boolean) => void;
};

const HEIGHT = ROOM.height - ROOM.top - ROOM.bottom;
const PAGE = 10;

/** The threshold's line, which a pointer drags and arrow keys move. */
export function ThresholdSlider({ label, value, domain, words, tag, onChange, onHold }: ThresholdSliderProps) {
  const dragged = useRef(false);
  const { low, high } = domain;
  const step = stepOf(domain);
  const at = Math.min(1, Math.max(0, (value - low) / (high - low)));
  const top = ROOM.top + HEIGHT * (1 - at);
  const line = (
    <>
      <span
        aria-hidden
        className="absolute inset-x-0 top-1/2 end-18 border-t border-dashed border-danger group-focus-visible/threshold:border-t-2"
      />
      <span
        aria-hidden
        className="absolute end-0 top-1/2 inline-flex h-6 w-18 -translate-y-1/2 items-center justify-center gap-1 rounded-sm border border-danger bg-page px-1 text-xs font-medium whitespace-nowrap text-danger group-focus-visible/threshold:outline-2 group-focus-visible/threshold:outline-offset-2 group-focus-visible/threshold:outline-accent"
      >
        {onChange && <GripHorizontal size={12} />}
        {tag}
      </span>
    </>
  );
  const place = "absolute -translate-y-1/2 h-6 left-16 right-2";
  if (!onChange)
    return (
      <div className={place} style={{ top }}>
        {line}
      </div>
    );
  const move = (event: PointerEvent<HTMLDivElement>) => {
    if (!dragged.current) return;
    const box = event.currentTarget.parentElement?.getBoundingClientRect();
    if (!box) return;
    const share = 1 - (event.clientY - box.top - ROOM.top) / HEIGHT;
    onChange(rounded(low + Math.min(1, Math.max(0, share)) * (high - low), step));
  };
  const hold = (held: boolean) => {
    dragged.current = held;
    onHold?.(held);
  };
  const press = (event: KeyboardEvent) => {
    const steps: Partial<Record<string, number>> = {
      ArrowUp: 1,
      ArrowRight: 1,
      ArrowDown: -1,
      ArrowLeft: -1,
      PageUp: PAGE,
      PageDown: -PAGE,
    };
    const by = steps[event.key];
    if (by === undefined && event.key !== "Home" && event.key !== "End") return;
    event.preventDefault();
    if (by === undefined) return onChange(event.key === "Home" ? low : high);
    onChange(rounded((Number.isFinite(value) ? value : 0) + by * step, step));
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuemin={Math.min(low, value)}
      aria-valuemax={Math.max(high, value)}
      aria-valuenow={value}
      aria-valuetext={words}
      className={`${place} group/threshold cursor-ns-resize touch-none outline-none select-none`}
      style={{ top }}
      onKeyDown={press}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        hold(true);
      }}
      onPointerMove={move}
      onPointerUp={() => hold(false)}
      onPointerCancel={() => hold(false)}
    >
      {line}
    </div>
  );
}
