"use client";

import { CircleCheck, OctagonX } from "lucide-react";
import { TableFrame } from "@/components/ui/table-frame";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { ServerLine } from "@/lib/domain/several";
import { SEVERAL } from "@/lib/messages/several";
import type { SeveralWizard } from "./use-several";

/** Every line as it was read; what stands beside it in grey was not typed. */
export function SeveralPreview({ lines, faults }: { lines: readonly ServerLine[]; faults: SeveralWizard["faults"] }) {
  const { columns } = SEVERAL;
  return (
    <TableFrame label={SEVERAL.preview} className="max-h-72">
      <Table>
        <thead>
          <tr>
            <Th>{columns.line}</Th>
            <Th>{columns.ip}</Th>
            <Th>{columns.user}</Th>
            <Th>{columns.type}</Th>
            <Th>{columns.macs}</Th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ line, typed, server }) => (
            <Tr key={line}>
              <Td>
                <LineState line={line} good={server !== null && !faults.has(server.ip)} />
              </Td>
              <Td>
                <code>{typed.ip}</code>
              </Td>
              <Td>
                <Taken taken={server?.user} typed={typed.user} />
              </Td>
              <Td>
                <Taken taken={server?.role} typed={typed.type} />
              </Td>
              <Td className="min-w-44 whitespace-normal!">
                {server ? <Macs macs={server.macs} /> : <span className="wrap-anywhere">{typed.macs}</span>}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  );
}

function LineState({ line, good }: { line: number; good: boolean }) {
  const Glyph = good ? CircleCheck : OctagonX;
  return (
    <span data-tone={good ? "positive" : "danger"} className="inline-flex items-center gap-1.5 align-middle">
      <Glyph aria-hidden size={14} className="text-(--tone)" />
      {line}
      {!good && <span className="sr-only">{SEVERAL.leftOutLine}</span>}
    </span>
  );
}

/** What Regent takes; of a line that is left out, what was typed. */
function Taken({ taken, typed }: { taken: string | undefined; typed: string }) {
  return (
    <>
      <bdi>{taken ?? typed}</bdi> {taken && typed === "" && <span className="text-muted">{SEVERAL.byDefault}</span>}
    </>
  );
}

function Macs({ macs }: { macs: readonly string[] }) {
  if (!macs.length) return <span className="text-muted">{SEVERAL.suggested}</span>;
  return (
    <span className="flex flex-wrap gap-x-2">
      {macs.map((mac) => (
        <code key={mac} className="whitespace-nowrap">
          {mac}
        </code>
      ))}
    </span>
  );
}
