"use client";

import type { ReactNode } from "react";
import { Menu, MenuItem } from "@/components/ui/menu";
import { ACKNOWLEDGE, ALARMS, DELETE_ALARM, MUTE } from "@/lib/messages/alarms-page";
import type { AlarmView, SubjectView } from "@/lib/services/alarms/read";
import type { AskAlarm } from "./alarm-dialogs";
import { useAlarmsRefused } from "./use-alarms-refused";

type AlarmMenuItemsProps = {
  trigger: ReactNode;
  alarm: AlarmView;
  subject: SubjectView | undefined;
  onAsk: (ask: AskAlarm) => void;
  onEdit: () => void;
};

export function AlarmMenuItems({ trigger, alarm, subject, onAsk, onEdit }: AlarmMenuItemsProps) {
  const refused = useAlarmsRefused();
  return (
    <Menu defaultOpen align="end" trigger={trigger}>
      {subject && (
        <MenuItem disabledReason={refused ?? notToAcknowledge(subject)} onSelect={() => onAsk({ what: "acknowledge", alarm, subject })}>
          {ACKNOWLEDGE.action}
        </MenuItem>
      )}
      <MenuItem disabledReason={refused} onSelect={() => onAsk({ what: "mute", alarm })}>
        {MUTE.action}
      </MenuItem>
      {alarm.mute && (
        <MenuItem disabledReason={refused} onSelect={() => onAsk({ what: "unmute", alarm })}>
          {ALARMS.unmute}
        </MenuItem>
      )}
      <MenuItem disabledReason={refused} onSelect={onEdit}>
        {ALARMS.edit}
      </MenuItem>
      <MenuItem disabledReason={refused} onSelect={() => onAsk({ what: "actions", alarm })}>
        {alarm.actionsEnabled ? ALARMS.disable : ALARMS.enable}
      </MenuItem>
      <MenuItem danger disabledReason={refused} onSelect={() => onAsk({ what: "delete", alarm })}>
        {DELETE_ALARM.action}
      </MenuItem>
    </Menu>
  );
}

const notToAcknowledge = ({ state, acked }: SubjectView): string | undefined => {
  if (state === "OK") return ACKNOWLEDGE.isOk;
  return acked ? ACKNOWLEDGE.already(acked.by) : undefined;
};
