"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table, TableFrame, Td, Th, Tr } from "@/components/ui/table";
import { WALL_LINKS } from "@/lib/messages/wall";
import type { WallLinkRow } from "@/lib/services/wall/list";
import { MakeLinkDialog } from "./make-link-dialog";
import { RevokeLinkDialog } from "./revoke-link-dialog";

/** The links that hold, and the ways to make one and to end one. `shown` is the address of the heatmap from which somebody comes to make one. */
export function LinksPage({ links, shown }: { links: WallLinkRow[]; shown: string | null }) {
  const router = useRouter();
  const [asked, setAsked] = useState<WallLinkRow | "new" | null>(shown === null ? null : "new");
  const close = () => {
    setAsked(null);
    // The address that asked has been answered: a reload must not ask again.
    if (shown === null) router.refresh();
    else router.replace("/settings/wall");
  };
  return (
    <div className="grid max-w-5xl gap-4">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <p className="max-w-2xl text-muted">{WALL_LINKS.help}</p>
        <Button variant="primary" onClick={() => setAsked("new")}>
          {WALL_LINKS.make}
        </Button>
      </div>
      {links.length ? (
        <LinksTable links={links} onRevoke={setAsked} />
      ) : (
        <EmptyState title={WALL_LINKS.none}>{WALL_LINKS.noneHelp}</EmptyState>
      )}
      {asked === "new" && <MakeLinkDialog shown={shown} onClose={close} />}
      {asked !== null && asked !== "new" && <RevokeLinkDialog link={asked} onClose={close} />}
    </div>
  );
}

const { columns } = WALL_LINKS;

function LinksTable({ links, onRevoke }: { links: WallLinkRow[]; onRevoke: (link: WallLinkRow) => void }) {
  return (
    <TableFrame label={WALL_LINKS.title}>
      <Table>
        <thead>
          <tr>
            <Th>{columns.name}</Th>
            <Th>{columns.view}</Th>
            <Th>{columns.made}</Th>
            <Th>{columns.by}</Th>
            <Th>{columns.seen}</Th>
            <Th>
              <span className="sr-only">{WALL_LINKS.revoke}</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {links.map((link) => (
            <Tr key={link.id}>
              <Td>{link.name}</Td>
              <Td>{link.viewName ?? WALL_LINKS.allNodes}</Td>
              <Td>
                <RelativeTime value={link.createdAt} />
              </Td>
              <Td>{link.madeBy}</Td>
              <Td>{link.lastSeenAt ? <RelativeTime value={link.lastSeenAt} /> : WALL_LINKS.never}</Td>
              <Td>
                <Button size="small" aria-label={`${WALL_LINKS.revoke} ${link.name}`} onClick={() => onRevoke(link)}>
                  {WALL_LINKS.revoke}
                </Button>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  );
}
