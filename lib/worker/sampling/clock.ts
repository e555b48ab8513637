/**
 * The database's clock, carried on by this process's own steady one between two looks: workers agree about what was when, and none of
 * them jumps when somebody sets the clock of its machine.
 */
const MS = 1000;
/** A look that took longer says less than what is known already. */
const LOOK_MAX_MS = 500;

export class SampleClock {
  private offset = Date.now() - performance.now();

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
