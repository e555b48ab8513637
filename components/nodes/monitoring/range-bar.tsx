"use client";

import { ChevronLeft, ChevronRight, ZoomIn, ZoomOut } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Segments } from "@/components/ui/segments";
import { moved, type RangeId, type TimeRange } from "@/lib/domain/time-range";
import { MONITORING } from "@/lib/messages/monitoring";
import { CustomRange } from "./custom-range";
import type { RangeChange } from "./use-range";

type RangeBarProps = {
  range: TimeRange;
  /** What is shown, seconds since 1970. */
  span: { from: number; to: number };
  now: () => number;
  onRange: (range: RangeChange) => void;
};

/** Which span is shown, and what dragging on a chart does, with buttons. */
export function RangeBar({ range, span, now, onRange }: RangeBarProps) {
  const [asking, setAsking] = useState(false);
  const custom = asking || range.kind === "fixed";
  const choose = (choice: RangeId | "custom") => {
    setAsking(choice === "custom");
    if (choice !== "custom") onRange({ kind: "relative", id: choice });
  };
  const show = (shown: TimeRange) => {
    setAsking(false);
    onRange(shown);
  };
  const step = (which: "earlier" | "later" | "in" | "out") => () => onRange((shown) => moved(shown, which, now()));
  const atNow = range.kind === "relative";
  return (
    <div className="no-print flex flex-wrap items-end gap-x-4 gap-y-3">
      <div className="w-72 max-w-full">
        <Segments legend={MONITORING.range} options={MONITORING.ranges} value={custom ? "custom" : range.id} onChoose={choose} />
      </div>
      <div role="group" aria-label={MONITORING.steps} className="flex gap-1">
        <IconButton name={MONITORING.earlier} onPress={step("earlier")}>
          <ChevronLeft aria-hidden size={16} className="rtl:-scale-x-100" />
        </IconButton>
        <IconButton name={MONITORING.later} onPress={step("later")} refused={atNow ? MONITORING.atNow : undefined}>
          <ChevronRight aria-hidden size={16} className="rtl:-scale-x-100" />
        </IconButton>
        <IconButton name={MONITORING.zoomIn} onPress={step("in")}>
          <ZoomIn aria-hidden size={16} />
        </IconButton>
        <IconButton name={MONITORING.zoomOut} onPress={step("out")}>
          <ZoomOut aria-hidden size={16} />
        </IconButton>
      </div>
      {range.kind === "fixed" ? (
        // What was asked for, and not what is shown until it has been read.
        <CustomRange key={`${range.from} ${range.to}`} span={range} now={now} onShow={show} />
      ) : (
        asking && <CustomRange key="asking" span={span} now={now} onShow={show} />
      )}
    </div>
  );
}

type IconButtonProps = { name: string; onPress: () => void; refused?: string | undefined; children: ReactNode };

function IconButton({ name, onPress, refused, children }: IconButtonProps) {
  return (
    <Button
      size="icon"
      aria-label={name}
      title={refused ? `${name}. ${refused}` : name}
      aria-disabled={refused !== undefined}
      className={refused ? "border-dashed text-muted" : undefined}
      onClick={() => refused ?? onPress()}
    >
      {children}
    </Button>
  );
}
