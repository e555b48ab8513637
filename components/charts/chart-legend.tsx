"use client";

import { useContext, useMemo } from "react";
import { NoData } from "@/components/ui/key-values";
import { TimeZoneContext } from "@/components/ui/time-zone";
import { MONITORING } from "@/lib/messages/monitoring";
import { momentName } from "./axis-time";
import { pointAt, summaryOf, type Chart, type ChartLine, type ChartTime } from "./chart";
import { useMoment } from "./crosshair";
import { LineSample } from "./line-sample";

type ChartLegendProps = { chart: Chart; time: ChartTime | null; headingId: string };

/** The title of a chart and, for each line, its value at the crosshair (or the latest), and least, average and most of what is shown. */
export function ChartLegend({ chart: { title, lines, format }, time, headingId }: ChartLegendProps) {
  return (
    <table className="w-full text-xs [&_:is(td,th)]:py-0.5 [&_:is(td,th):not(:first-child)]:w-[16%] [&_:is(td,th):not(:first-child)]:text-end">
      <thead className="text-muted">
        <tr>
          <th scope="col" className="text-start">
            <h2 id={headingId} className="text-base font-semibold text-ink">
              {title}
            </h2>
          </th>
          <th scope="col" className="font-normal">
            <MomentName time={time} />
          </th>
          {[MONITORING.least, MONITORING.average, MONITORING.most].map((name) => (
            <th key={name} scope="col" className="font-normal">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <LegendRow key={line.id} line={line} time={time} format={format} />
        ))}
      </tbody>
    </table>
  );
}

function LegendRow({ line, time, format }: { line: ChartLine; time: ChartTime | null; format: Chart["format"] }) {
  const summary = useMemo(() => summaryOf(line), [line]);
  return (
    <tr>
      <th scope="row" className="text-start font-normal whitespace-nowrap">
        <LineSample look={line.look} /> <span className="ms-1">{line.label}</span>
      </th>
      <td className="font-medium">
        <ValueAt line={line} time={time} format={format} />
      </td>
      {[summary.least, summary.average, summary.most].map((value, index) => (
        <td key={index} className="text-muted">
          {value === null ? <NoData /> : format(value)}
        </td>
      ))}
    </tr>
  );
}

function ValueAt({ line: { average }, time, format }: { line: ChartLine; time: ChartTime | null; format: Chart["format"] }) {
  const at = useMoment();
  const point = time && at !== null ? pointAt(time, at) : null;
  const value = point === null ? average.findLast((one) => one !== null) : average[point];
  return value === null || value === undefined ? <NoData /> : format(value);
}

function MomentName({ time }: { time: ChartTime | null }) {
  const zone = useContext(TimeZoneContext);
  const at = useMoment();
  return at === null || !time ? MONITORING.latest : momentName(at, time, zone);
}
