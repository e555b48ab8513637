"use client";

import { useId, useMemo, useState } from "react";
import type { ChartMark } from "@/components/charts/chart";
import { Crosshair, CrosshairContext, useHeld } from "@/components/charts/crosshair";
import { TimeChart } from "@/components/charts/time-chart";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { useConsole } from "@/components/shell/console-context";
import { useServerNow } from "@/components/shell/live-updates";
import { COMMANDS } from "@/lib/domain/lifecycle";
import { gapsOf } from "@/lib/domain/gaps";
import { fixed, moved, spanOf } from "@/lib/domain/time-range";
import { GAPS, MONITORING } from "@/lib/messages/monitoring";
import type { NodeRow } from "@/lib/services/nodes/read";
import { whyNot } from "../commands";
import { AlarmFromChart } from "../monitoring/alarm-from-chart";
import { chartOf, CHARTS, knownPoints } from "../monitoring/charts";
import { CompareBox } from "../monitoring/compare-box";
import { HappenedList } from "../monitoring/happened";
import { NeverSampled, StaleNote } from "../monitoring/notes";
import { RangeBar } from "../monitoring/range-bar";
import { ShownSpan } from "../monitoring/shown-span";
import { useHistory, type ReadHistory } from "../monitoring/use-history";
import { useRange } from "../monitoring/use-range";

const MS = 1000;
const TONES = { info: "neutral", warning: "warning", error: "danger" } as const;

/** What was measured of a node over time, and what happened to it meanwhile. */
export function MonitoringTab({ node, joined }: { node: NodeRow; joined: boolean }) {
  return node.metrics ? (
    <Monitoring node={node} sampledAt={Date.parse(node.metrics.sampledAt) / MS} />
  ) : (
    <NeverSampled node={node} joined={joined} />
  );
}

function Monitoring({ node, sampledAt }: { node: NodeRow; sampledAt: number }) {
  const serverNow = useServerNow();
  const now = () => serverNow() / MS;
  const { range, misread, compare, setRange, setCompare } = useRange();
  const [crosshair] = useState(() => new Crosshair());
  const held = useHeld(crosshair);
  const { read, reason, reading, again, sampledAt: heard } = useHistory(node.id, range, compare, held, sampledAt);
  const { charts, time, marks, gaps, words } = useMemo(() => shown(read, compare), [read, compare]);
  // What was read last may be another span than the one that was asked for since.
  const span = range.kind === "fixed" ? range : (read ?? spanOf(range, now()));
  const reasonId = useId();
  const refused = whyNot("createAlarm", node, useConsole())?.reason;
  return (
    <CrosshairContext value={crosshair}>
      <div className="grid gap-5">
        <StaleNote node={node} sampledAt={heard} />
        <div className="grid gap-2">
          <RangeBar range={range} span={span} now={now} onRange={setRange} />
          <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
            <ShownSpan read={read} live={range.kind === "relative"} />
            <CompareBox compare={compare} onCompare={setCompare} />
          </div>
        </div>
        {misread && (
          <Callout kind="warning" role="status" title={MONITORING.misread.title}>
            {MONITORING.misread.instead}
          </Callout>
        )}
        {reason && (
          <Callout
            kind="danger"
            role="alert"
            title={MONITORING.unread.title}
            actions={<Button onClick={again}>{MONITORING.unread.again}</Button>}
          >
            {reason}
          </Callout>
        )}
        <div
          aria-busy={reading && !read}
          className="grid gap-x-8 gap-y-6 min-[60rem]:grid-cols-2 min-[110rem]:grid-cols-3 min-[190rem]:grid-cols-4"
        >
          {charts.map((chart) => (
            <TimeChart
              key={chart.id}
              chart={chart}
              aside={<AlarmFromChart nodeId={node.id} chart={chart} refused={refused} reasonId={reasonId} />}
              time={time}
              marks={marks}
              gaps={words}
              onZoom={(from, to) => setRange(fixed(from, to, now()))}
              onStep={(step, at) => setRange((known) => moved(known, step, now(), at))}
            />
          ))}
          <div className="grid gap-4 self-start">
            {refused && (
              <p id={reasonId} className="text-sm text-muted">
                {COMMANDS.createAlarm.label}: {refused}
              </p>
            )}
            {read && <HappenedList nodeId={node.id} answer={read.answer} gaps={gaps} />}
          </div>
        </div>
      </div>
    </CrosshairContext>
  );
}

/** What the charts draw of what was read; drawn again only when something else was. */
function shown(read: ReadHistory | null, compare: boolean) {
  const charts = CHARTS.map((row) => chartOf(row, read?.answer ?? null, compare));
  if (!read) return { charts, time: null, marks: [], gaps: [], words: [] };
  const { answer, from, to, asOf } = read;
  const { start, step, marks, statuses, joined } = answer;
  const known = knownPoints(answer);
  const gaps = gapsOf({ known, start, step }, { from, to: Math.min(to, asOf) }, statuses, joined);
  return {
    charts,
    time: { from, to, start, step, count: known.length },
    marks: marks.map(({ id, at, severity, message }): ChartMark => ({ id, at, tone: TONES[severity], text: message })),
    gaps,
    words: gaps.map((gap) => ({ ...gap, label: GAPS[gap.reason] })),
  };
}
