"use client";

import { useState } from "react";
import { Disclosure } from "@/components/ui/disclosure";
import { NoData } from "@/components/ui/key-values";
import { Table, Td, Th } from "@/components/ui/table";
import { TableFrame } from "@/components/ui/table-frame";
import { useAbsoluteTime } from "@/components/ui/time-zone";
import { formatDuration } from "@/lib/domain/units";
import { MONITORING } from "@/lib/messages/monitoring";
import type { Chart, ChartLine, ChartTime } from "./chart";

const MOST_ROWS = 200;
const MS = 1000;

/** The same as text: for who does not see the lines, and for who wants to copy numbers. */
export function ChartTable({ chart, time }: { chart: Chart; time: ChartTime | null }) {
  const [open, setOpen] = useState(false);
  return (
    <Disclosure
      className="-ms-2"
      summary={
        <span className="text-xs text-muted">
          {MONITORING.data} <span className="sr-only">({chart.title})</span>
        </span>
      }
      open={open}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      {open && time && <Rows chart={chart} time={time} />}
    </Disclosure>
  );
}

function Rows({ chart: { title, lines, format }, time: { start, step, count } }: { chart: Chart; time: ChartTime }) {
  const absolute = useAbsoluteTime();
  const each = Math.ceil(count / MOST_ROWS);
  const columns = lines.flatMap((line) => columnsOf(line, each));
  const shown = (value: number | null) => (value === null ? <NoData /> : format(value));
  const rows = Array.from({ length: Math.ceil(count / each) }, (_, row) => row * each).toReversed();
  return (
    <>
      <p className="mb-1.5 text-xs text-muted">{MONITORING.rows(rows.length, formatDuration(each * step * MS))}</p>
      <TableFrame label={`${MONITORING.data}: ${title}`} className="max-h-80">
        <Table>
          <thead>
            <tr>
              <Th>{MONITORING.time}</Th>
              {columns.map(({ header }) => (
                <Th key={header} numeric>
                  {header}
                </Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((first) => (
              <tr key={first}>
                <Th scope="row" className="font-normal!">
                  {absolute(new Date((start + first * step) * MS))}
                </Th>
                {columns.map(({ header, value }) => (
                  <Td key={header} numeric>
                    {shown(value(first))}
                  </Td>
                ))}
              </tr>
            ))}
          </tbody>
        </Table>
      </TableFrame>
    </>
  );
}

type Column = { header: string; value: (first: number) => number | null };

/** Rows of several points have the mean of their averages, the least of their least and the most of their most. */
function columnsOf({ label, average, least, most }: ChartLine, each: number): Column[] {
  const { columns } = MONITORING;
  const over = (values: readonly (number | null)[], reduce: (known: number[]) => number) => (first: number) => {
    const known = values.slice(first, first + each).filter((value) => value !== null);
    return known.length > 0 ? reduce(known) : null;
  };
  const mean: Column = { header: columns.average(label), value: over(average, (known) => known.reduce((a, b) => a + b) / known.length) };
  if (!least || !most) return [mean];
  return [
    mean,
    { header: columns.least(label), value: over(least, (known) => Math.min(...known)) },
    { header: columns.most(label), value: over(most, (known) => Math.max(...known)) },
  ];
}
