"use client";

import { EllipsisVertical } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button, type ButtonProps } from "@/components/ui/button";
import { OnAsk } from "@/components/ui/on-ask";
import { onDemand } from "@/components/ui/on-demand";
import { ALARMS } from "@/lib/messages/alarms-page";
import type { AlarmView, SubjectView } from "@/lib/services/alarms/read";
import type { AskAlarm } from "./alarm-dialogs";
import type { ReactElement } from "react";

const AlarmMenuItems = onDemand(() => import("./alarm-menu-items").then((module) => module.AlarmMenuItems));

type AlarmMenuProps = { alarm: AlarmView; subject?: SubjectView; onAsk: (ask: AskAlarm) => void; button?: ReactElement<ButtonProps> };

/** What can be done with an alarm, and with one of its states. */
export function AlarmMenu({ alarm, subject, onAsk, button }: AlarmMenuProps) {
  const name = subject?.node ? `${alarm.name}, ${subject.node}` : alarm.name;
  const own = (
    <Button variant="ghost" size="icon" aria-label={ALARMS.actionsOf(name)}>
      <EllipsisVertical aria-hidden size={16} />
    </Button>
  );
  const router = useRouter();
  return (
    <OnAsk haspopup="menu" button={button ?? own}>
      {(trigger) => (
        <AlarmMenuItems
          trigger={trigger}
          alarm={alarm}
          subject={subject}
          onAsk={onAsk}
          onEdit={() => router.push(`/alarms/${alarm.id}/edit`)}
        />
      )}
    </OnAsk>
  );
}
