/**
 * The database's clock, carried on by this process's own steady one between two looks: workers agree about what was when, and none of
 * them jumps when somebody sets the clock of its machine.
 */
import { readClock } from "../../services/metrics/read";

const MS = 1000;
/** A look that took longer says less than what is known already. */
const LOOK_MAX_MS = 500;

export class SampleClock {
  private offset = 0;

  /** Asks first: this machine's own clock may be wrong by hours, and what is sampled or dropped by it would be, too. */
  static async ofDatabase(): Promise<SampleClock> {
    const clock = new SampleClock();
    const askedAt = performance.now();
    const databaseNow = await readClock();
    clock.offset = databaseNow * MS - (askedAt + performance.now()) / 2;
    return clock;
  }

  /** Seconds since 1970, with fractions. */
  now(): number {
    return (performance.now() + this.offset) / MS;
  }

  /** `databaseNow` in seconds since 1970, asked at `askedAt` of performance.now(). */
  set(databaseNow: number, askedAt: number): void {
    const took = performance.now() - askedAt;
    if (took <= LOOK_MAX_MS) this.offset = databaseNow * MS - (askedAt + took / 2);
  }
}
