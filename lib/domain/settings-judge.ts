/** What may be set: bounds and defaults as the schema of the settings has them, and its judgement of each value. */
import { z } from "zod";
import { done, refuse, type Outcome, type Refusal } from "../outcome";
import { DEFAULT_SETTINGS, RegionSettings } from "./settings";
import { REGION_PAGES } from "./settings-pages";
import {
  meantBy,
  rangeWords,
  rowOf,
  sameValue,
  SETTING_GROUPS,
  SETTING_PATHS,
  worded,
  type SettingPath,
  type SettingValue,
} from "./settings-table";

/** A part of the schema in JSON Schema's words. */
const Described = z.object({
  type: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxItems: z.number().optional(),
  get properties() {
    return z.record(z.string(), Described).optional();
  },
});

const WHOLE = Described.parse(z.toJSONSchema(RegionSettings, { io: "input" }));

/** Every setting of the schema, by its path. */
export function schemaPaths(): string[] {
  return Object.entries(WHOLE.properties ?? {}).flatMap(([key, part]) =>
    part.properties ? Object.keys(part.properties).map((inner) => `${key}.${inner}`) : [key],
  );
}

export type Bounds = { least: number; most: number; whole: boolean };

/** Of a setting that is a number, as it is stored; null: it is none. */
export function boundsOf(path: SettingPath): Bounds | null {
  const [group = "", key] = path.split(".");
  const part = WHOLE.properties?.[group];
  const { type, minimum, maximum } = (key === undefined ? part : part?.properties?.[key]) ?? {};
  return minimum === undefined || maximum === undefined ? null : { least: minimum, most: maximum, whole: type === "integer" };
}

/** @param settings stored or complete ones; what is absent there has its default */
export function valueAt(settings: unknown, path: SettingPath): SettingValue {
  const found = path.split(".").reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], settings);
  return (found ?? defaultOf(path)) as SettingValue; // the table has a row for each path of the schema, and for no other
}

export const defaultOf = (path: SettingPath): SettingValue =>
  path.split(".").reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], DEFAULT_SETTINGS) as SettingValue; // as above

/** The stored settings with one of them changed. One that is its default is not stored, so that it follows the default of a later version. */
export function withValue(stored: Record<string, unknown>, path: SettingPath, value: SettingValue): Record<string, unknown> {
  const [group = "", key] = path.split(".");
  const isDefault = sameValue(value, defaultOf(path));
  if (key === undefined) return isDefault ? without(stored, group) : { ...stored, [group]: value };
  const part = (stored[group] ?? {}) as Record<string, unknown>; // what is stored was parsed by the schema before
  const next = isDefault ? without(part, key) : { ...part, [key]: value };
  return Object.keys(next).length === 0 ? without(stored, group) : { ...stored, [group]: next };
}

const without = (part: Record<string, unknown>, key: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(part).filter(([name]) => name !== key));

/** What was typed for a setting, as it is stored, or why it can not be. */
export function judged(path: SettingPath, typed: string | boolean): Outcome<SettingValue> {
  const meant = meantBy(path, typed);
  const parsed = RegionSettings.safeParse(withValue({}, path, meant));
  return parsed.success ? done(valueAt(parsed.data, path)) : refused(path, meant);
}

function refused(path: SettingPath, meant: SettingValue): Refusal {
  const { label } = rowOf(path);
  const bounds = boundsOf(path);
  const because = (sentence: string): Refusal => refuse("bad-setting", sentence, { field: path });
  if (bounds && typeof meant === "number") {
    const range = `${label} is from ${rangeWords(path, bounds.least, bounds.most)}.`;
    if (Number.isNaN(meant)) return because(`${label} is a number. ${range}`);
    return because(meant >= bounds.least && meant <= bounds.most && bounds.whole ? `${label} is a whole number.` : range);
  }
  if (path === "requirements.architectures")
    return because("Name at least one architecture and at most 16, each with up to 32 characters.");
  if (path === "requirements.minKernel") return because("Write a kernel version as in 5.10.");
  return because(`Choose one of the values of ${label}.`);
}

/** The table of the README, which a test compares. */
export function settingsMarkdown(): string {
  const rows = SETTING_PATHS.map((path) => {
    const [{ group, label }, bounds] = [rowOf(path), boundsOf(path)];
    const { page, title } = SETTING_GROUPS[group];
    const range = bounds ? rangeWords(path, bounds.least, bounds.most) : "";
    return `| ${REGION_PAGES[page].label} › ${title} | ${label} | ${worded(path, defaultOf(path))} | ${range} | \`${path}\` |`;
  });
  return ["| Where in Settings | Setting | Default | Range | Path |", "| --- | --- | --- | --- | --- |", ...rows].join("\n");
}
