"use client";

import Link from "next/link";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { ALARMS } from "@/lib/messages/alarms-page";
import { useAlarmsRefused } from "./use-alarms-refused";

export function CreateAlarmLink() {
  const refused = useAlarmsRefused();
  if (refused)
    return (
      <Button variant="primary" disabledReason={refused}>
        {ALARMS.create}
      </Button>
    );
  return (
    <Link href="/alarms/new" className={buttonClass("primary")}>
      {ALARMS.create}
    </Link>
  );
}
