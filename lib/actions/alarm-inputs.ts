/** The shape of what is asked of alarms. */
import { z } from "zod";
import { AlarmForm } from "../domain/alarms/config";
import { MuteTimes } from "../domain/alarms/mute";
import { normaliseTag } from "../domain/tags";

const line = (max: number, tooLong: string) =>
  z
    .string()
    .trim()
    .max(max, tooLong)
    .regex(/^\P{Cc}*$/u, "The text has characters that can not be shown.");
const note = line(500, "A note has at most 500 characters.");
const moment = z.iso.datetime({ error: "Choose a date and a time.", offset: true }).transform((text) => new Date(text));
const seen = { alarmId: z.uuid(), version: z.number().int().min(1) };

export const CreateAlarmInput = AlarmForm;
export const ChangeAlarmInput = z.strictObject({ ...seen, form: AlarmForm });
export const AlarmInput = z.strictObject(seen);
export const SetAlarmActionsInput = z.strictObject({ ...seen, enabled: z.boolean() });
export const MuteAlarmInput = z.strictObject({ ...seen, until: moment.nullable(), note });
export const AcknowledgeAlarmInput = z.strictObject({ subjectId: z.uuid(), seq: z.number().int().min(0), note });

const tag = z.string().transform((typed, issue) => {
  const named = normaliseTag(typed);
  if (named.ok) return named.value;
  issue.addIssue({ code: "custom", message: named.reason });
  return z.NEVER;
});

export const MuteWindowInput = z.strictObject({
  name: line(60, "A name has at most 60 characters.").min(1, "Give the mute window a name."),
  scope: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("alarm"), alarmId: z.uuid("Choose an alarm.") }),
    z.strictObject({ kind: z.literal("node"), nodeId: z.uuid("Choose a node.") }),
    z.strictObject({ kind: z.literal("tag"), tag }),
    z.strictObject({ kind: z.literal("all") }),
  ]),
  times: MuteTimes,
});
export const RemoveMuteWindowInput = z.strictObject({ windowId: z.uuid() });
export const SendAlarmTestInput = z.strictObject({
  targetIds: z.array(z.uuid()).min(1, "Choose a recipient first.").max(20, "At most 20 recipients."),
  /** The alarm whose form is open; null: it has no name yet. */
  alarm: line(255, "A name has at most 255 characters.").nullable(),
});
