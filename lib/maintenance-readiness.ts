/** Which nodes can be taken out, as this web process knows it: however many browsers and walls ask, the region is looked at once. */
import { readReadiness } from "./services/maintenance/readiness";

type Found = Awaited<ReturnType<typeof readReadiness>>;

const KEPT_MS = 5000;
/** A large region takes longer: looking at it is a twentieth of the time at most. */
const KEPT_TIMES = 20;

class ReadinessBook {
  private found: Found | null = null;
  private until = 0;
  private looking: Promise<Found> | null = null;

  read(): Promise<Found> {
    if (this.found && performance.now() < this.until) return Promise.resolve(this.found);
    return (this.looking ??= this.look().finally(() => (this.looking = null)));
  }

  private async look(): Promise<Found> {
    const began = performance.now();
    this.found = await readReadiness();
    const now = performance.now();
    this.until = now + Math.max(KEPT_MS, KEPT_TIMES * (now - began));
    return this.found;
  }
}

// Next evaluates modules more than once in one process; the book must be one.
const shared = globalThis as typeof globalThis & { regentReadiness?: ReadinessBook };
export const regionReadiness = (): Promise<Found> => (shared.regentReadiness ??= new ReadinessBook()).read();
