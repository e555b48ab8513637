"use client";

import Link from "next/link";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { useConsole } from "./console-context";
import { usePaletteKey } from "./platform";
import { SHORTCUTS, type Shortcut } from "./shortcuts";

/** Every key of the console, from the table that the handler acts by. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const { preferences } = useConsole();
  const palette: Shortcut = { keys: [usePaletteKey()], what: "Search or jump to", does: { call: "palette" } };
  return (
    <Dialog open onClose={onClose} size="large" dirty={false} title="Keyboard shortcuts" footer={<DialogCancel>Close</DialogCancel>}>
      {!preferences.singleKeys && (
        <Callout className="mb-4" title="Single-key shortcuts are off.">
          Only the keys with Ctrl or ⌘ and those of the list act.{" "}
          <Link className="link" href="/settings/appearance" onClick={onClose}>
            Switch them on in Settings
          </Link>
        </Callout>
      )}
      {/* Where the sheet is longer than the screen, it is scrolled from here without a mouse. */}
      <div role="group" aria-label="Keys" tabIndex={0} className="grid items-start gap-x-8 gap-y-5 sm:grid-cols-2">
        <div className="grid gap-5">
          <Keys title="Anywhere" rows={[palette]} />
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
                  {index > 0 && <span className="text-xs text-muted">{does ? "then" : <span className="sr-only">or</span>}</span>}
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
