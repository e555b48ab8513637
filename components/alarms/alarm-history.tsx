"use client";

import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { TableFrame } from "@/components/ui/table-frame";
import { ALARM_STATES } from "@/lib/domain/alarms/choices";
import { ALARM_PAGE, ALARMS } from "@/lib/messages/alarms-page";
import type { TransitionView } from "@/lib/services/alarms/read";
import { StateBadge } from "./alarm-state";
import { Since } from "./since";

/** As many as the server gives at once: fewer are the last. */
const PAGE = 100;

/** Every change of its state, the newest first. */
export function AlarmHistory({ alarmId, first }: { alarmId: string; first: TransitionView[] }) {
  const { shown, more, busy, failed, ask } = useHistory(alarmId, first);
  if (shown.length === 0) return <p className="text-muted">{ALARM_PAGE.noHistory}</p>;
  return (
    <>
      <TableFrame label={ALARM_PAGE.history} className="max-h-[max(20rem,calc(100dvh-17rem))]">
        <Table>
          <thead>
            <tr>
              <Th>{ALARMS.columns.since}</Th>
              <Th>{ALARMS.columns.node}</Th>
              <Th>{ALARM_PAGE.change}</Th>
              <Th>{ALARM_PAGE.reason}</Th>
            </tr>
          </thead>
          <tbody>
            {shown.map((change) => (
              <Tr key={change.id}>
                <Td>
                  <Since value={change.at} />
                </Td>
                <Td>
                  {change.nodeId ? (
                    <Link href={`/nodes/${change.nodeId}/overview`} className="link">
                      {change.node}
                    </Link>
                  ) : (
                    ALARMS.region
                  )}
                </Td>
                <Td>
                  <span className="inline-flex items-center gap-1.5">
                    <span className="text-muted">
                      {ALARM_STATES[change.was]} {ALARM_PAGE.to}
                    </span>
                    <StateBadge state={change.becomes} quiet />
                  </span>
                </Td>
                <Td className="min-w-80 whitespace-normal!">
                  {change.reason}
                  {change.muted && <span className="block text-muted">{ALARMS.muted(change.muted)}</span>}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      </TableFrame>
      {failed && <p role="alert">{ALARM_PAGE.unread}</p>}
      {more && (
        <Button className="justify-self-start" busy={busy} onClick={() => void ask()}>
          {ALARM_PAGE.more}
        </Button>
      )}
    </>
  );
}

function useHistory(alarmId: string, first: TransitionView[]) {
  const [older, setOlder] = useState<TransitionView[][]>([]);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const shown = [first, ...older].flat();
  const last = older.at(-1) ?? first;
  const ask = async () => {
    setBusy(true);
    const answer = await fetch(`/api/v1/alarms/${alarmId}/history?after=${shown.at(-1)?.id}`).catch(() => null);
    setBusy(false);
    setFailed(!answer?.ok);
    if (!answer?.ok) return;
    const { transitions } = (await answer.json()) as { transitions: TransitionView[] }; // our own route
    setOlder((before) => [...before, transitions]);
  };
  return { shown, more: last.length === PAGE, busy, failed, ask };
}
