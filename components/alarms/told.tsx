import { RelativeTime } from "@/components/ui/relative-time";
import { ALARMS } from "@/lib/messages/alarms-page";
import type { SubjectView } from "@/lib/services/alarms/read";

/** Who knows of it: what became of the last message, who is on it, and why nobody is told. */
export function Told({ subject: { notice, acked, muted, problem } }: { subject: SubjectView }) {
  return (
    <div className="grid gap-0.5">
      {notice ? (
        <span>
          <span className={notice.state === "dead" || notice.state === "failing" ? "font-medium text-danger" : undefined}>
            {ALARMS.notices[notice.state]}
          </span>{" "}
          <RelativeTime value={notice.at} className="text-muted" />
          <bdi className="block truncate text-muted">{notice.to}</bdi>
          {notice.answer && notice.state !== "sent" && <span className="block">{notice.answer}</span>}
        </span>
      ) : (
        !muted && <span className="text-muted">{ALARMS.noNotice}</span>
      )}
      {acked && (
        <span>
          {ALARMS.acked(acked.by)} <RelativeTime value={acked.at} className="text-muted" />
          {acked.note && <span className="block text-muted">{acked.note}</span>}
        </span>
      )}
      {muted && (
        <span>
          {ALARMS.muted(muted.why)} <RelativeTime value={muted.since} className="text-muted" />
        </span>
      )}
      {problem && <span className="text-danger">{ALARMS.problem(problem)}</span>}
    </div>
  );
}
