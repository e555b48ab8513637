"use server";

import { acknowledgeAlarm as acknowledge } from "../services/alarms/acknowledge";
import { setAlarmActions as setActions } from "../services/alarms/actions-enabled";
import { changeAlarm as change } from "../services/alarms/change";
import { createAlarm as create } from "../services/alarms/create";
import { muteAlarm as mute } from "../services/alarms/mute";
import { deleteAlarm as remove } from "../services/alarms/remove";
import { sendAlarmTest as sendTest } from "../services/alarms/send-test";
import { addMuteWindow as addWindow, removeMuteWindow as removeWindow } from "../services/alarms/windows";
import { action } from "./action";
import {
  AcknowledgeAlarmInput,
  AlarmInput,
  ChangeAlarmInput,
  CreateAlarmInput,
  MuteAlarmInput,
  MuteWindowInput,
  RemoveMuteWindowInput,
  SendAlarmTestInput,
  SetAlarmActionsInput,
} from "./alarm-inputs";

export const createAlarm = action(CreateAlarmInput, "alarm.manage", create);
export const changeAlarm = action(ChangeAlarmInput, "alarm.manage", change);
export const deleteAlarm = action(AlarmInput, "alarm.manage", remove);
export const setAlarmActions = action(SetAlarmActionsInput, "alarm.manage", setActions);
export const muteAlarm = action(MuteAlarmInput, "alarm.manage", mute);
export const acknowledgeAlarm = action(AcknowledgeAlarmInput, "alarm.manage", acknowledge);
export const addMuteWindow = action(MuteWindowInput, "alarm.manage", addWindow);
export const removeMuteWindow = action(RemoveMuteWindowInput, "alarm.manage", removeWindow);
export const sendAlarmTest = action(SendAlarmTestInput, "alarm.manage", sendTest);
