"use client";

import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { RelativeTime } from "@/components/ui/relative-time";
import { NOTIFY } from "@/lib/messages/notify";
import { NOTIFY_PAGE } from "@/lib/messages/notify-page";
import type { TargetView } from "@/lib/services/notify/read";

/** The last messages to a target, with what the far side answered. */
export function DeliveriesDialog({ target: { name, deliveries }, onClose }: { target: TargetView; onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} title={NOTIFY_PAGE.deliveries(name)} footer={<DialogCancel>{NOTIFY_PAGE.close}</DialogCancel>}>
      {deliveries.length === 0 && <p className="text-muted">{NOTIFY_PAGE.noDeliveries}</p>}
      <ol className="grid gap-3">
        {deliveries.map(({ id, state, createdAt, endedAt, nextAt, attempts, answer, notes }) => (
          <li key={id}>
            <span className={state === "dead" ? "font-medium text-danger" : "font-medium"}>{NOTIFY.states[state]}</span>{" "}
            <RelativeTime value={endedAt ?? createdAt} className="text-muted" />{" "}
            <span className="text-muted">
              · {NOTIFY_PAGE.notes(notes)} · {NOTIFY_PAGE.attempts(attempts)}
              {nextAt && (
                <>
                  {" "}
                  · {NOTIFY_PAGE.again} <RelativeTime value={nextAt} />
                </>
              )}
            </span>
            {answer && <code className="block text-sm wrap-anywhere">{answer}</code>}
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
