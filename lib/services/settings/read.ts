import type { RegionSettings } from "../../domain/settings";
import { bytesPerDay } from "../../domain/kept-size";
import { boundsOf, defaultOf, valueAt } from "../../domain/settings-judge";
import type { RegionPage } from "../../domain/settings-pages";
import {
  groupsOf,
  pathsOf,
  rowOf,
  SETTING_GROUPS,
  TAKES_EFFECT,
  typedOf,
  worded,
  type SettingGroup,
  type SettingPath,
  type SettingValue,
} from "../../domain/settings-table";
import { db } from "../../db";
import { readRegion } from "../region";

/** How a setting is typed: a number in its unit, one of several, on or off, or words. */
export type SettingControl =
  | { kind: "number"; unit: string; step: number; least: string; most: string }
  | { kind: "choice"; choices: { value: string; label: string; help: string | null }[] }
  | { kind: "switch" }
  | { kind: "text" };
export type SettingView = {
  path: SettingPath;
  label: string;
  help: string;
  effect: string;
  control: SettingControl;
  /** As it is stored, to say later what was seen. */
  value: SettingValue;
  /** As it stands in the field, and in a sentence. */
  typed: string | boolean;
  shown: string;
  byDefault: { typed: string | boolean; shown: string };
  /** Of each unit, in bytes, for all nodes that have joined; null: it costs nothing worth saying. */
  bytes: number | null;
};
export type GroupView = { id: SettingGroup; title: string; help: string; settings: SettingView[]; nodes: number };

/** The groups of a page as they are set now. */
export async function readSettings(page: RegionPage): Promise<GroupView[]> {
  const [{ settings }, nodes] = await Promise.all([
    readRegion(db),
    db.node.count({ where: { joinedAt: { not: null }, status: { not: "Out" } } }),
  ]);
  return groupsOf(page).map((id) => {
    const { title, help } = SETTING_GROUPS[id];
    return { id, title, help, nodes, settings: pathsOf(id).map((path) => viewOf(path, settings, nodes)) };
  });
}

function viewOf(path: SettingPath, settings: RegionSettings, nodes: number): SettingView {
  const { label, help, effect } = rowOf(path);
  const [value, byDefault] = [valueAt(settings, path), defaultOf(path)];
  const bytes = bytesPerDay(path, settings.sampling.intervalSeconds);
  return {
    path,
    label,
    help,
    effect: TAKES_EFFECT[effect],
    control: controlOf(path),
    value,
    typed: typedOf(path, value),
    shown: worded(path, value),
    byDefault: { typed: typedOf(path, byDefault), shown: worded(path, byDefault) },
    bytes: bytes === null ? null : bytes * nodes,
  };
}

function controlOf(path: SettingPath): SettingControl {
  const row = rowOf(path);
  const bounds = boundsOf(path);
  if ("switch" in row) return { kind: "switch" };
  if ("choices" in row)
    return { kind: "choice", choices: row.choices.map(({ value, label, help = null }) => ({ value: String(value), label, help })) };
  if (!("unit" in row) || !bounds) return { kind: "text" };
  const [least, most] = [String(typedOf(path, bounds.least)), String(typedOf(path, bounds.most))];
  return { kind: "number", unit: row.unit, step: row.step ?? 1, least, most };
}
