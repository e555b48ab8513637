"use client";

import { useContext, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { zoneOffset } from "@/components/charts/axis-time";
import { TimeZoneContext, type Zone } from "@/components/ui/time-zone";
import { isSpan, type TimeRange } from "@/lib/domain/time-range";
import { MONITORING } from "@/lib/messages/monitoring";

const MS = 1000;
const TO_SECONDS = 19;

/** As a browser's field for moments wants it: what the reader's clock shows, without a zone. */
const fieldOf = (at: number, zone: Zone): string => new Date((at + zoneOffset(at, zone)) * MS).toISOString().slice(0, TO_SECONDS);

/** Seconds since 1970; NaN when nothing whole was typed. */
const momentOf = (typed: string, zone: Zone): number => Math.floor(Date.parse(zone === "utc" ? `${typed}Z` : typed) / MS);

/** Two moments of the reader's clock. */
export function CustomRange({ span, onShow }: { span: { from: number; to: number }; onShow: (range: TimeRange) => void }) {
  const zone = useContext(TimeZoneContext);
  const id = useId();
  const [from, setFrom] = useState(() => fieldOf(span.from, zone));
  const [to, setTo] = useState(() => fieldOf(span.to, zone));
  const [wrong, setWrong] = useState(false);
  const show = () => {
    const [begin, end] = [momentOf(from, zone), momentOf(to, zone)];
    const right = isSpan(begin, end);
    setWrong(!right);
    if (right) onShow({ kind: "fixed", from: begin, to: end });
  };
  const { legend, apply } = MONITORING.custom;
  const field = (name: "from" | "to", value: string, set: (value: string) => void) => (
    <label className="grid gap-1 text-xs font-medium text-muted">
      {MONITORING.custom[name]}
      <Input
        type="datetime-local"
        step={1}
        value={value}
        className="text-sm font-normal text-ink"
        aria-invalid={wrong || undefined}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        onChange={({ target }) => set(target.value)}
      />
    </label>
  );
  return (
    <form
      aria-label={legend}
      className="flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        show();
      }}
    >
      {field("from", from, setFrom)}
      {field("to", to, setTo)}
      <Button type="submit">{apply}</Button>
      {wrong && <FieldError id={`${id}-wrong`}>{MONITORING.custom.wrong}</FieldError>}
    </form>
  );
}
