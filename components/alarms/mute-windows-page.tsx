"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { usePageNews } from "@/components/shell/use-page-news";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Lead } from "@/components/ui/lead";
import { onDemand } from "@/components/ui/on-demand";
import { SortedTable, type SortedColumn } from "@/components/ui/sorted-table";
import { ALARMS } from "@/lib/messages/alarms-page";
import { MUTE_WINDOWS } from "@/lib/messages/mute-windows";
import type { AlarmView } from "@/lib/services/alarms/read";
import type { MuteWindowView } from "@/lib/services/alarms/mute-list";
import { useAlarmsRefused } from "./use-alarms-refused";
import { MuteTimesWords } from "./mute-times";

const AddMuteWindowDialog = onDemand(() => import("./add-mute-window-dialog").then((module) => module.AddMuteWindowDialog));
const RemoveMuteWindowDialog = onDemand(() => import("./remove-mute-window-dialog").then((module) => module.RemoveMuteWindowDialog));

/** Times in which nobody is told of some alarms. */
export function MuteWindowsPage({ windows, alarms }: { windows: MuteWindowView[]; alarms: Pick<AlarmView, "id" | "name">[] }) {
  usePageNews((patch) => patch.alarms.length > 0 || patch.events);
  const router = useRouter();
  const refused = useAlarmsRefused();
  const [asked, setAsked] = useState<"new" | MuteWindowView | null>(null);
  const close = () => {
    setAsked(null);
    router.refresh();
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] max-w-6xl gap-4">
      <Lead help={MUTE_WINDOWS.help}>
        <Button variant="primary" disabledReason={refused} onClick={() => setAsked("new")}>
          {MUTE_WINDOWS.add}
        </Button>
      </Lead>
      {windows.length ? (
        <SortedTable
          label={MUTE_WINDOWS.title}
          columns={refused ? COLUMNS : [...COLUMNS, removal(setAsked)]}
          rows={windows}
          rowKey={({ id }) => id}
        />
      ) : (
        <EmptyState title={MUTE_WINDOWS.none}>{MUTE_WINDOWS.noneHelp}</EmptyState>
      )}
      {asked === "new" && <AddMuteWindowDialog alarms={alarms} onClose={close} />}
      {asked !== null && asked !== "new" && <RemoveMuteWindowDialog window={asked} onClose={close} />}
    </div>
  );
}

const { columns: HEADERS } = MUTE_WINDOWS;
/** What holds now stands first. */
const ORDER = { now: 0, waits: 1, over: 2 } as const;

const COLUMNS: SortedColumn<MuteWindowView>[] = [
  {
    id: "name",
    header: HEADERS.name,
    value: ({ name }) => name,
    cell: ({ name, state }) => (
      <>
        <span className="font-medium">{name}</span> {state === "now" && <Badge weight="outline">{MUTE_WINDOWS.now}</Badge>}
      </>
    ),
  },
  { id: "mutes", header: HEADERS.mutes, value: mutedWords, cell: mutedWords },
  {
    id: "when",
    header: HEADERS.when,
    value: ({ state }) => ORDER[state],
    cell: ({ times, state }) => (
      <span className={state === "over" ? "text-muted" : undefined}>
        <MuteTimesWords times={times} /> {state === "over" && `· ${MUTE_WINDOWS.over}`}
      </span>
    ),
  },
  { id: "by", header: HEADERS.by, value: ({ by }) => by, cell: ({ by }) => by },
];

const removal = (onRemove: (window: MuteWindowView) => void): SortedColumn<MuteWindowView> => ({
  id: "remove",
  header: MUTE_WINDOWS.remove,
  cell: (window) => (
    <Button size="small" aria-label={MUTE_WINDOWS.removeNamed(window.name)} onClick={() => onRemove(window)}>
      {MUTE_WINDOWS.remove}
    </Button>
  ),
});

function mutedWords({ scope, scopeName }: MuteWindowView): string {
  if (scope.kind === "tag") return ALARMS.tag(scope.tag);
  return scopeName ?? MUTE_WINDOWS.scopes.all;
}
