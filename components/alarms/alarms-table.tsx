"use client";

import Link from "next/link";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table, TableFrame, Td, Th, Tr } from "@/components/ui/table";
import { ALARM_STATES, type AlarmState } from "@/lib/domain/alarms/choices";
import { ALARMS } from "@/lib/messages/alarms-page";
import type { AlarmView } from "@/lib/services/alarms/read";
import type { Recipient } from "@/lib/services/alarms/recipients";
import type { AskAlarm } from "./alarm-dialogs";
import { AlarmMenu } from "./alarm-menu";
import { SeverityMark } from "./alarm-state";
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

const SHOWN = ["ALARM", "INSUFFICIENT_DATA", "OK"] as const satisfies readonly AlarmState[];
const LOUD: Partial<Record<AlarmState, string>> = { ALARM: "font-medium text-danger" };

/** "2 In alarm · 33 OK", as words: only what is in alarm is loud. */
export function StateCounts({ alarm: { counts } }: { alarm: AlarmView }) {
  const there = SHOWN.filter((state) => counts[state] > 0);
  return (
    <span className="inline-flex flex-wrap gap-x-2.5">
      {there.map((state) => (
        <span key={state} className={LOUD[state] ?? "text-muted"}>
          {counts[state].toLocaleString("en-GB")} {ALARM_STATES[state]}
        </span>
      ))}
      {counts.muted > 0 && (
        <span className="text-muted">
          {counts.muted.toLocaleString("en-GB")} {ALARMS.filters.muted}
        </span>
      )}
    </span>
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
