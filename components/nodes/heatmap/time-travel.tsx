import { History } from "lucide-react";
import { useId, type Ref } from "react";
import { Button } from "@/components/ui/button";
import { useAbsoluteTime } from "@/components/ui/time-zone";
import { PAST_STEPS } from "@/lib/domain/past";
import { HEATMAP } from "@/lib/messages/heatmap";
import type { Travel } from "./use-past";

const HOUR_STEPS = 12;

type OpenPastProps = Travel & { ref: Ref<HTMLButtonElement> };

/** Reads the last day, and leads back to now. It stays where it is, so that whoever pressed it keeps the focus. */
export function OpenPast({ ref, state, open, close }: OpenPastProps) {
  return (
    <>
      {state === "unread" && (
        <span role="alert" className="text-sm">
          {HEATMAP.past.unread}
        </span>
      )}
      <Button ref={ref} size="small" aria-expanded={state === "on"} onClick={state === "on" ? close : open} busy={state === "reading"}>
        <History aria-hidden size={14} /> {state === "reading" ? HEATMAP.past.reading : HEATMAP.past.open}
      </Button>
    </>
  );
}

/** The slider over the last day. Whatever is not now is said in words, beside the way back. */
export function TimeTravel({ step, at, close, goTo }: Travel) {
  const id = useId();
  const absolute = useAbsoluteTime();
  const moment = at === null ? HEATMAP.past.now : absolute(new Date(at));
  return (
    <div role="group" aria-label={HEATMAP.past.group} className="heatmap-travel" data-past={at !== null || undefined}>
      <label htmlFor={id} className="text-sm text-muted">
        {HEATMAP.past.slider}
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={PAST_STEPS}
        value={step}
        aria-valuetext={moment}
        aria-describedby={at === null ? undefined : `${id}-kept`}
        onChange={({ target }) => goTo(Number(target.value))}
        onKeyDown={(event) => {
          const far = { PageUp: HOUR_STEPS, PageDown: -HOUR_STEPS }[event.key];
          if (far === undefined) return;
          event.preventDefault();
          goTo(Math.min(PAST_STEPS, Math.max(0, step + far)));
        }}
      />
      <output htmlFor={id} className="min-w-48 text-sm font-semibold tabular-nums">
        {at === null ? moment : HEATMAP.past.shown(moment)}
      </output>
      <Button size="small" onClick={close}>
        {HEATMAP.past.back}
      </Button>
      {at !== null && (
        <p id={`${id}-kept`} className="w-full text-sm text-muted">
          {HEATMAP.past.kept}
        </p>
      )}
    </div>
  );
}
