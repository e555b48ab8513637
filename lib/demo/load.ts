/** How busy a simulated server is: a daily wave with its peak in the afternoon (UTC), slow drift, and short bursts. */
import { chance, drift } from "@/lib/demo/random";

const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3600;

/** How much there is to do at `now` (seconds since 1970), 0 to 1. */
export function activity(name: string, now: number): number {
  const peak = 15 + 3 * chance(`${name} peak`);
  const daily = Math.cos(((now % DAY_SECONDS) / DAY_SECONDS - peak / 24) * 2 * Math.PI);
  const slow = drift(`${name} slow`, now, 2400) - 0.5;
  const burst = drift(`${name} burst`, now, 45) - 0.5;
  return Math.min(1, Math.max(0, 0.5 + 0.25 * daily + 0.3 * slow + 0.2 * burst));
}

/**
 * CPU seconds a service has used since it started `age` seconds ago at a usual `rate` (CPUs).
 * The rate swings by half over the hour and the sum never falls, as a real counter's does.
 */
export function cpuSecondsOf(rate: number, age: number): number {
  const turn = HOUR_SECONDS / (2 * Math.PI);
  return Math.max(0, rate * (age + 0.5 * turn * (1 - Math.cos(age / turn))));
}

/** Bytes in use around `base`: up to a tenth less when idle, up to a tenth more when busy. */
export const memoryNear = (name: string, base: number, now: number): number => Math.round(base * (0.9 + 0.2 * activity(name, now)));

/** The used share of a partition: grows from `low` to `high` over some days, then is cleaned up, as logs are. */
export function fillOf(name: string, low: number, high: number, now: number): number {
  const days = 3 + 9 * chance(`${name} days`);
  const part = (now / DAY_SECONDS / days + chance(`${name} phase`)) % 1;
  return low + (high - low) * part;
}
