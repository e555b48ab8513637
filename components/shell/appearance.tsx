"use client";

import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Segments } from "@/components/ui/segments";
import { ThemeToggle } from "@/components/ui/theme-toggle";
import { useAbsoluteTime } from "@/components/ui/time-zone";
import { TIME_ZONES } from "@/lib/domain/choices";
import { useConsole } from "./console-context";
import { DensityChoice } from "./density-choice";
import { callShortcut } from "./shortcuts";

/** How the console looks to one person. Every choice holds at once and is saved by itself. */
export function Appearance({ now }: { now: string }) {
  const { preferences, setPreferences } = useConsole();
  const absolute = useAbsoluteTime();
  return (
    <div className="grid max-w-md gap-6">
      <p className="text-muted">These hold for you alone. They are saved as you choose them; the theme is kept in this browser.</p>
      <ThemeToggle />
      <DensityChoice />
      <div className="grid gap-1">
        <Segments
          legend="Time zone"
          options={TIME_ZONES}
          value={preferences.timeZone}
          onChoose={(timeZone) => setPreferences({ timeZone })}
        />
        <p className="text-sm text-muted">This page was opened at {absolute(new Date(now))}.</p>
      </div>
      <div className="grid justify-items-start gap-2">
        <Checkbox
          label="Single-key shortcuts"
          description="Keys such as / and ? act without Ctrl or Alt. Switch them off when you dictate, or press them by accident."
          checked={preferences.singleKeys}
          onChange={({ target }) => setPreferences({ singleKeys: target.checked })}
        />
        <Button size="small" onClick={() => callShortcut("sheet")}>
          Show keyboard shortcuts
        </Button>
      </div>
      <p className="text-sm text-muted">
        Motion follows your system: where it asks for reduced motion, nothing moves. Contrast and forced colours follow it too.
      </p>
    </div>
  );
}
