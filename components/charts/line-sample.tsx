import { STROKES, type Look } from "./chart";

/** A piece of a line, beside its name. */
export function LineSample({ look }: { look: Look }) {
  const { stroke, dashes, width } = STROKES[look];
  return (
    <svg aria-hidden width={22} height={8} className="inline-block align-middle">
      <path d="M1 4H21" stroke={stroke} strokeWidth={width} strokeDasharray={dashes} strokeLinecap="round" />
    </svg>
  );
}
