/** Samples on their way from the worker through PostgreSQL to the browsers: bytes, so that a thousand nodes are 36 kB and no parsing. */
import { GAP, METRIC_COUNT, TREND_IDS } from "./metrics";
import { RING_MINUTES, type Ring } from "./trends";

const ID_BYTES = 16;
const TRENDS = TREND_IDS.length;
/** id, seconds since 1970, the newest codes, the codes of the minute so far. */
const NEWS_BYTES = ID_BYTES + 4 + 2 * TRENDS + 2 * TRENDS;
/** id, seconds since 1970, the newest codes, minute of the ring, ring. */
const HOUR_BYTES = ID_BYTES + 4 + 2 * TRENDS + 4 + 2 * RING_MINUTES * TRENDS;

export type SampleNews = { id: string; at: number; last: Uint16Array; minute: Uint16Array };
export type NodeHour = { id: string; at: number; last: Uint16Array; ring: Ring };

function putId(id: string, view: DataView, offset: number): void {
  const digits = id.replaceAll("-", "");
  for (let byte = 0; byte < ID_BYTES; byte += 1) view.setUint8(offset + byte, Number.parseInt(digits.slice(byte * 2, byte * 2 + 2), 16));
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

function takeId(view: DataView, offset: number): string {
  let text = "";
  for (let byte = 0; byte < ID_BYTES; byte += 1) {
    if (byte === 4 || byte === 6 || byte === 8 || byte === 10) text += "-";
    text += HEX[view.getUint8(offset + byte)];
  }
  return text;
}

function putCodes(codes: Uint16Array, view: DataView, offset: number): void {
  for (let index = 0; index < codes.length; index += 1) view.setUint16(offset + 2 * index, codes[index] ?? 0, true);
}

function takeCodes(view: DataView, offset: number, count: number): Uint16Array {
  return Uint16Array.from({ length: count }, (_, index) => view.getUint16(offset + 2 * index, true));
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export function writeNews(news: readonly SampleNews[]): Uint8Array {
  const bytes = new Uint8Array(news.length * NEWS_BYTES);
  const view = viewOf(bytes);
  for (const [index, { id, at, last, minute }] of news.entries()) {
    const offset = index * NEWS_BYTES;
    putId(id, view, offset);
    view.setUint32(offset + ID_BYTES, at);
    putCodes(last, view, offset + ID_BYTES + 4);
    putCodes(minute, view, offset + ID_BYTES + 4 + 2 * TRENDS);
  }
  return bytes;
}

/** What follows the last whole record is not read. */
export function readNews(bytes: Uint8Array): SampleNews[] {
  const view = viewOf(bytes);
  return Array.from({ length: Math.floor(bytes.length / NEWS_BYTES) }, (_, index) => {
    const offset = index * NEWS_BYTES;
    return {
      id: takeId(view, offset),
      at: view.getUint32(offset + ID_BYTES),
      last: takeCodes(view, offset + ID_BYTES + 4, TRENDS),
      minute: takeCodes(view, offset + ID_BYTES + 4 + 2 * TRENDS, TRENDS),
    };
  });
}

/** `ring` comes as it rests in PostgreSQL: little-endian codes. */
export function writeHours(
  hours: readonly (Omit<NodeHour, "ring" | "last"> & { last: Uint8Array; minute: number; ring: Uint8Array })[],
): Uint8Array {
  const bytes = new Uint8Array(hours.length * HOUR_BYTES);
  const view = viewOf(bytes);
  for (const [index, { id, at, last, minute, ring }] of hours.entries()) {
    const offset = index * HOUR_BYTES;
    putId(id, view, offset);
    view.setUint32(offset + ID_BYTES, at);
    bytes.set(last.subarray(0, 2 * TRENDS), offset + ID_BYTES + 4);
    view.setUint32(offset + ID_BYTES + 4 + 2 * TRENDS, minute);
    bytes.set(ring, offset + HOUR_BYTES - 2 * RING_MINUTES * TRENDS);
  }
  return bytes;
}

export function readHours(bytes: Uint8Array): NodeHour[] {
  const view = viewOf(bytes);
  return Array.from({ length: Math.floor(bytes.length / HOUR_BYTES) }, (_, index) => {
    const offset = index * HOUR_BYTES;
    return {
      id: takeId(view, offset),
      at: view.getUint32(offset + ID_BYTES),
      last: takeCodes(view, offset + ID_BYTES + 4, TRENDS),
      ring: {
        minute: view.getUint32(offset + ID_BYTES + 4 + 2 * TRENDS),
        codes: takeCodes(view, offset + HOUR_BYTES - 2 * RING_MINUTES * TRENDS, RING_MINUTES * TRENDS),
      },
    };
  });
}

/** Codes as they rest in PostgreSQL: little-endian, on every machine. */
export function bytesOfCodes(codes: Uint16Array): Uint8Array {
  const bytes = new Uint8Array(codes.length * 2);
  putCodes(codes, viewOf(bytes), 0);
  return bytes;
}

export const codesOfBytes = (bytes: Uint8Array): Uint16Array => takeCodes(viewOf(bytes), 0, Math.floor(bytes.length / 2));

/** A sample as it waits for its hour to be written: when it was due, seconds since 1970, and the code of each metric. */
export type TailSample = { slot: number; codes: Uint16Array };

/** The number of metrics stands first: a tail that an older version wrote has fewer. */
export function writeTail(samples: readonly TailSample[]): Uint8Array {
  const size = 4 + 2 * METRIC_COUNT;
  const bytes = new Uint8Array(samples.length > 0 ? 1 + samples.length * size : 0);
  const view = viewOf(bytes);
  if (bytes.length > 0) view.setUint8(0, METRIC_COUNT);
  for (const [index, { slot, codes }] of samples.entries()) {
    view.setUint32(1 + index * size, slot);
    putCodes(codes, view, 1 + index * size + 4);
  }
  return bytes;
}

/** With a code for each metric, whatever version wrote it: what it did not know is a gap. */
export function readTail(bytes: Uint8Array): TailSample[] {
  if (bytes.length === 0) return [];
  const view = viewOf(bytes);
  const count = view.getUint8(0);
  const size = 4 + 2 * count;
  return Array.from({ length: Math.floor((bytes.length - 1) / size) }, (_, index) => {
    const codes = new Uint16Array(METRIC_COUNT).fill(GAP);
    codes.set(takeCodes(view, 1 + index * size + 4, Math.min(count, METRIC_COUNT)));
    return { slot: view.getUint32(1 + index * size), codes };
  });
}
