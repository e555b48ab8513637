import { Badge } from "@/components/ui/badge";
import { Disclosure } from "@/components/ui/disclosure";
import { KeyValues, type KeyValue } from "@/components/ui/key-values";
import type { Link } from "@/lib/domain/inventory";
import { findLinks } from "@/lib/domain/links";
import { formatSpeed } from "@/lib/domain/units";
import { FIELDS } from "@/lib/messages/mission";

const carrierWord = (carrier: boolean | null): string | null => (carrier === null ? null : carrier ? "up" : "down");

/** The eleven facts of a network link, in the order of the Join dialog. */
const facts = (link: Link): KeyValue[] => [
  { label: "Name", value: link.name },
  { label: "Address (MAC)", value: link.address && <code>{link.address}</code> },
  { label: "Vendor", value: link.vendor },
  { label: "Duplex", value: link.duplex },
  { label: "Speed", value: link.speedMbps && `${link.speedMbps} Mb/s` },
  { label: "Driver", value: link.driver },
  { label: "Device Name", value: link.deviceName },
  { label: "Carrier status", value: carrierWord(link.carrier) },
  { label: "PCI Slot", value: link.pciSlot },
  { label: "Type", value: link.type },
  { label: "Device ID", value: link.deviceId },
];

/** Every link but loopback, the converged ones first. */
export function LinkDetails({ links, convergedMacs }: { links: readonly Link[]; convergedMacs: readonly string[] }) {
  const converged = findLinks({ links: [...links] }, convergedMacs);
  const rest = links.filter((link) => link.type !== "loopback" && !converged.includes(link));
  const ready = converged.filter(({ carrier }) => carrier === true).length;
  return (
    <section aria-label={FIELDS.links} className="grid gap-1">
      <h3 className="flex flex-wrap items-baseline gap-x-3 font-semibold">
        {FIELDS.links}
        <span className="text-sm font-normal text-muted">
          {ready} of {converged.length} converged links ready
        </span>
      </h3>
      {[...converged, ...rest].map((link) => (
        <Disclosure key={link.name} summary={<LinkSummary link={link} converged={converged.includes(link)} />}>
          <KeyValues items={facts(link)} />
        </Disclosure>
      ))}
    </section>
  );
}

function LinkSummary({ link, converged }: { link: Link; converged: boolean }) {
  return (
    <span className="flex flex-wrap items-center gap-x-3">
      <span className="font-medium">{link.name}</span>
      <span className="text-muted">
        {[carrierWord(link.carrier), link.speedMbps && formatSpeed(link.speedMbps), link.type].filter(Boolean).join(" · ")}
      </span>
      {converged && (
        <Badge tone={link.carrier ? "positive" : "danger"} weight={link.carrier ? "outline" : "solid"}>
          converged
        </Badge>
      )}
    </span>
  );
}
