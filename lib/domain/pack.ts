/**
 * Series of codes as bytes. Each series is a run of variable-length numbers: the difference to the code before it, or how often that
 * code repeats, or how many gaps follow. A sample of a quiet metric takes no byte, of a busy one one or two.
 */
import { GAP } from "./metrics";

const RUN_OF_GAPS = 0;
const REPEAT = 1;
const FIRST_DIFFERENCE = 2;
const SEVEN_BITS = 0x7f;
const MORE = 0x80;

/** All series one after another; each has `length` codes. Trailing gaps cost two bytes. */
export function pack(series: readonly Uint16Array[]): Uint8Array {
  const bytes: number[] = [];
  for (const codes of series) packOne(codes, bytes);
  return Uint8Array.from(bytes);
}

function packOne(codes: Uint16Array, bytes: number[]): void {
  let before = 0;
  for (let at = 0; at < codes.length;) {
    const code = codes[at] as number; // at is inside
    const run = code === GAP || code === before ? runFrom(codes, at, code) : 0;
    if (run > 0) {
      put(code === GAP ? RUN_OF_GAPS : REPEAT, bytes);
      put(run, bytes);
      at += run;
      continue;
    }
    const difference = code - before;
    put(FIRST_DIFFERENCE + (difference < 0 ? -2 * difference - 1 : 2 * difference), bytes);
    before = code;
    at += 1;
  }
}

function runFrom(codes: Uint16Array, from: number, code: number): number {
  let at = from;
  while (at < codes.length && codes[at] === code) at += 1;
  return at - from;
}

function put(number: number, bytes: number[]): void {
  let rest = number;
  for (; rest > SEVEN_BITS; rest >>>= 7) bytes.push((rest & SEVEN_BITS) | MORE);
  bytes.push(rest);
}

/** The reverse of pack; bytes that are not its own are an error, and what is missing at the end is gaps. */
export function unpack(bytes: Uint8Array, count: number, length: number): Uint16Array[] {
  let position = 0;
  const take = (): number => {
    let number = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = bytes[position];
      if (byte === undefined) break;
      position += 1;
      number |= (byte & SEVEN_BITS) << shift;
      if (byte < MORE) return number;
    }
    throw new RangeError("Packed samples are damaged.");
  };
  return Array.from({ length: count }, () => {
    const codes = new Uint16Array(length).fill(GAP);
    let before = 0;
    for (let at = 0; at < length && position < bytes.length;) {
      const token = take();
      if (token >= FIRST_DIFFERENCE) {
        const twice = token - FIRST_DIFFERENCE;
        before += twice & 1 ? -((twice + 1) >>> 1) : twice >>> 1;
        if (before < 0 || before >= GAP) throw new RangeError("Packed samples are damaged.");
        codes[at] = before;
        at += 1;
        continue;
      }
      const run = take();
      if (run === 0 || at + run > length) throw new RangeError("Packed samples are damaged.");
      if (token === REPEAT) codes.fill(before, at, at + run);
      at += run;
    }
    return codes;
  });
}
