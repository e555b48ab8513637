import { clsx } from "clsx";

type ProgressStepsProps = {
  steps: readonly string[];
  /** Index of the step under way; `steps.length` when all are done. */
  current: number;
  failed?: boolean;
  /** Segments and the current name only, for a table cell. */
  compact?: boolean;
  label?: string;
};

/** A bar of a few named steps which follow by themselves. */
export function ProgressSteps({ steps, current, failed = false, compact = false, label = "Progress" }: ProgressStepsProps) {
  const position = Math.min(current + 1, steps.length);
  return (
    <div data-tone={failed ? "danger" : "progress"} className={compact ? "inline-flex items-center gap-2" : "grid gap-1.5"}>
      <ol aria-label={label} className={clsx("flex", compact ? "gap-0.5" : "gap-1")}>
        {steps.map((step, index) => (
          <li key={step} aria-current={index === current ? "step" : undefined} className={compact ? "w-4" : "min-w-0 flex-1"}>
            <span aria-hidden className={clsx("block h-1 rounded-full border", segmentClass(index, current))} />
            <span className={compact ? "sr-only" : clsx("mt-1 block text-xs", index === current ? "font-medium" : "text-muted")}>
              {step}
              <span className="sr-only">, {stateWord(index, current, failed)}</span>
            </span>
          </li>
        ))}
      </ol>
      {compact && (
        <span aria-hidden className="text-sm whitespace-nowrap">
          {steps[position - 1]} <span className="text-muted">{`${position}/${steps.length}`}</span>
        </span>
      )}
    </div>
  );
}

const segmentClass = (index: number, current: number): string => {
  if (index < current) return "border-(--tone) bg-(--tone) forced-colors:bg-[CanvasText]";
  return index === current
    ? "border-(--tone) bg-linear-to-r from-(--tone) from-50% to-transparent to-50%"
    : "border-control bg-transparent";
};

const stateWord = (index: number, current: number, failed: boolean): string => {
  if (index < current) return "done";
  if (index > current) return "not started";
  return failed ? "failed" : "under way";
};
