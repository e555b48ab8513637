import { Disclosure } from "@/components/ui/disclosure";
import { GrowthBar } from "@/components/ui/growth-bar";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { TableFrame } from "@/components/ui/table-frame";
import type { TargetLoad } from "@/lib/domain/placement";
import { formatBytes, formatPercent } from "@/lib/domain/units";
import { MAINTENANCE } from "@/lib/messages/maintenance";
import type { PreflightView } from "@/lib/services/maintenance/preflight";
import { PlannedVms } from "./planned-vms";

/** Where everything goes: by target, and on demand by VM. The same facts give the same plan, so this is what runs. */
export function MigrationPlan({ view: { checks, placement, headroom } }: { view: PreflightView }) {
  const { targets, moves, stuck, stopped } = placement;
  const running = moves.length + stuck.length;
  const unseen = checks.some(({ id, state }) => id === "workload" && state === "fail");
  return (
    <section aria-label={MAINTENANCE.plan} className="grid gap-2">
      <h3 className="font-semibold">{MAINTENANCE.plan}</h3>
      {targets.length > 0 && <Targets targets={targets} />}
      {running === 0 && <p className="text-muted">{unseen ? MAINTENANCE.noPlan : MAINTENANCE.nothingMoves}</p>}
      {running > 0 && (
        <Disclosure summary={MAINTENANCE.show(running)} className="-ms-2">
          <PlannedVms moves={moves} stuck={stuck} />
        </Disclosure>
      )}
      {stopped.length > 0 && (
        <p className="text-sm wrap-anywhere text-muted">
          {MAINTENANCE.off(
            stopped.length,
            stopped.map(({ name }) => name),
          )}
        </p>
      )}
      {headroom && <p className={headroom.leftBytes < 0 ? "font-medium" : ""}>{MAINTENANCE.headroom(headroom.leftBytes, headroom.name)}</p>}
    </section>
  );
}

function Targets({ targets }: { targets: readonly TargetLoad[] }) {
  const { target, vms, moved, load } = MAINTENANCE.columns;
  return (
    <TableFrame label={MAINTENANCE.targets} className="max-h-80">
      <Table>
        <thead>
          <tr>
            <Th>{target}</Th>
            <Th numeric>{vms}</Th>
            <Th numeric>{moved}</Th>
            <Th>{load}</Th>
          </tr>
        </thead>
        <tbody>
          {targets.map((one) => (
            <Tr key={one.id}>
              <Td>
                <bdi className="font-medium">{one.name}</bdi>
              </Td>
              <Td numeric>{one.vms}</Td>
              <Td numeric>{formatBytes(one.movedBytes)}</Td>
              <Td>
                <Load {...one} />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  );
}

function Load({ beforeBytes, afterBytes, memoryBytes }: TargetLoad) {
  const [before, after] = [beforeBytes / memoryBytes, afterBytes / memoryBytes];
  return (
    <span className="inline-flex items-center gap-2.5">
      <GrowthBar before={before} after={after} />
      <span aria-hidden>
        <span className="text-muted">{formatPercent(before)} →</span> {formatPercent(after)}
      </span>
      <span className="sr-only">{MAINTENANCE.load(formatPercent(before), formatPercent(after))}</span>
    </span>
  );
}
