"use client";

import { useContext, useMemo, useState } from "react";
import { dayTime, shortTime } from "@/components/charts/axis-time";
import { ThresholdChart } from "@/components/charts/threshold-chart";
import { Segments } from "@/components/ui/segments";
import { TimeZoneContext } from "@/components/ui/time-zone";
import { OPERATORS } from "@/lib/domain/alarms/choices";
import type { AlarmRule, AlarmScope } from "@/lib/domain/alarms/config";
import { watchedLabel } from "@/lib/domain/alarms/metrics";
import { PREVIEW } from "@/lib/messages/alarm-form";
import { backtestWords } from "@/lib/messages/alarms";
import type { Preview } from "@/lib/services/alarms/preview";
import { isAbove, isFlag, isTestable, measureOf } from "./form-state";
import { usePreview, type Hours } from "./use-preview";

type AlarmPreviewProps = {
  rule: AlarmRule;
  scope: AlarmScope;
  /** Given, the threshold's line can be moved; the value is in the unit that is typed. */
  onThreshold?: (threshold: number) => void;
};

const FULL = 100;

/** What was measured against the threshold, and what the rule would have done about it. */
export function AlarmPreview({ rule, scope, onThreshold }: AlarmPreviewProps) {
  const [hours, setHours] = useState<Hours>("24");
  const testable = isTestable(rule);
  const missing = missingIn(scope);
  const { preview, reason, reading } = usePreview(rule, scope, hours, missing === null, testable);
  return (
    <section aria-label={PREVIEW.title} className="grid min-w-0 content-start gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div>
          <h2 className="text-lg font-semibold">{PREVIEW.title}</h2>
          <p className="min-h-5 text-sm text-muted">{preview && shownWords(preview, scope)}</p>
        </div>
        <Segments legend={PREVIEW.range} quiet options={PREVIEW.ranges} value={hours} onChoose={setHours} />
      </div>
      {preview ? (
        <Drawn rule={rule} preview={preview} onThreshold={onThreshold} />
      ) : (
        <div className="grid h-66 place-items-center rounded-md bg-panel px-6 text-center text-muted">
          {missing ?? reason ?? <span>{PREVIEW.reading}</span>}
        </div>
      )}
      <Sentence preview={preview} reason={testable ? null : PREVIEW.unfinished} hours={hours} reading={reading} />
    </section>
  );
}

const missingIn = (scope: AlarmScope): string | null => {
  if (scope.kind === "node" && !scope.nodeId) return PREVIEW.noNode;
  return scope.kind === "tag" && !scope.tag.trim() ? PREVIEW.noTag : null;
};

function shownWords({ node }: Preview, scope: AlarmScope): string {
  if (!node) return PREVIEW.ofRegion;
  return scope.kind === "node" ? PREVIEW.of(node.name) : PREVIEW.oneOf(node.name);
}

type DrawnProps = { rule: AlarmRule; preview: Preview; onThreshold: ((threshold: number) => void) | undefined };

function Drawn({ rule, preview: { start, step, values, tested }, onThreshold }: DrawnProps) {
  const measure = measureOf(rule);
  const typed = useMemo(() => values.map((value) => value && measure.typed(value)), [values, measure]);
  const threshold = measure.typed(rule.threshold);
  const { label } = OPERATORS[rule.operator];
  const flag = isFlag(rule.metric);
  const format = useMemo(() => (value: number) => measure.show(measure.stored(value)), [measure]);
  if (values.every((value) => value === null))
    return <p className="grid h-66 place-items-center rounded-md bg-panel text-muted">{PREVIEW.nothing}</p>;
  return (
    <div className="grid gap-1">
      <ThresholdChart
        title={watchedLabel(rule)}
        start={start}
        step={step}
        values={typed}
        threshold={threshold}
        beyond={isAbove(rule.operator) ? "above" : "below"}
        episodes={tested.episodes}
        full={measure.suffix === "%" ? FULL : null}
        format={format}
        slider={flag ? null : { label: PREVIEW.threshold, words: `${label} ${format(threshold)}` }}
        {...(onThreshold && { onThreshold })}
      />
      <p className="flex flex-wrap gap-x-5 gap-y-1 text-xs text-muted">
        <Key word={PREVIEW.legend} className="w-4 border-y" />
        <Key word={PREVIEW.strip} className="w-6 border" />
        {onThreshold && !flag && <span>{PREVIEW.slide}</span>}
      </p>
    </div>
  );
}

const Key = ({ word, className }: { word: string; className: string }) => (
  <span className="inline-flex items-center gap-1.5">
    <span aria-hidden className={`breaching-key h-2.5 border-danger ${className}`} />
    {word}
  </span>
);

/** Heard when it changes, and no more often than somebody stops typing. */
function Sentence({ preview, reason, hours, reading }: { preview: Preview | null; reason: string | null; hours: Hours; reading: boolean }) {
  const zone = useContext(TimeZoneContext);
  const clock = (at: number) => (hours === "168" ? `${dayTime(at, zone)} ${shortTime(at, zone)}` : shortTime(at, zone));
  const words = reason ?? preview?.noHistory ?? (preview && backtestWords(preview.tested, clock));
  return (
    <p aria-live="polite" aria-busy={reading} className={`min-h-10 ${reading ? "text-muted" : "font-medium"}`}>
      {words}
    </p>
  );
}
