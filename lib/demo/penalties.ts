/** OpenSSH's PerSourcePenalties (9.8 and later) as a client meets them: too many wrong passwords, and a source is shut out for a while. */

const WINDOW_MS = 25_000;
const ALLOWED = 7;
const SHUT_OUT_MS = 20_000;

/** One server's memory of its clients. Times are milliseconds since 1970. */
export class Penalties {
  readonly #wrong = new Map<string, number[]>();
  readonly #shutOutUntil = new Map<string, number>();

  wrongPassword(source: string, now: number): void {
    const recent = [...(this.#wrong.get(source) ?? []).filter((time) => time > now - WINDOW_MS), now];
    this.#wrong.set(source, recent);
    if (recent.length < ALLOWED) return;
    this.#wrong.delete(source);
    this.#shutOutUntil.set(source, now + SHUT_OUT_MS);
  }

  /** Whether a new connection from this source is dropped before the banner. */
  dropsFrom(source: string, now: number): boolean {
    const until = this.#shutOutUntil.get(source);
    if (until === undefined) return false;
    if (now < until) return true;
    this.#shutOutUntil.delete(source);
    return false;
  }
}
