import { Chip } from "@/components/ui/chip";
import { NODE_FILTERS, type NodeFilter } from "@/lib/domain/status";
import { LIST } from "@/lib/messages/list";
import type { ListAddressState } from "./use-list-address";
import type { ShownRows } from "./use-shown-rows";

const FILTERS = Object.keys(NODE_FILTERS) as NodeFilter[]; // the keys of a const object are its type

/** The four filters of the mission, each with how many nodes it would show, and the removed nodes that are hidden otherwise. */
export function FilterChips({ counts, address }: { counts: ShownRows["counts"]; address: ListAddressState }) {
  const { filters, out } = address;
  const toggle = (filter: NodeFilter) =>
    address.set((now) => ({
      filters: now.filters.includes(filter) ? now.filters.filter((other) => other !== filter) : [...now.filters, filter],
    }));
  return (
    <div role="group" aria-label={LIST.filters} className="flex flex-wrap gap-2">
      {FILTERS.map((filter) => (
        <Chip
          key={filter}
          pressed={filters.includes(filter)}
          count={counts[filter]}
          title={NODE_FILTERS[filter].description}
          onClick={() => toggle(filter)}
        >
          {NODE_FILTERS[filter].label}
        </Chip>
      ))}
      <Chip pressed={out} count={counts.out} title={LIST.outHelp} onClick={() => address.set((now) => ({ out: !now.out }))}>
        Out
      </Chip>
    </div>
  );
}
