"use client";

import { replaceAddress, useQuery } from "@/components/shell/address";
import type { AlarmState } from "@/lib/domain/alarms/choices";
import type { AlarmView, SubjectView } from "@/lib/services/alarms/read";

export type AlarmFilter = AlarmState | "muted";

/** Their words in the address. */
const WORDS: Record<AlarmFilter, string> = { ALARM: "in-alarm", INSUFFICIENT_DATA: "insufficient-data", OK: "ok", muted: "muted" };
export const FILTERS = Object.keys(WORDS) as AlarmFilter[]; // the keys of a record are its type
const KEY = "show";

/** Which states are shown stands in the address; several are a union, and none is all of them. */
export function useFilters() {
  const asked = (useQuery().get(KEY) ?? "").split(",");
  const chosen = FILTERS.filter((filter) => asked.includes(WORDS[filter]));
  const show = (filters: readonly AlarmFilter[]) => {
    const query = filters.length ? `?${KEY}=${filters.map((filter) => WORDS[filter]).join(",")}` : "";
    replaceAddress(`${location.pathname}${query}`);
  };
  return {
    chosen,
    toggle: (filter: AlarmFilter) =>
      show(
        chosen.includes(filter) ? chosen.filter((one) => one !== filter) : FILTERS.filter((one) => one === filter || chosen.includes(one)),
      ),
    clear: () => show([]),
  };
}

export const subjectShown = ({ state, muted }: SubjectView, chosen: readonly AlarmFilter[]): boolean =>
  chosen.length === 0 || chosen.includes(state) || (muted !== null && chosen.includes("muted"));

export const alarmShown = ({ counts, mute }: AlarmView, chosen: readonly AlarmFilter[]): boolean =>
  chosen.length === 0 || chosen.some((filter) => counts[filter] > 0) || (mute !== null && chosen.includes("muted"));

/** Over all alarms. */
export const countOf = (alarms: readonly AlarmView[], filter: AlarmFilter): number =>
  alarms.reduce((sum, { counts }) => sum + counts[filter], 0);
