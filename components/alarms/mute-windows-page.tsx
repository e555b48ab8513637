"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { usePageNews } from "@/components/shell/use-page-news";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { onDemand } from "@/components/ui/on-demand";
import { Table, TableFrame, Td, Th, Tr } from "@/components/ui/table";
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
      <div className="flex flex-wrap items-start justify-between gap-3">
        <p className="max-w-2xl text-muted">{MUTE_WINDOWS.help}</p>
        <Button variant="primary" disabledReason={refused} onClick={() => setAsked("new")}>
          {MUTE_WINDOWS.add}
        </Button>
      </div>
      {windows.length ? (
        <WindowsTable windows={windows} refused={refused} onRemove={setAsked} />
      ) : (
        <EmptyState title={MUTE_WINDOWS.none}>{MUTE_WINDOWS.noneHelp}</EmptyState>
      )}
      {asked === "new" && <AddMuteWindowDialog alarms={alarms} onClose={close} />}
      {asked !== null && asked !== "new" && <RemoveMuteWindowDialog window={asked} onClose={close} />}
    </div>
  );
}

const { columns } = MUTE_WINDOWS;

type WindowsTableProps = { windows: readonly MuteWindowView[]; refused: string | undefined; onRemove: (window: MuteWindowView) => void };

function WindowsTable({ windows, refused, onRemove }: WindowsTableProps) {
  return (
    <TableFrame label={MUTE_WINDOWS.title}>
      <Table>
        <thead>
          <tr>
            <Th>{columns.name}</Th>
            <Th>{columns.mutes}</Th>
            <Th>{columns.when}</Th>
            <Th>{columns.by}</Th>
            <Th>
              <span className="sr-only">{MUTE_WINDOWS.remove}</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {windows.map((window) => (
            <Tr key={window.id}>
              <Td>
                <span className="font-medium">{window.name}</span>{" "}
                {window.state === "now" && <Badge weight="outline">{MUTE_WINDOWS.now}</Badge>}
              </Td>
              <Td>{mutedWords(window)}</Td>
              <Td className={window.state === "over" ? "text-muted" : undefined}>
                <MuteTimesWords times={window.times} /> {window.state === "over" && `· ${MUTE_WINDOWS.over}`}
              </Td>
              <Td>{window.by}</Td>
              <Td>
                {!refused && (
                  <Button size="small" aria-label={MUTE_WINDOWS.removeNamed(window.name)} onClick={() => onRemove(window)}>
                    {MUTE_WINDOWS.remove}
                  </Button>
                )}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  );
}

function mutedWords({ scope, scopeName }: MuteWindowView): string {
  if (scope.kind === "tag") return ALARMS.tag(scope.tag);
  return scopeName ?? MUTE_WINDOWS.scopes.all;
}
