/** How busy a simulated server is: a daily wave with its peak in the afternoon (UTC), slow drift, and short bursts. */
import { chance, drift } from "@/lib/demo/random";

const DAY_SECONDS = 86_400;

/** The share (0 to 1) of its CPUs that `name` uses at `now` (seconds since 1970) around its usual `base`. */
export function cpuShare(name: string, base: number, now: number): number {
  const peak = 15 + 3 * chance(`${name} peak`);
  const daily = Math.cos(((now % DAY_SECONDS) / DAY_SECONDS - peak / 24) * 2 * Math.PI);
  const slow = drift(`${name} slow`, now, 2400) - 0.5;
  const burst = drift(`${name} burst`, now, 45) - 0.5;
  return Math.min(0.98, Math.max(0.01, base * (1 + 0.35 * daily) + 0.16 * slow + 0.1 * burst));
}

/**
 * CPU seconds a service has used since it started `age` seconds ago at a usual `rate` (CPUs).
 * The rate swings by half over the hour and the sum never falls, as a real counter's does.
 */
export function cpuSecondsOf(rate: number, age: number): number {
  const hour = 3600 / (2 * Math.PI);
  return Math.max(0, rate * (age + 0.5 * hour * (1 - Math.cos(age / hour))));
}

/** Bytes in use around `base`, within about ten per cent. */
export const memoryNear = (name: string, base: number, now: number): number =>
  Math.round(base * (0.92 + 0.16 * drift(`${name} memory`, now, 600)));

/** The used share of a partition: grows from `low` to `high` over some days, then is cleaned up, as logs are. */
export function fillOf(name: string, low: number, high: number, now: number): number {
  const days = 3 + 9 * chance(`${name} days`);
  const part = (now / DAY_SECONDS / days + chance(`${name} phase`)) % 1;
  return low + (high - low) * part;
}
