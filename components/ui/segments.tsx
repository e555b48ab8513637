import { useId } from "react";
import type { LucideIcon } from "lucide-react";

type SegmentsProps<Choice extends string> = {
  legend: string;
  /** The legend is there for those who do not see what the choices stand beside. */
  quiet?: boolean;
  /** Words of the choices, in their order. */
  options: Readonly<Record<Choice, string>>;
  value: Choice;
  onChoose: (choice: Choice) => void;
  glyphs?: Readonly<Record<Choice, LucideIcon>>;
};

const COLUMNS: Record<number, string> = { 2: "grid-cols-2", 3: "grid-cols-3", 5: "grid-cols-5" };

/** One of a few short words, all in sight: radio buttons in the shape of a switch. */
export function Segments<Choice extends string>({ legend, quiet = false, options, value, onChoose, glyphs }: SegmentsProps<Choice>) {
  const name = useId();
  const choices = Object.keys(options) as Choice[]; // the keys of a record are its type
  return (
    <fieldset className="min-w-0">
      <legend className={quiet ? "sr-only" : "mb-1 text-xs font-medium text-muted"}>{legend}</legend>
      <div className={`grid ${COLUMNS[choices.length]} rounded-md border border-control p-0.5`}>
        {choices.map((choice) => {
          const Glyph: LucideIcon | undefined = glyphs?.[choice];
          return (
            <label
              key={choice}
              className={`flex min-h-7 items-center justify-center gap-1 rounded-sm ${quiet ? "px-2.5 whitespace-nowrap" : "px-1"} text-center text-xs text-muted hover:text-ink has-checked:bg-hover has-checked:font-medium has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent forced-colors:has-checked:border`}
            >
              <input type="radio" name={name} className="sr-only" checked={value === choice} onChange={() => onChoose(choice)} />
              {Glyph && <Glyph aria-hidden size={13} />}
              {options[choice]}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
