import { AlarmRule } from "../../domain/alarms/config";
import { looksBackFurther } from "../../domain/alarms/datapoints";
import { intervalWords, isTooShort } from "../../domain/alarms/period";
import type { SettingPath } from "../../domain/settings-table";
import type { Tx } from "../../db";
import { SETTINGS_REFUSALS } from "../../messages/region-settings";
import type { Refusal } from "../../outcome";
import type { Changes } from "./change";

/** What alarms depend on: who changes one of these holds the rounds back, and with them whoever edits an alarm. */
export const ALARMS_NEED: readonly SettingPath[] = ["sampling.intervalSeconds", "retention.minuteDays"];

/** Why samples can not become so rare, or be kept so shortly: alarms that would be left without datapoints, by their names. */
export async function alarmsRefusal(tx: Tx, changes: Changes): Promise<Refusal | null> {
  const rarer = changed(changes, "sampling.intervalSeconds", (before, after) => after > before);
  const shorter = changed(changes, "retention.minuteDays", (before, after) => after < before);
  if (rarer === null && shorter === null) return null;
  const alarms = await tx.alarm.findMany({ select: { name: true, rule: true }, orderBy: { name: "asc" } });
  const namesOf = (isHit: (rule: AlarmRule) => boolean): string[] =>
    alarms.flatMap(({ name, rule }) => {
      const read = AlarmRule.safeParse(rule).data;
      return read && isHit(read) ? [name] : [];
    });
  const short = rarer === null ? [] : namesOf((rule) => isTooShort(rule, rarer));
  if (rarer !== null && short.length) return SETTINGS_REFUSALS.alarmsShorter(intervalWords(rarer), short);
  const long = shorter === null ? [] : namesOf((rule) => looksBackFurther(rule, shorter));
  return shorter !== null && long.length ? SETTINGS_REFUSALS.alarmsLonger(shorter, long) : null;
}

/** The number that a setting becomes, if it changes that way. */
function changed(changes: Changes, path: SettingPath, isWorse: (before: number, after: number) => boolean): number | null {
  const { before, after } = changes.find((change) => change.path === path) ?? {};
  return typeof before === "number" && typeof after === "number" && isWorse(before, after) ? after : null;
}
