import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { ALARM_PAGE } from "@/lib/messages/alarms-page";
import { MUTE_WINDOWS } from "@/lib/messages/mute-windows";
import type { MuteWindowView } from "@/lib/services/alarms/mute-list";
import { MuteTimesWords } from "./mute-times";

export function AlarmWindows({ windows }: { windows: readonly MuteWindowView[] }) {
  return (
    <>
      {windows.length === 0 && <p className="text-muted">{ALARM_PAGE.noWindows}</p>}
      <ul className="grid gap-1.5">
        {windows.map((window) => (
          <li key={window.id}>
            <span className="font-medium">{window.name}</span>{" "}
            {window.state === "now" && <Badge weight="outline">{MUTE_WINDOWS.now}</Badge>}
            <span className="block text-sm text-muted">
              <MuteTimesWords times={window.times} />
            </span>
          </li>
        ))}
      </ul>
      <Link href="/alarms/mutes" className="link justify-self-start">
        {MUTE_WINDOWS.title}
      </Link>
    </>
  );
}
