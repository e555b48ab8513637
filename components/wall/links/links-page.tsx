"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { replaceAddress } from "@/components/shell/address";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Lead } from "@/components/ui/lead";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { TableFrame } from "@/components/ui/table-frame";
import { scannedScreen } from "@/lib/domain/wall-pairing";
import { WALL_LINKS } from "@/lib/messages/wall";
import type { WallLinkRow } from "@/lib/services/wall/list";
import { MakeLinkDialog } from "./make-link-dialog";
import { MoveLinkDialog } from "./move-link-dialog";
import { RevokeLinkDialog } from "./revoke-link-dialog";

type LinksPageProps = {
  links: WallLinkRow[];
  /** The address of the heatmap from which somebody comes to make one. */
  shown: string | null;
  /** From where this browser is seen. */
  here: string;
};
type Asked = { what: "make" } | { what: "move" | "revoke"; link: WallLinkRow };

/** The links that hold, and the ways to make one, to change it and to end it. */
export function LinksPage({ links, shown, here }: LinksPageProps) {
  const router = useRouter();
  const [asked, setAsked] = useState<Asked | null>(shown === null ? null : { what: "make" });
  const [screen, forgetScreen] = useScanned(() => setAsked({ what: "make" }));
  const close = () => {
    setAsked(null);
    forgetScreen();
    // The address that asked has been answered: a reload must not ask again.
    if (shown === null) router.refresh();
    else router.replace("/settings/wall");
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] max-w-[100rem] gap-4">
      <Lead help={WALL_LINKS.help}>
        <Button variant="primary" onClick={() => setAsked({ what: "make" })}>
          {WALL_LINKS.make}
        </Button>
      </Lead>
      {links.length ? (
        <LinksTable links={links} onAsk={setAsked} />
      ) : (
        <EmptyState title={WALL_LINKS.none}>{WALL_LINKS.noneHelp}</EmptyState>
      )}
      {asked?.what === "make" && <MakeLinkDialog key={screen} shown={shown} screen={screen} here={here} onClose={close} />}
      {asked?.what === "move" && <MoveLinkDialog link={asked.link} here={here} onClose={close} />}
      {asked?.what === "revoke" && <RevokeLinkDialog link={asked.link} onClose={close} />}
    </div>
  );
}

/** The screen whose code brought somebody here, and how to forget it. It leaves the address at once: what opens a door stays in no history. */
function useScanned(onScanned: () => void): [screen: string | null, forget: () => void] {
  const [screen, setScreen] = useState<string | null>(null);
  useEffect(() => {
    const look = () => {
      const scanned = scannedScreen(location.hash);
      if (!scanned) return;
      replaceAddress(location.pathname);
      setScreen(scanned);
      onScanned();
    };
    look();
    window.addEventListener("hashchange", look);
    return () => window.removeEventListener("hashchange", look);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- what is to be done when one was scanned is always the same
  }, []);
  return [screen, () => setScreen(null)];
}

const { columns } = WALL_LINKS;

function LinksTable({ links, onAsk }: { links: WallLinkRow[]; onAsk: (asked: Asked) => void }) {
  return (
    <TableFrame label={WALL_LINKS.title}>
      <Table>
        <thead>
          <tr>
            <Th>{columns.name}</Th>
            <Th>{columns.view}</Th>
            <Th>{columns.from}</Th>
            <Th>{columns.made}</Th>
            <Th>{columns.by}</Th>
            <Th>{columns.seen}</Th>
            <Th actions>
              <span className="sr-only">{WALL_LINKS.actions}</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {links.map((link) => (
            <Tr key={link.id}>
              <Td>{link.name}</Td>
              <Td>{link.viewName ?? WALL_LINKS.allNodes}</Td>
              <Td>
                <div className="w-max max-w-64 wrap-anywhere whitespace-normal">{link.networks.join(", ") || WALL_LINKS.anywhere}</div>
              </Td>
              <Td>
                <RelativeTime value={link.createdAt} />
              </Td>
              <Td>{link.madeBy}</Td>
              <Td>{link.lastSeenAt ? <RelativeTime value={link.lastSeenAt} /> : WALL_LINKS.never}</Td>
              <Td actions>
                <span className="inline-flex gap-1">
                  <Button size="small" aria-label={`${WALL_LINKS.move} ${link.name}`} onClick={() => onAsk({ what: "move", link })}>
                    {WALL_LINKS.move}
                  </Button>
                  <Button size="small" aria-label={`${WALL_LINKS.revoke} ${link.name}`} onClick={() => onAsk({ what: "revoke", link })}>
                    {WALL_LINKS.revoke}
                  </Button>
                </span>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  );
}
