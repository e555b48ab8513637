import encodeQR from "qr";

/** Modules of quiet around it, as the standard asks. */
const QUIET = 4;

/** What a phone reads off the screen. Black on white in every theme: readers expect it so. `name` says what it leads to. */
export function QrCode({ text, name, className }: { text: string; name: string; className?: string }) {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: QUIET });
  // One path of a row's runs: a thousand elements would say no more.
  const path = rows.flatMap((row, y) => runs(row).map(({ from, length }) => `M${from} ${y}h${length}v1h-${length}z`)).join("");
  return (
    <svg role="img" aria-label={name} viewBox={`0 0 ${rows.length} ${rows.length}`} shapeRendering="crispEdges" className={className}>
      <path fill="#ffffff" d={`M0 0h${rows.length}v${rows.length}H0z`} />
      <path fill="#000000" d={path} />
    </svg>
  );
}

/** The dark stretches of a row. */
export function runs(row: readonly boolean[]): { from: number; length: number }[] {
  const found: { from: number; length: number }[] = [];
  row.forEach((dark, at) => {
    const last = found.at(-1);
    if (!dark) return;
    if (last && last.from + last.length === at) last.length += 1;
    else found.push({ from: at, length: 1 });
  });
  return found;
}
