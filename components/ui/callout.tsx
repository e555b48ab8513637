import { clsx } from "clsx";
import { CircleCheck, Info, OctagonX, TriangleAlert } from "lucide-react";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

export type CalloutKind = "info" | "success" | "warning" | "danger";

const KINDS: Record<CalloutKind, { glyph: LucideIcon; word: string; tone: string }> = {
  info: { glyph: Info, word: "Note", tone: "accent" },
  success: { glyph: CircleCheck, word: "Done", tone: "positive" },
  warning: { glyph: TriangleAlert, word: "Warning", tone: "warning" },
  danger: { glyph: OctagonX, word: "Error", tone: "danger" },
};

type CalloutProps = {
  kind?: CalloutKind;
  title?: ReactNode;
  role?: "alert" | "status";
  actions?: ReactNode;
  className?: string;
  children?: ReactNode;
};

export function Callout({ kind = "info", title, role, actions, className, children }: CalloutProps) {
  const { glyph: Glyph, word, tone } = KINDS[kind];
  return (
    <div
      role={role}
      data-tone={tone}
      className={clsx("flex gap-2.5 rounded-md border border-line border-s-3 border-s-(--tone) bg-panel px-3 py-2.5", className)}
    >
      <Glyph aria-hidden size={16} className="mt-0.5 text-(--tone)" />
      <div className="min-w-0 flex-1 wrap-anywhere">
        <span className="sr-only">{word}: </span>
        {title && <p className="font-medium">{title}</p>}
        {children && <div className={title ? "text-muted" : undefined}>{children}</div>}
        {actions && <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  );
}
