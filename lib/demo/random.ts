/** Chance that is always the same: the demo region must look alike on every machine and after every restart. */

/** FNV-1a, 32 bits: spreads neighbouring texts ("…-01", "…-02") well apart. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 15), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}

/** A number in [0, 1) that depends on nothing but the text. */
export const chance = (text: string): number => hash(text) / 2 ** 32;

/** A whole number from `low` to `high`, both included. */
export const between = (text: string, low: number, high: number): number => low + Math.floor(chance(text) * (high - low + 1));

/** One of the items; the list must not be empty. */
export function pick<T>(text: string, items: readonly [T, ...T[]]): T {
  return items[Math.floor(chance(text) * items.length)] ?? items[0];
}

/** Lower-case hexadecimal digits. */
export function hex(text: string, digits: number): string {
  let result = "";
  for (let part = 0; result.length < digits; part += 1) result += hash(`${text}#${part}`).toString(16).padStart(8, "0");
  return result.slice(0, digits);
}

/** An RFC 4122 version 4 UUID. */
export function uuid(text: string): string {
  const digits = hex(text, 32);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20)}`;
}

/** Letters and digits as they stand on a vendor's label. */
export function serial(text: string, length: number): string {
  const alphabet = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  return Array.from({ length }, (_, index) => alphabet[hash(`${text}/${index}`) % alphabet.length]).join("");
}

/** Moves smoothly between 0 and 1 as `seconds` pass; a new direction about every `periodSeconds`. */
export function drift(text: string, seconds: number, periodSeconds: number): number {
  const position = seconds / periodSeconds;
  const step = Math.floor(position);
  const part = position - step;
  const eased = part * part * (3 - 2 * part);
  return chance(`${text}@${step}`) * (1 - eased) + chance(`${text}@${step + 1}`) * eased;
}
