import Link from "next/link";
import { Section } from "@/components/nodes/section";
import { NoData } from "@/components/ui/key-values";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table, Td, Th } from "@/components/ui/table";
import { TableFrame } from "@/components/ui/table-frame";
import { formatRoundTrip } from "@/lib/domain/units";
import { NODE_PAGE } from "@/lib/messages/node";
import type { PeerView, WayView } from "@/lib/services/nodes/peers";

/** Whether this node's hypervisor and those of others reach each other, and how far apart they are, as it was last proved. */
export function Peers({ peers }: { peers: readonly PeerView[] }) {
  const { peers: words } = NODE_PAGE;
  return (
    <Section title={words.title}>
      <p className="text-muted">{peers.length ? words.help : words.none}</p>
      {peers.length > 0 && (
        <TableFrame label={words.title}>
          <Table>
            <thead>
              <tr>
                <Th>{words.node}</Th>
                <Th>{words.there}</Th>
                <Th>{words.back}</Th>
              </tr>
            </thead>
            <tbody>
              {peers.map(({ id, name, there, back }) => (
                <tr key={id}>
                  <Td>
                    <Link href={`/nodes/${id}/links`}>
                      <bdi>{name}</bdi>
                    </Link>
                  </Td>
                  <Td>
                    <Way way={there} />
                  </Td>
                  <Td>
                    <Way way={back} />
                  </Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </TableFrame>
      )}
    </Section>
  );
}

function Way({ way }: { way: WayView | null }) {
  if (!way) return <NoData />;
  const said = way.refusal ? way.refusal.reason : way.roundTripMs === null ? NODE_PAGE.peers.reached : formatRoundTrip(way.roundTripMs);
  return (
    <>
      {said}{" "}
      <span className="text-muted">
        · <RelativeTime value={way.checkedAt} />
      </span>
    </>
  );
}
