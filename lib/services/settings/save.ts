import { db, type Tx } from "../../db";
import type { Prisma } from "../../generated/prisma/client";
import { LEVEL_PATHS } from "../../domain/kept-size";
import { judged, valueAt, withValue } from "../../domain/settings-judge";
import {
  changeWords,
  pathsOf,
  rowOf,
  sameValue,
  SETTING_GROUPS,
  typedOf,
  type SettingGroup,
  type SettingPath,
  type SettingValue,
} from "../../domain/settings-table";
import { SETTINGS_EVENT, SETTINGS_REFUSALS } from "../../messages/region-settings";
import { done, type Outcome, type Refusal } from "../../outcome";
import type { Call } from "../call";
import { record } from "../events/record";
import { lockRounds } from "../alarms/lock";
import { lockRegion, readRegion, type RegionRow } from "../region";
import { ALARMS_NEED, alarmsRefusal } from "./alarms";
import type { Changes, Danger } from "./change";
import { dangersOf } from "./dangers";

/** `seen`: every setting of the group as the page showed it. `typed`: those that were changed. `confirmed`: the dangers that were said and taken. */
export type SettingsInput = {
  group: SettingGroup;
  seen: Partial<Record<SettingPath, SettingValue>>;
  typed: Partial<Record<SettingPath, string | boolean>>;
  confirmed: string[];
};
/** Nothing is saved while there are dangers that nobody has confirmed. */
export type SettingsSaved = { dangers: Danger[] };

/** Saves what was typed into one group, all of it or nothing. The dangers are counted before the region is locked: that may take seconds. */
export async function saveSettings(input: SettingsInput, { actor }: Call): Promise<Outcome<SettingsSaved>> {
  const { group, confirmed } = input;
  const wanted = wantedOf(input);
  if (!wanted.ok) return wanted;
  const before = await readRegion(db);
  const early = await refusal(db, input, changesOf(wanted.value, before), before);
  if (early) return early;
  const dangers = await dangersOf(db, changesOf(wanted.value, before), before);
  if (dangers.some(({ id }) => !confirmed.includes(id))) return done({ dangers });
  return db.$transaction(async (tx) => {
    if (wanted.value.some(({ path }) => ALARMS_NEED.includes(path))) await lockRounds(tx);
    const region = await lockRegion(tx);
    const changes = changesOf(wanted.value, region);
    const refused = await refusal(tx, input, changes, region);
    if (refused) return refused;
    if (changes.length === 0) return done({ dangers: [] });
    await store(tx, changes);
    await record(tx, {
      kind: "settings.changed",
      severity: dangers.length ? "warning" : "info",
      message: SETTINGS_EVENT.changed(actor.name, SETTING_GROUPS[group].title, changes.map(wordsOf)),
      actor,
      details: {
        group,
        before: byPath(changes, "before"),
        after: byPath(changes, "after"),
        confirmed: dangers.map(({ sentence }) => sentence),
      },
    });
    return done({ dangers: [] });
  });
}

type Wanted = { path: SettingPath; after: SettingValue }[];

const changesOf = (wanted: Wanted, { settings }: RegionRow): Changes =>
  wanted.flatMap(({ path, after }) => {
    const before = valueAt(settings, path);
    return sameValue(before, after) ? [] : [{ path, before, after }];
  });

const wordsOf = ({ path, before, after }: Changes[number]): string => changeWords(path, before, after);

const refusal = async (tx: Tx, input: SettingsInput, changes: Changes, region: RegionRow): Promise<Refusal | null> =>
  (await conflict(tx, input, region)) ?? keptTooShort(changes, region) ?? alarmsRefusal(tx, changes);

/** What is coarser is made of what is finer, so it is kept at least as long. */
function keptTooShort(changes: Changes, { settings }: RegionRow): Refusal | null {
  const days = (path: SettingPath) => changes.find((change) => change.path === path)?.after ?? valueAt(settings, path);
  for (const [index, coarser] of LEVEL_PATHS.entries()) {
    const finer = LEVEL_PATHS[index - 1];
    const typed = changes.find(({ path }) => path === coarser) ?? changes.find(({ path }) => path === finer);
    if (finer && typed && days(coarser) < days(finer))
      return SETTINGS_REFUSALS.keptTooShort(typed.path, rowOf(coarser).label, rowOf(finer).label);
  }
  return null;
}

/** What was typed, as it is stored; the first that can not be so is refused at its field. */
function wantedOf({ group, typed }: SettingsInput): Outcome<Wanted> {
  const wanted: Wanted = [];
  for (const path of pathsOf(group)) {
    const text = typed[path];
    if (text === undefined) continue;
    const value = judged(path, text);
    if (!value.ok) return value;
    wanted.push({ path, after: value.value });
  }
  return done(wanted);
}

/** Whoever comes second is told what the first has changed meanwhile, unless both want the same. */
async function conflict(tx: Tx, { group, seen, typed }: SettingsInput, { settings }: RegionRow): Promise<Refusal | null> {
  const theirs = pathsOf(group).flatMap((path) => {
    const [was, now] = [seen[path], valueAt(settings, path)];
    return was === undefined || sameValue(was, now) || typed[path] === typedOf(path, now) ? [] : [{ path, before: was, after: now }];
  });
  if (theirs.length === 0) return null;
  const last = await tx.event.findFirst({
    where: { kind: "settings.changed", details: { path: ["group"], equals: group } },
    orderBy: { id: "desc" },
    select: { actorName: true },
  });
  return SETTINGS_REFUSALS.conflict(last?.actorName ?? null, theirs.map(wordsOf));
}

async function store(tx: Tx, changes: Changes): Promise<void> {
  const { settings } = await tx.region.findUniqueOrThrow({ where: { id: 1 }, select: { settings: true } });
  const kept = settings as Record<string, unknown>; // readRegion has parsed it
  const next = changes.reduce((stored, { path, after }) => withValue(stored, path, after), kept);
  await tx.region.update({ where: { id: 1 }, data: { settings: next as Prisma.InputJsonObject } }); // of the schema's values alone
}

const byPath = (changes: Changes, which: "before" | "after"): Prisma.InputJsonObject =>
  Object.fromEntries(changes.map((change) => [change.path, change[which]]));
