"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { NoData } from "@/components/ui/key-values";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { TableFrame } from "@/components/ui/table-frame";
import { ALARM_PAGE, ALARMS } from "@/lib/messages/alarms-page";
import type { AlarmView, SubjectView } from "@/lib/services/alarms/read";
import { AlarmDialog, useAlarmDialogs } from "./alarm-dialogs";
import { AlarmMenu } from "./alarm-menu";
import { StateBadge } from "./alarm-state";
import { Since } from "./since";
import { Told } from "./told";
import { WatchedNode } from "./watched-node";

const { columns } = ALARMS;
const PAGE = 50;

/** The state of each node that an alarm watches, what is not OK first. */
export function AlarmStates({ alarm, subjects }: { alarm: AlarmView; subjects: readonly SubjectView[] }) {
  const { asked, ask, close } = useAlarmDialogs();
  const [most, setMost] = useState(PAGE);
  const hidden = subjects.length - most;
  if (subjects.length === 0) return <p className="text-muted">{ALARM_PAGE.noStates}</p>;
  return (
    <>
      <TableFrame label={ALARM_PAGE.states}>
        <Table>
          <thead>
            <tr>
              <Th>{columns.state}</Th>
              <Th>{columns.node}</Th>
              <Th numeric>{columns.value}</Th>
              <Th>{columns.since}</Th>
              <Th>{ALARM_PAGE.reason}</Th>
              <Th>{columns.told}</Th>
              <Th>
                <span className="sr-only">{ALARM_PAGE.actions}</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {subjects.slice(0, most).map((subject) => (
              <Tr key={subject.id}>
                <Td>
                  <StateBadge state={subject.state} quiet={subject.acked !== null || subject.muted !== null} />
                </Td>
                <Td>
                  <WatchedNode subject={subject} />
                </Td>
                <Td numeric>{subject.value ?? <NoData />}</Td>
                <Td>
                  <Since value={subject.since} />
                </Td>
                <Td className="max-w-lg min-w-64 whitespace-normal!">{subject.reason || <NoData />}</Td>
                <Td className="max-w-72 min-w-44 whitespace-normal!">
                  <Told subject={subject} />
                </Td>
                <Td>
                  <AlarmMenu alarm={alarm} subject={subject} onAsk={ask} />
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      </TableFrame>
      {hidden > 0 && (
        <Button className="justify-self-start" onClick={() => setMost(most + PAGE)}>
          {ALARMS.more(Math.min(hidden, PAGE))}
        </Button>
      )}
      <AlarmDialog asked={asked} onClose={close} />
    </>
  );
}
