"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { onDemand } from "@/components/ui/on-demand";
import { toast } from "@/components/ui/toast";
import { muteAlarm, setAlarmActions } from "@/lib/actions/alarms";
import { ALARMS } from "@/lib/messages/alarms-page";
import type { Outcome, Refusal } from "@/lib/outcome";
import type { AlarmView, SubjectView } from "@/lib/services/alarms/read";

const AcknowledgeDialog = onDemand(() => import("./acknowledge-dialog").then((module) => module.AcknowledgeDialog));
const DeleteAlarmDialog = onDemand(() => import("./delete-alarm-dialog").then((module) => module.DeleteAlarmDialog));
const MuteDialog = onDemand(() => import("./mute-dialog").then((module) => module.MuteDialog));

export type AskAlarm =
  | { what: "acknowledge"; alarm: AlarmView; subject: SubjectView }
  | { what: "mute" | "unmute" | "actions" | "delete"; alarm: AlarmView };

/** Does what needs no question at once, and keeps what a dialog is open for. */
export function useAlarmDialogs() {
  const router = useRouter();
  const [asked, setAsked] = useState<AskAlarm | null>(null);
  const now = async (deed: Promise<Outcome>, success: string) => {
    const outcome = await deed.catch((): Refusal => ALARMS.unreached);
    router.refresh();
    if (outcome.ok) toast.success(success);
    else toast.error([outcome.reason, outcome.hint].filter(Boolean).join(" "), { duration: Infinity });
  };
  const ask = (next: AskAlarm) => {
    const { id: alarmId, version, name, actionsEnabled } = next.alarm;
    if (next.what === "unmute") return void now(muteAlarm({ alarmId, version, until: null, note: "" }), ALARMS.goneOver(name));
    if (next.what !== "actions") return setAsked(next);
    const success = actionsEnabled ? ALARMS.disabled(name) : ALARMS.enabled(name);
    void now(setAlarmActions({ alarmId, version, enabled: !actionsEnabled }), success);
  };
  return { asked, ask, close: () => setAsked(null) };
}

/** `onDeleted`: where to go from a page that shows what is deleted. */
export function AlarmDialog({ asked, onClose, onDeleted }: { asked: AskAlarm | null; onClose: () => void; onDeleted?: () => void }) {
  switch (asked?.what) {
    case "acknowledge":
      return <AcknowledgeDialog {...asked} onClose={onClose} />;
    case "mute":
      return <MuteDialog alarm={asked.alarm} onClose={onClose} />;
    case "delete":
      return <DeleteAlarmDialog alarm={asked.alarm} onClose={onClose} onDeleted={onDeleted} />;
    default:
      return null;
  }
}
