/** The safety timer of Force Maintenance as the page shows it. The server decides by its own clock. */

/** Times by the database's clock, ISO 8601. */
export type TimerFacts = { now: string; notBefore: string; expiresAt: string };

export type SafetyTimer = {
  /** Whole seconds until it can be confirmed. */ left: number;
  /** 0 to 1. */ share: number;
  expired: boolean;
  /** Until it can no longer be confirmed, ms. */ expiresMs: number;
};

/** Counted from the difference of the two times of one clock, so that no other clock makes it shorter. */
export function safetyTimer({ now, notBefore, expiresAt }: TimerFacts, elapsedMs: number): SafetyTimer {
  const total = Date.parse(notBefore) - Date.parse(now);
  const left = Math.max(0, total - elapsedMs);
  const expiresMs = Math.max(0, Date.parse(expiresAt) - Date.parse(now) - elapsedMs);
  return { left: Math.ceil(left / 1000), share: total > 0 ? 1 - left / total : 1, expired: expiresMs === 0, expiresMs };
}

const ANNOUNCED = [30, 20, 10, 5, 0];

/** The last of the moments that are announced, in seconds; null before the first of them. */
export const announcedAt = (left: number): number | null => ANNOUNCED.findLast((seconds) => seconds >= left) ?? null;
