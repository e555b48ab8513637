import { Table, Td, Th, Tr } from "@/components/ui/table";
import { TableFrame } from "@/components/ui/table-frame";
import type { Placement } from "@/lib/domain/placement";
import { formatBytes } from "@/lib/domain/units";
import { MAINTENANCE } from "@/lib/messages/maintenance";

/** Every VM that runs on the node, those without a place first. */
export function PlannedVms({ moves, stuck }: Pick<Placement, "moves" | "stuck">) {
  const { vm: name, memory, target } = MAINTENANCE.vmColumns;
  return (
    <TableFrame label={MAINTENANCE.show(moves.length + stuck.length)} className="max-h-80">
      <Table>
        <thead>
          <tr>
            <Th>{name}</Th>
            <Th numeric>{memory}</Th>
            <Th>{target}</Th>
          </tr>
        </thead>
        <tbody>
          {stuck.map(({ vm, reason }) => (
            <Tr key={vm.uuid}>
              <Td>
                <bdi className="font-medium">{vm.name}</bdi>
              </Td>
              <Td numeric>{formatBytes(vm.memoryBytes)}</Td>
              <Td className="whitespace-normal!">
                <span className="font-medium text-danger">{MAINTENANCE.noTarget}.</span> <span className="text-muted">{reason}</span>
              </Td>
            </Tr>
          ))}
          {moves.map(({ vm, targetName, copyDisks }) => (
            <Tr key={vm.uuid}>
              <Td>
                <bdi className="font-medium">{vm.name}</bdi>
              </Td>
              <Td numeric>{formatBytes(vm.memoryBytes)}</Td>
              <Td>
                <bdi>{targetName}</bdi>
                {copyDisks && <span className="text-muted">, {MAINTENANCE.copied}</span>}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  );
}
