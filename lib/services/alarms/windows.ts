import { db } from "../../db";
import type { MuteTimes } from "../../domain/alarms/mute";
import { ALARM_EVENTS, ALARM_REFUSALS } from "../../messages/alarm-deeds";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { record } from "../events/record";
import { lockRounds } from "./lock";

export type MuteScope =
  | { kind: "alarm"; alarmId: string }
  | { kind: "node"; nodeId: string }
  | { kind: "tag"; tag: string }
  | { kind: "all" };
export type NewMuteWindow = { name: string; scope: MuteScope; times: MuteTimes };

export const MOST_WINDOWS = 200;

/** Makes a time, once or recurring, in which nobody is told of some alarms. */
export async function addMuteWindow({ name, scope, times }: NewMuteWindow, { actor }: Call): Promise<Outcome<{ windowId: string }>> {
  return db.$transaction(async (tx) => {
    await lockRounds(tx);
    if ((await tx.muteWindow.count()) >= MOST_WINDOWS) return ALARM_REFUSALS.tooManyWindows(MOST_WINDOWS);
    if (scope.kind === "alarm" && !(await tx.alarm.findUnique({ where: { id: scope.alarmId }, select: { id: true } })))
      return ALARM_REFUSALS.gone;
    if (scope.kind === "node" && !(await tx.node.findUnique({ where: { id: scope.nodeId }, select: { id: true } })))
      return ALARM_REFUSALS.nodeGone;
    const { kind, ...on } = scope;
    const { id } = await tx.muteWindow.create({ data: { name, scope: kind, ...on, times, actorId: actor.id, actorName: actor.name } });
    await record(tx, {
      kind: "alarm.window-made",
      message: ALARM_EVENTS.windowMade(actor.name, name),
      actor,
      details: { windowId: id, scope, times },
    });
    return done({ windowId: id });
  });
}

export async function removeMuteWindow({ windowId }: { windowId: string }, { actor }: Call): Promise<Outcome> {
  return db.$transaction(async (tx) => {
    await lockRounds(tx);
    const [gone] = await tx.$queryRaw<{ name: string }[]>`DELETE FROM mute_window WHERE id = ${windowId}::uuid RETURNING name`;
    if (!gone) return ALARM_REFUSALS.windowGone;
    await record(tx, {
      kind: "alarm.window-removed",
      message: ALARM_EVENTS.windowRemoved(actor.name, gone.name),
      actor,
      details: { windowId },
    });
    return done(undefined);
  });
}
