"use client";

import { usePathname, useRouter } from "next/navigation";
import { useQuery } from "@/components/shell/address";
import { Button } from "@/components/ui/button";
import { Select, type SelectOption } from "@/components/ui/select";
import { EVENT_KINDS, kindLabel, SEVERITY_LABELS, type EventFilter } from "@/lib/domain/events";

const FILTERS = ["severity", "kind", "actor"] as const;
/** Kinds that tell of the region, its people and its settings. */
const OF_NO_NODE = /^(region|view|wall|settings|notify|access|user|factor|alarm\.(made|changed|deleted|tested|muted|window))/;
type FilterName = (typeof FILTERS)[number];

/** A filter that a link brought is offered even where nobody else would be. */
const offered = (options: SelectOption[], chosen: string | undefined, label: string | undefined): SelectOption[] =>
  !chosen || options.some(({ value }) => value === chosen) ? options : [...options, { value: chosen, label: label ?? chosen }];

/** Severity, kind and who acted, each in the address, so that a pasted link shows the same events. */
export function EventFilters({ filter, actors, nodePage }: { filter: EventFilter; actors: readonly string[]; nodePage: boolean }) {
  const router = useRouter();
  const pathname = usePathname();
  const search = useQuery();
  const go = (change: Partial<Record<FilterName, string>>) => {
    const next = new URLSearchParams(search);
    next.delete("before");
    for (const [name, value] of Object.entries(change)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    router.replace(next.size ? `${pathname}?${next}` : pathname, { scroll: false });
  };
  const kinds = Object.entries(EVENT_KINDS).filter(([kind]) => !nodePage || !OF_NO_NODE.test(kind));
  const options: Record<FilterName, { label: string; options: SelectOption[] }> = {
    severity: { label: "Severity", options: Object.entries(SEVERITY_LABELS).map(([value, label]) => ({ value, label })) },
    kind: {
      label: "Kind",
      options: offered(
        kinds.map(([value, label]) => ({ value, label })),
        filter.kind,
        filter.kind && kindLabel(filter.kind),
      ),
    },
    actor: {
      label: "By",
      options: offered(
        actors.map((name) => ({ value: name, label: name })),
        filter.actor,
        undefined,
      ),
    },
  };
  return (
    <div role="group" aria-label="Filter events" className="flex flex-wrap items-center gap-x-4 gap-y-2">
      {FILTERS.map((name) => (
        <label key={name} className="flex items-center gap-2 text-sm text-muted">
          {options[name].label}
          <Select
            placeholder="All"
            className="w-auto text-ink"
            options={options[name].options}
            value={filter[name] ?? ""}
            onChange={(event) => go({ [name]: event.target.value })}
          />
        </label>
      ))}
      {FILTERS.some((name) => filter[name]) && (
        <Button variant="ghost" onClick={() => go({ severity: "", kind: "", actor: "" })}>
          Clear filter
        </Button>
      )}
    </div>
  );
}
