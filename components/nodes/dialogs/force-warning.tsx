import { OctagonX } from "lucide-react";
import { formatBytes } from "@/lib/domain/units";
import { FORCE } from "@/lib/messages/maintenance";
import { WARNINGS } from "@/lib/messages/mission";

type ForceWarningProps = {
  name: string;
  /** null: nobody can see them. undefined: not read yet. */
  vms: readonly { name: string; memoryBytes: number }[] | null | undefined;
};

/** What it means, and what it stops, by name. The focus begins here, so that it is read first. */
export function ForceWarning({ name, vms }: ForceWarningProps) {
  return (
    <section
      data-tone="danger"
      aria-label={WARNINGS.force}
      className="flex gap-3 rounded-md border border-(--tone) border-s-4 bg-panel px-4 py-3"
    >
      <OctagonX aria-hidden size={20} className="text-(--tone)" />
      <div className="grid min-w-0 flex-1 gap-2 wrap-anywhere">
        <h3 tabIndex={-1} data-autofocus className="font-semibold outline-none">
          {WARNINGS.force}
        </h3>
        <p>{WARNINGS.forceLastResort}</p>
        {vms !== undefined && <p className="font-medium">{FORCE.stops(vms?.length ?? null)}</p>}
        {vms && vms.length > 0 && (
          // A long list is scrolled, by the keyboard too.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          <ul
            role="list"
            aria-label={`VMs of ${name} that will stop`}
            tabIndex={0}
            className="flex max-h-36 flex-wrap gap-x-4 gap-y-1 overflow-y-auto"
          >
            {vms.map((vm, index) => (
              <li key={`${vm.name} ${index}`}>
                <bdi className="font-medium">{vm.name}</bdi> <span className="text-muted">{formatBytes(vm.memoryBytes)}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
