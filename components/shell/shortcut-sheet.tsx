"use client";

import Link from "next/link";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { PALETTE } from "@/lib/messages/console";
import { SHORTCUT_SHEET } from "@/lib/messages/settings";
import { useConsole } from "./console-context";
import { usePaletteKey } from "./platform";
import { SHORTCUTS, type Shortcut } from "./shortcuts";

/** Every key of the console, from the table that the handler acts by. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const { preferences } = useConsole();
  const palette: Shortcut = { keys: [usePaletteKey()], what: PALETTE.label, does: { call: "palette" } };
  return (
    <Dialog open onClose={onClose} size="large" dirty={false} title={SHORTCUT_SHEET.title} footer={<DialogCancel>Close</DialogCancel>}>
      {!preferences.singleKeys && (
        <Callout className="mb-4" title={SHORTCUT_SHEET.off}>
          {SHORTCUT_SHEET.offHelp}{" "}
          <Link className="link" href="/settings/appearance" onClick={onClose}>
            {SHORTCUT_SHEET.switchOn}
          </Link>
        </Callout>
      )}
      {/* Where the sheet is longer than the screen, it is scrolled from here without a mouse. */}
      <div role="group" aria-label={SHORTCUT_SHEET.keys} tabIndex={0} className="grid items-start gap-x-8 gap-y-5 sm:grid-cols-2">
        <div className="grid gap-5">
          <Keys title={SHORTCUT_SHEET.anywhere} rows={[palette]} />
          <Keys {...SHORTCUTS.single} />
        </div>
        <Keys {...SHORTCUTS.grid} />
      </div>
    </Dialog>
  );
}

function Keys({ title, rows }: { title: string; rows: readonly Shortcut[] }) {
  return (
    <section aria-label={title}>
      <h3 className="mb-1 font-semibold">{title}</h3>
      <dl>
        {rows.map(({ keys, what, does }) => (
          <div key={what} className="flex min-h-8 items-center justify-between gap-3 border-b border-line py-1 last:border-0">
            <dt>{what}</dt>
            <dd className="flex shrink-0 flex-wrap justify-end gap-1">
              {keys.map((key, index) => (
                <span key={key} className="flex items-center gap-1">
                  {index > 0 && (
                    <span className="text-xs text-muted">
                      {does ? SHORTCUT_SHEET.next : <span className="sr-only">{SHORTCUT_SHEET.or}</span>}
                    </span>
                  )}
                  <Kbd>{key}</Kbd>
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
