"use client";

import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Segments } from "@/components/ui/segments";
import { ThemeToggle } from "@/components/ui/theme-toggle";
import { useAbsoluteTime } from "@/components/ui/time-zone";
import { TIME_ZONES } from "@/lib/domain/choices";
import { APPEARANCE } from "@/lib/messages/settings";
import { useConsole } from "./console-context";
import { DensityChoice } from "./density-choice";
import { callShortcut } from "./shortcuts";

/** How the console looks to one person. Every choice holds at once and is saved by itself. */
export function Appearance({ now }: { now: string }) {
  const { preferences, setPreferences } = useConsole();
  const absolute = useAbsoluteTime();
  return (
    <div className="grid max-w-md gap-6">
      <p className="text-muted">{APPEARANCE.help}</p>
      <ThemeToggle />
      <DensityChoice />
      <div className="grid gap-1">
        <Segments
          legend={APPEARANCE.timeZone}
          options={TIME_ZONES}
          value={preferences.timeZone}
          onChoose={(timeZone) => setPreferences({ timeZone })}
        />
        <p className="text-sm text-muted">{APPEARANCE.opened(absolute(new Date(now)))}</p>
      </div>
      <div className="grid justify-items-start gap-2">
        <Checkbox
          label={APPEARANCE.singleKeys}
          description={APPEARANCE.singleKeysHelp}
          checked={preferences.singleKeys}
          onChange={({ target }) => setPreferences({ singleKeys: target.checked })}
        />
        <Button size="small" onClick={() => callShortcut("sheet")}>
          {APPEARANCE.showKeys}
        </Button>
      </div>
      <p className="text-sm text-muted">{APPEARANCE.system}</p>
    </div>
  );
}
