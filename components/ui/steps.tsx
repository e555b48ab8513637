import { clsx } from "clsx";
import { Check } from "lucide-react";

/** Where a wizard stands. `current` counts from 0. */
export function Steps({ steps, current, label = "Steps" }: { steps: readonly string[]; current: number; label?: string }) {
  return (
    <ol aria-label={label} className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
      {steps.map((step, index) => (
        <li key={step} aria-current={index === current ? "step" : undefined} className="group flex items-center gap-2">
          {index > 0 && <span aria-hidden className="w-6 border-t border-control" />}
          <span
            aria-hidden
            className={clsx(
              "grid size-5 place-items-center rounded-full border text-xs font-semibold",
              index === current ? "border-accent bg-accent text-on-accent" : "border-control text-muted",
            )}
          >
            {index < current ? <Check size={12} strokeWidth={3} /> : index + 1}
          </span>
          <span className="text-muted group-aria-[current=step]:font-medium group-aria-[current=step]:text-ink">
            {step}
            {index < current && <span className="sr-only">, done</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
