"use client";

import { useContext } from "react";
import { Field } from "./field";
import { Input } from "./input";
import { TimeZoneContext, type Zone } from "./time-zone";

type MomentFieldProps = { name: string; label: string; help: string; error: string | null };

/** A day and a time of day, in the zone that its reader prefers. Read it with `momentOf`. */
export function MomentField({ name, label, help, error }: MomentFieldProps) {
  return (
    <Field label={label} help={help} error={error}>
      {(control) => <Input {...control} type="datetime-local" name={name} />}
    </Field>
  );
}

/** "Europe/Berlin", "UTC": the zone of what is typed. */
export const useZoneName = (): string => zoneName(useContext(TimeZoneContext));
const zoneName = (zone: Zone): string => (zone === "utc" ? "UTC" : Intl.DateTimeFormat().resolvedOptions().timeZone || "local time");

/** What was typed as ISO 8601; null where nothing was. What is typed by half is no moment, and the server says so at its field. */
export function momentOf(form: HTMLFormElement, name: string, zone: Zone): string | null {
  const field = form.elements.namedItem(name);
  if (!(field instanceof HTMLInputElement)) return null;
  if (field.validity.badInput) return "incomplete";
  if (field.value === "") return null;
  const moment = new Date(zone === "utc" ? `${field.value}Z` : field.value);
  return Number.isNaN(moment.getTime()) ? field.value : moment.toISOString();
}
