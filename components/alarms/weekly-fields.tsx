"use client";

import { Field, FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { MuteTimes, Weekday } from "@/lib/domain/alarms/mute";
import { DAYS, MUTE_WINDOWS } from "@/lib/messages/mute-windows";
import { numberOf } from "./form-state";

const WEEK = Object.entries(DAYS) as [Weekday, string][]; // the keys of a constant object are exactly its own
const MINUTES = 60;

/** On which days, from when and for how long. Read them with `weeklyOf`. */
export function WeeklyFields({ zoneName, error }: { zoneName: string; error: (field: string) => string | null }) {
  const days = error("times.days");
  return (
    <>
      <fieldset aria-describedby={days ? "mute-days-error" : undefined} className="grid gap-1.5">
        <legend className="mb-1 font-medium">{MUTE_WINDOWS.days}</legend>
        <div className="flex flex-wrap gap-1.5">
          {WEEK.map(([day, word]) => (
            <label
              key={day}
              className="relative inline-flex min-h-8 items-center rounded-md border border-control px-2.5 text-sm hover:border-ink has-checked:border-accent has-checked:bg-selected has-checked:font-medium has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent forced-colors:has-checked:border-[Highlight]"
            >
              <input
                type="checkbox"
                name="days"
                value={day}
                aria-label={day}
                aria-invalid={days ? true : undefined}
                className="absolute inset-0 size-full cursor-pointer opacity-0"
              />
              <span aria-hidden>{word}</span>
            </label>
          ))}
        </div>
        {days && <FieldError id="mute-days-error">{days}</FieldError>}
      </fieldset>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label={MUTE_WINDOWS.start} required error={error("times.start")}>
          {(control) => <Input {...control} type="time" name="start" defaultValue="02:00" />}
        </Field>
        <Field label={MUTE_WINDOWS.hours} required error={error("times.minutes")}>
          {(control) => <Input {...control} name="hours" inputMode="decimal" defaultValue="2" autoComplete="off" />}
        </Field>
      </div>
      <Field label={MUTE_WINDOWS.timeZone} help={MUTE_WINDOWS.timeZoneHelp} required error={error("times.timeZone")}>
        {(control) => <Input {...control} name="timeZone" defaultValue={zoneName} autoComplete="off" spellCheck={false} />}
      </Field>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label={MUTE_WINDOWS.firstDay} help={MUTE_WINDOWS.dayHelp} error={error("times.firstDay")}>
          {(control) => <Input {...control} type="date" name="firstDay" />}
        </Field>
        <Field label={MUTE_WINDOWS.lastDay} help={MUTE_WINDOWS.dayHelp} error={error("times.lastDay")}>
          {(control) => <Input {...control} type="date" name="lastDay" />}
        </Field>
      </div>
    </>
  );
}

export function weeklyOf(form: FormData): Extract<MuteTimes, { kind: "weekly" }> {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  return {
    kind: "weekly",
    days: form.getAll("days") as Weekday[], // the values of the boxes above
    start: text("start"),
    minutes: Math.round(numberOf(text("hours")) * MINUTES),
    timeZone: text("timeZone"),
    firstDay: text("firstDay") || null,
    lastDay: text("lastDay") || null,
  };
}
