"use client";

import { BellPlus } from "lucide-react";
import { useRouter } from "next/navigation";
import type { Chart } from "@/components/charts/chart";
import { Button } from "@/components/ui/button";
import { ALARM_METRIC_IDS } from "@/lib/domain/alarms/metrics";
import { COMMANDS } from "@/lib/domain/lifecycle";
import { MONITORING } from "@/lib/messages/monitoring";
import { newAlarm } from "../alarm-address";

type AlarmFromChartProps = { nodeId: string; chart: Chart; refused: string | undefined; reasonId: string };

/** The form of an alarm on what a chart shows. Not every line can be watched; the first that can is chosen. */
export function AlarmFromChart({ nodeId, chart, refused, reasonId }: AlarmFromChartProps) {
  const router = useRouter();
  const metric = ALARM_METRIC_IDS.find((id) => chart.lines.some((line) => line.id === id));
  if (!metric) return null;
  return (
    <Button variant="ghost" size="small" disabledReason={refused} reasonId={reasonId} onClick={() => router.push(newAlarm(nodeId, metric))}>
      <BellPlus aria-hidden size={13} />
      <span>
        {COMMANDS.createAlarm.label} <span className="@max-[447.98px]:sr-only">{MONITORING.fromChart}</span>{" "}
        <span className="sr-only">({chart.title})</span>
      </span>
    </Button>
  );
}
