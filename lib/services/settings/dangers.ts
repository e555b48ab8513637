/** What a change of the settings does that can not be taken back, or that makes the region less safe: said before it is done. */
import { MISSED_SAMPLES } from "../../domain/fencing";
import type { SettingPath } from "../../domain/settings-table";
import type { Tx } from "../../db";
import { SETTINGS_DANGERS } from "../../messages/region-settings";
import type { RegionRow } from "../region";
import type { Changes, Danger } from "./change";
import { forgotten } from "./forgotten";
import { inadequate } from "./inadequate";

export async function dangersOf(tx: Tx, changes: Changes, region: RegionRow): Promise<Danger[]> {
  return [
    ...outright(changes),
    ...hasty(changes, region),
    ...(await waiting(tx, changes)),
    ...(await inadequate(tx, changes, region)),
    ...(await forgotten(tx, changes, region)),
  ];
}

function outright(changes: Changes): Danger[] {
  const dangers: Danger[] = [];
  for (const { path, before, after } of changes) {
    if (path === "fencing.automatic" && after === false) dangers.push({ id: path, sentence: SETTINGS_DANGERS.fencingOff });
    if (path === "safetyTimerSeconds" && after < before) dangers.push({ id: path, sentence: SETTINGS_DANGERS.timerShorter(String(after)) });
  }
  return dangers;
}

/** A node that is sampled rarely, and may be silent only shortly, is looked at for every late sample. */
function hasty(changes: Changes, { settings }: RegionRow): Danger[] {
  const next = (path: SettingPath, now: number): number => {
    const after = changes.find((change) => change.path === path)?.after;
    return typeof after === "number" ? after : now;
  };
  const grace = next("fencing.graceSeconds", settings.fencing.graceSeconds);
  const interval = next("sampling.intervalSeconds", settings.sampling.intervalSeconds);
  const changed = grace < settings.fencing.graceSeconds || interval > settings.sampling.intervalSeconds;
  const least = interval * MISSED_SAMPLES;
  return changed && grace < least ? [{ id: "silence", sentence: SETTINGS_DANGERS.silence(grace, interval, least) }] : [];
}

/** Candidates that are accepted as soon as nobody is asked. */
async function waiting(tx: Tx, changes: Changes): Promise<Danger[]> {
  const off = changes.some(({ path, after }) => path === "requireManualApproval" && after === false);
  if (!off) return [];
  const candidates = await tx.node.count({ where: { status: "Candidate" } });
  return [{ id: `requireManualApproval ${candidates}`, sentence: SETTINGS_DANGERS.approvalOff(candidates) }];
}
