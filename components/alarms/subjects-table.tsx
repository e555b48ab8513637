"use client";

import Link from "next/link";
import { useState } from "react";
import { ThresholdSpark } from "@/components/charts/threshold-spark";
import { Button } from "@/components/ui/button";
import { NoData } from "@/components/ui/key-values";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { TableFrame } from "@/components/ui/table-frame";
import { OPERATORS } from "@/lib/domain/alarms/choices";
import { showValue } from "@/lib/domain/alarms/reason";
import { ALARMS } from "@/lib/messages/alarms-page";
import type { AlarmView, SubjectView } from "@/lib/services/alarms/read";
import type { AskAlarm } from "./alarm-dialogs";
import { AlarmMenu } from "./alarm-menu";
import { SeverityMark, StateBadge } from "./alarm-state";
import { Since } from "./since";
import { Told } from "./told";
import { WatchedNode } from "./watched-node";
import { useSparks, type Spark } from "./use-sparks";

const { columns } = ALARMS;
const PAGE = 50;

type SubjectsTableProps = { subjects: readonly SubjectView[]; alarms: ReadonlyMap<string, AlarmView>; onAsk: (ask: AskAlarm) => void };

/** What is not OK, with what was measured, who was told and who is on it. */
export function SubjectsTable({ subjects, alarms, onAsk }: SubjectsTableProps) {
  const [most, setMost] = useState(PAGE);
  const shown = subjects.slice(0, most);
  const sparks = useSparks(shown.map(({ id }) => id));
  const hidden = subjects.length - shown.length;
  return (
    <>
      <TableFrame label={ALARMS.attention}>
        <Table className="subjects">
          <thead>
            <tr>
              <Th>{columns.state}</Th>
              <Th>{columns.alarm}</Th>
              <Th>{columns.node}</Th>
              <Th numeric>{columns.value}</Th>
              <Th>{columns.trend}</Th>
              <Th>{columns.since}</Th>
              <Th>{columns.told}</Th>
              <Th>
                <span className="sr-only">Actions</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {shown.map((subject) => {
              const alarm = alarms.get(subject.alarmId);
              return alarm && <SubjectLine key={subject.id} subject={subject} alarm={alarm} spark={sparks[subject.id]} onAsk={onAsk} />;
            })}
          </tbody>
        </Table>
      </TableFrame>
      {hidden > 0 && (
        <Button className="justify-self-start" onClick={() => setMost(most + PAGE)}>
          {ALARMS.more(Math.min(hidden, PAGE))}
        </Button>
      )}
    </>
  );
}

type SubjectLineProps = { subject: SubjectView; alarm: AlarmView; spark: Spark | undefined; onAsk: (ask: AskAlarm) => void };

function SubjectLine({ subject, alarm, spark, onAsk }: SubjectLineProps) {
  const { rule } = alarm;
  return (
    <Tr>
      <Td>
        <StateBadge state={subject.state} quiet={subject.acked !== null || subject.muted !== null} />
        <span className="mt-0.5 block text-xs text-muted">
          <SeverityMark severity={alarm.severity} />
        </span>
      </Td>
      <Td>
        <Link href={`/alarms/${alarm.id}`} className="link font-medium">
          {alarm.name}
        </Link>
        <span className="block max-w-80 truncate text-muted" title={subject.reason}>
          {alarm.words}
        </span>
      </Td>
      <Td>
        <WatchedNode subject={subject} />
      </Td>
      <Td numeric>
        <span className="font-medium">{subject.value ?? <NoData />}</span>
        {rule && (
          <span className="block text-xs text-muted">{ALARMS.limit(OPERATORS[rule.operator].sign, showValue(rule.threshold, rule))}</span>
        )}
      </Td>
      <Td>
        {spark && rule ? (
          <ThresholdSpark
            points={spark.values}
            threshold={rule.threshold}
            label={ALARMS.trend(subject.node ? `${alarm.name}, ${subject.node}` : alarm.name)}
          />
        ) : (
          <NoData />
        )}
      </Td>
      <Td>
        <Since value={subject.since} />
      </Td>
      <Td className="max-w-72 min-w-44 whitespace-normal!">
        <Told subject={subject} />
      </Td>
      <Td>
        <AlarmMenu alarm={alarm} subject={subject} onAsk={onAsk} />
      </Td>
    </Tr>
  );
}
