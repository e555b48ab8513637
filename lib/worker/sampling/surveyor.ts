/** The surveys on one connection to a node: beside the samples, on a channel of their own. */
import { cpuShares } from "../../domain/services";
import { surveyedValues, type Survey, type Surveyed } from "../../domain/survey";
import { askSurvey } from "../../machines/ask";
import type { Conversation, Machine } from "../../machines/dial";
import { done, type Outcome } from "../../outcome";
import { surveyAgainMs } from "./back-off";

const MS = 1000;

export class Surveyor {
  /** When the last one began, as `now` counts; null: there was none. */
  begunAt: number | null = null;
  private talk: Conversation | null = null;
  private asking = false;
  private failures = 0;
  private againAt = Number.NEGATIVE_INFINITY;
  private newest: Survey | null = null;
  private newestAt = 0;

  /** `now` in milliseconds, steady as performance.now(). */
  constructor(
    private readonly machine: Pick<Machine, "converse">,
    private readonly now = (): number => performance.now(),
  ) {}

  /**
   * Null: one is under way, or failed lately. One that failed is begun anew on the same connection, less and less often: a host that had
   * a bad minute is surveyed again, and one whose hypervisor hangs does not gather what was begun on it.
   */
  async look(): Promise<Outcome<Survey> | null> {
    if (this.asking || this.now() < this.againAt) return null;
    this.asking = true;
    this.begunAt = this.now();
    try {
      const survey = await this.ask();
      this.failures = survey.ok ? 0 : this.failures + 1;
      if (survey.ok) {
        const shares = this.newest ? cpuShares(this.newest, survey.value) : {};
        [this.newest, this.newestAt] = [{ ...survey.value, cpuShares: shares }, this.now()];
        return done(this.newest);
      }
      if (this.talk?.isOver()) this.talk = null;
      this.againAt = this.now() + surveyAgainMs(this.failures);
      return survey;
    } finally {
      this.asking = false;
    }
  }

  private async ask(): Promise<Outcome<Survey>> {
    if (this.talk === null) {
      const opened = await this.machine.converse("survey");
      if (!opened.ok) return opened;
      this.talk = opened.value;
    }
    return askSurvey(this.talk);
  }

  /** What the newest one brings to a sample of this moment. */
  values(memoryBytes: number | null): Surveyed {
    return surveyedValues(this.newest, memoryBytes, (this.now() - this.newestAt) / MS);
  }
}
