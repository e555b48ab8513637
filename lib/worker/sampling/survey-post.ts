/** Surveys on their way to PostgreSQL: those that came since the last time go in one statement, and wait while it is away. */
import type { Survey } from "../../domain/survey";
import { writeSurveys } from "../../services/metrics/survey";

const MS = 1000;

export class SurveyPost {
  private waiting = new Map<string, { survey: Survey; askedAt: number }>();

  /** `askedAt` is a moment of performance.now(). The newest of a node is the one that counts. */
  add(id: string, survey: Survey, askedAt: number): void {
    this.waiting.set(id, { survey, askedAt });
  }

  /** Throws when PostgreSQL did not take them; they are written with the next then, if no newer one came meanwhile. */
  async flush(): Promise<void> {
    if (this.waiting.size === 0) return;
    const taken = this.waiting;
    this.waiting = new Map();
    const now = performance.now();
    try {
      await writeSurveys([...taken].map(([id, { survey, askedAt }]) => ({ id, survey, ageSeconds: (now - askedAt) / MS })));
    } catch (error) {
      this.waiting = new Map([...taken, ...this.waiting]);
      throw error;
    }
  }
}
