"use client";

import { ChevronDown } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { ALARM_PAGE, ALARMS } from "@/lib/messages/alarms-page";
import type { AlarmView } from "@/lib/services/alarms/read";
import { AlarmDialog, useAlarmDialogs } from "./alarm-dialogs";
import { AlarmMenu } from "./alarm-menu";
import { useAlarmsRefused } from "./use-alarms-refused";

/** What can be done with the alarm whose page this is. */
export function AlarmActions({ alarm }: { alarm: AlarmView }) {
  const router = useRouter();
  const { asked, ask, close } = useAlarmDialogs();
  const refused = useAlarmsRefused();
  return (
    <>
      {!refused && alarm.rule && (
        <Link href={`/alarms/${alarm.id}/edit`} className={buttonClass()}>
          {ALARMS.edit}
        </Link>
      )}
      <AlarmMenu
        alarm={alarm}
        onAsk={ask}
        button={
          <Button>
            {ALARM_PAGE.actions} <ChevronDown aria-hidden size={14} />
          </Button>
        }
      />
      <AlarmDialog asked={asked} onClose={close} onDeleted={() => router.push("/alarms")} />
    </>
  );
}
