import { clsx } from "clsx";
import type { ReactNode } from "react";
import type { Tone } from "./tone";

export type BadgeWeight = "quiet" | "outline" | "solid";

type BadgeProps = {
  tone?: Tone;
  /** Only what wants a person is solid. */
  weight?: BadgeWeight;
  /** An icon, so that colour never carries the meaning alone. Drawn at 14 px. */
  glyph?: ReactNode;
  className?: string;
  children: ReactNode;
};

const WEIGHTS: Record<BadgeWeight, string> = {
  quiet: "border-transparent forced-colors:border-[Canvas] [&>svg]:text-(--tone)",
  outline: "border-(--tone) px-1.5 [&>svg]:text-(--tone)",
  solid: "border-(--tone) bg-(--tone) px-1.5 text-(--on-tone)",
};

export function Badge({ tone = "neutral", weight = "quiet", glyph, className, children }: BadgeProps) {
  return (
    <span
      data-tone={tone}
      className={clsx(
        "inline-flex min-h-5.5 items-center gap-1.5 rounded-sm border text-sm font-medium whitespace-nowrap [&>svg]:size-3.5",
        WEIGHTS[weight],
        className,
      )}
    >
      {glyph}
      {children}
    </span>
  );
}
