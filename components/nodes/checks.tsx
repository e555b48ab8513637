import { CircleCheck, OctagonX, TriangleAlert } from "lucide-react";
import type { JoinCheck } from "@/lib/domain/join-checks";

const STATES = {
  pass: { glyph: CircleCheck, word: "Pass", tone: "positive" },
  warn: { glyph: TriangleAlert, word: "Note", tone: "warning" },
  fail: { glyph: OctagonX, word: "Blocked", tone: "danger" },
} as const;

/** Named checks, one by one, each as glyph, word and sentence. */
export function Checks({ checks }: { checks: readonly JoinCheck[] }) {
  return (
    <section aria-label="Checks" className="grid gap-2">
      <h3 className="font-semibold">Checks</h3>
      <ul className="grid gap-1.5">
        {checks.map(({ id, label, state, detail }) => {
          const { glyph: Glyph, word, tone } = STATES[state];
          return (
            <li key={id} data-tone={tone} className="flex gap-2">
              <Glyph aria-hidden size={16} className="mt-0.5 text-(--tone)" />
              <span className="min-w-0">
                <span className="sr-only">{word}: </span>
                <span className="font-medium">{label}</span> <span className="text-muted">{detail}</span>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
