"use client";

import Link from "next/link";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { TableFrame } from "@/components/ui/table-frame";
import { ALARMS } from "@/lib/messages/alarms-page";
import type { AlarmView } from "@/lib/services/alarms/read";
import type { Recipient } from "@/lib/services/alarms/recipients";
import type { AskAlarm } from "./alarm-dialogs";
import { AlarmMenu } from "./alarm-menu";
import { SeverityMark } from "./alarm-state";
import { StateCounts } from "./state-counts";
import { Watches } from "./watches";

const { columns } = ALARMS;

type AlarmsTableProps = { alarms: readonly AlarmView[]; recipients: readonly Recipient[]; onAsk: (ask: AskAlarm) => void };

/** Every alarm of the region, by name. */
export function AlarmsTable({ alarms, recipients, onAsk }: AlarmsTableProps) {
  const names = new Map(recipients.map(({ id, name }) => [id, name]));
  return (
    <TableFrame label={ALARMS.all}>
      <Table>
        <thead>
          <tr>
            <Th>{columns.alarm}</Th>
            <Th>{columns.watches}</Th>
            <Th>{columns.states}</Th>
            <Th>{columns.severity}</Th>
            <Th>{columns.recipients}</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {alarms.map((alarm) => (
            <Tr key={alarm.id}>
              <Td>
                <Link href={`/alarms/${alarm.id}`} className="link font-medium">
                  {alarm.name}
                </Link>
                <span className="block max-w-120 truncate text-muted" title={alarm.description || undefined}>
                  {alarm.words}
                </span>
              </Td>
              <Td>
                <Watches alarm={alarm} />
              </Td>
              <Td>
                <StateCounts alarm={alarm} />
              </Td>
              <Td>
                <SeverityMark severity={alarm.severity} />
              </Td>
              <Td className="max-w-64 whitespace-normal!">
                <TellsWhom alarm={alarm} names={names} />
              </Td>
              <Td>
                <AlarmMenu alarm={alarm} onAsk={onAsk} />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  );
}

function TellsWhom({ alarm, names }: { alarm: AlarmView; names: ReadonlyMap<string, string> }) {
  const told = [...new Set(Object.values(alarm.actions).flat())].flatMap((id) => names.get(id) ?? []);
  return (
    <>
      {told.length ? <bdi>{told.join(", ")}</bdi> : <span className="text-muted">{ALARMS.nobody}</span>}
      {!alarm.actionsEnabled && <span className="block font-medium">{ALARMS.actionsOff}</span>}
      {alarm.mute && (
        <span className="block font-medium">
          {ALARMS.mutedUntil} <RelativeTime value={alarm.mute.until} />{" "}
          <span className="font-normal text-muted">{ALARMS.mutedBy(alarm.mute.by, alarm.mute.note)}</span>
        </span>
      )}
    </>
  );
}
