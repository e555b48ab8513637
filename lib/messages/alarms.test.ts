import { describe, expect, it } from "vitest";
import type { Episode } from "../domain/alarms/backtest";
import { backtestWords } from "./alarms";

const HOUR = 3600;
const DAY = 24 * HOUR;
const clock = (at: number): string => new Date(at * 1000).toISOString().slice(11, 16);
const words = (episodes: Episode[], span = DAY) => backtestWords({ from: DAY, to: DAY + span, episodes, state: "OK" }, clock);
const episode = (at: string, minutes: number | null): Episode => {
  const [hours = 0, rest = 0] = at.split(":").map(Number);
  const from = DAY + hours * HOUR + rest * 60;
  return { from, to: minutes === null ? null : from + minutes * 60 };
};

describe("what a rule would have done", () => {
  it("is told with each time and how long it took", () => {
    expect(words([episode("12:04", 9), episode("15:31", 4), episode("18:20", 82)])).toBe(
      "Would have fired 3 times in the last 24 hours (12:04 for 9 min, 15:31 for 4 min, 18:20 for 1 h 22 min).",
    );
  });
  it("is told when it was once, never, or is still so", () => {
    expect(words([episode("12:04", null)], 7 * DAY)).toBe("Would have fired once in the last 7 days (since 12:04).");
    expect(words([], 3 * HOUR)).toBe("Would not have fired in the last 3 hours.");
  });
  it("does not count what was in alarm before", () => {
    expect(words([episode("00:00", 3)])).toBe("It was in alarm before. Would not have fired in the last 24 hours.");
  });
  it("lists the newest five", () => {
    const many = ["01", "02", "03", "04", "05", "06", "07"].map((hour) => episode(`${hour}:00`, 1));
    expect(words(many)).toBe(
      "Would have fired 7 times in the last 24 hours (2 times before, 03:00 for 1 min, 04:00 for 1 min, 05:00 for 1 min, 06:00 for 1 min, 07:00 for 1 min).",
    );
  });
});
