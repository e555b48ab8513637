"use client";

import { useContext, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { zoneOffset } from "@/components/charts/axis-time";
import { useZoneName } from "@/components/ui/moment-field";
import { TimeZoneContext, useHydrated, type Zone } from "@/components/ui/time-zone";
import { isSpan, type TimeRange } from "@/lib/domain/time-range";
import { MONITORING } from "@/lib/messages/monitoring";

const MS = 1000;
const TO_SECONDS = 19;

/** As a browser's field for moments wants it: what the reader's clock shows, without a zone. */
const fieldOf = (at: number, zone: Zone): string => new Date((at + zoneOffset(at, zone)) * MS).toISOString().slice(0, TO_SECONDS);

/**
 * Seconds since 1970; NaN when nothing whole was typed. When clocks go back an hour comes twice: what was not changed is the moment that
 * it was, and not the other one of the same name.
 */
const momentOf = (typed: string, shown: number, zone: Zone): number =>
  typed === fieldOf(shown, zone) ? shown : Math.floor(Date.parse(zone === "utc" ? `${typed}Z` : typed) / MS);

type CustomRangeProps = { span: { from: number; to: number }; now: () => number; onShow: (range: TimeRange) => void };

/** Two moments of the reader's clock. The server, which does not know it, draws them in UTC. */
export function CustomRange(props: CustomRangeProps) {
  const [zone, name] = [useContext(TimeZoneContext), useZoneName()];
  return useHydrated() ? <Fields key="reader" zone={zone} zoneName={name} {...props} /> : <Fields zone="utc" zoneName="UTC" {...props} />;
}

function Fields({ span, now, onShow, zone, zoneName }: CustomRangeProps & { zone: Zone; zoneName: string }) {
  const id = useId();
  const [first] = useState(span);
  const [from, setFrom] = useState(() => fieldOf(span.from, zone));
  const [to, setTo] = useState(() => fieldOf(span.to, zone));
  const [wrong, setWrong] = useState(false);
  const show = () => {
    const [begin, end] = [momentOf(from, first.from, zone), momentOf(to, first.to, zone)];
    const right = isSpan(begin, end) && begin < now();
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
        aria-describedby={wrong ? `${id}-wrong ${id}-zone` : `${id}-zone`}
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
      <span id={`${id}-zone`} className="pb-2 text-xs text-muted">
        {MONITORING.custom.zone(zoneName)}
      </span>
      {wrong && <FieldError id={`${id}-wrong`}>{MONITORING.custom.wrong}</FieldError>}
    </form>
  );
}
