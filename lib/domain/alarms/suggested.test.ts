import { expect, it } from "vitest";
import { AlarmForm } from "./config";
import { SUGGESTED, suggestedForm } from "./suggested";

const SOMEBODY = "7f3c1e08-0000-4000-8000-000000000000";

it.each(SUGGESTED.map((suggestion) => [suggestion.name, suggestion] as const))(
  "%s is a form that can be sent as it stands",
  (_, suggestion) => {
    const form = suggestedForm(suggestion, [SOMEBODY]);
    expect(AlarmForm.parse(form)).toEqual(form);
    expect(form.actions).toEqual({ ALARM: [SOMEBODY], OK: [SOMEBODY], INSUFFICIENT_DATA: [] });
  },
);

it("no two of them have one name", () => {
  expect(new Set(SUGGESTED.map(({ name }) => name)).size).toBe(SUGGESTED.length);
});
