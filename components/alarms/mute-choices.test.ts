import { expect, it } from "vitest";
import { muteEnd } from "./mute-choices";

it("a mute ends after its hours, or at eight of the next morning where its reader is", () => {
  const now = new Date("2026-12-31T23:30:00Z");
  expect(muteEnd("hour", now, "utc").toISOString()).toBe("2027-01-01T00:30:00.000Z");
  expect(muteEnd("four", now, "local").toISOString()).toBe("2027-01-01T03:30:00.000Z");
  expect(muteEnd("morning", now, "utc").toISOString()).toBe("2027-01-01T08:00:00.000Z");
  const local = muteEnd("morning", now, "local");
  expect([local.getHours(), local.getMinutes()]).toEqual([8, 0]);
  expect(local.getTime()).toBeGreaterThan(now.getTime());
});
