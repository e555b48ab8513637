import { CircleCheck, OctagonX, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { CHECK_WORDS } from "@/lib/messages/maintenance";

const LOOKS = {
  pass: { glyph: CircleCheck, tone: "positive", weight: "quiet" },
  warn: { glyph: TriangleAlert, tone: "warning", weight: "outline" },
  fail: { glyph: OctagonX, tone: "danger", weight: "solid" },
} as const;

type Check = { id: string; label: string; state: keyof typeof LOOKS; detail: string; remedy?: string };

/** Named checks, one by one, each as glyph, word and sentence, and what to do about it. */
export function Checks({ title = "Checks", aside, checks }: { title?: string; aside?: ReactNode; checks: readonly Check[] }) {
  return (
    <section aria-label={title} className="grid gap-2">
      <div className="flex flex-wrap items-baseline gap-x-2">
        <h3 className="font-semibold">{title}</h3>
        {aside}
      </div>
      <ul role="list" className="grid gap-1">
        {checks.map(({ id, label, state, detail, remedy }) => {
          const { glyph: Glyph, ...look } = LOOKS[state];
          return (
            <li
              key={id}
              className="-ms-1.75 grid grid-cols-[5.5rem_minmax(0,1fr)] items-start gap-x-3 sm:grid-cols-[5.5rem_18rem_minmax(0,1fr)]"
            >
              <Badge {...look} glyph={<Glyph aria-hidden />} className="justify-self-start px-1.5">
                {CHECK_WORDS[state]}
                <span className="sr-only">: </span>
              </Badge>
              <span className="min-w-0 pt-px font-medium wrap-anywhere">{label}</span>{" "}
              <span className="min-w-0 pt-px wrap-anywhere text-muted max-sm:col-start-2">
                {detail} {remedy && <span className="block text-ink">{remedy}</span>}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
