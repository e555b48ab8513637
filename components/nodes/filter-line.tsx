import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { OnAsk } from "@/components/ui/on-ask";
import { onDemand } from "@/components/ui/on-demand";
import { LIST } from "@/lib/messages/list";
import type { NodeRow } from "@/lib/services/nodes/read";
import { ExportCsv } from "./export-csv";
import { FilterBar } from "./filter-bar";
import { FilterChips } from "./filter-chips";
import type { ListAddressState } from "./use-list-address";
import type { ShownRows } from "./use-shown-rows";

const ListOptions = onDemand(() => import("./list-options").then((module) => module.ListOptions));
const SavedViews = onDemand(() => import("./saved-views").then((module) => module.SavedViews));

type FilterLineProps = {
  all: readonly NodeRow[];
  listed: readonly NodeRow[];
  shown: ShownRows;
  address: ListAddressState;
  regionName: string;
  /** The moment that is shown, ms since 1970; null: now. */
  at: number | null;
};

/** What is looked for: the filter bar, the chips, and what is kept or taken away of it. */
export function FilterLine({ all, listed, shown, address, regionName, at }: FilterLineProps) {
  return (
    <>
      <FilterBar value={address.q} onChange={(q) => address.set({ q })} rows={all} />
      <div className="flex flex-wrap items-center gap-2">
        <FilterChips counts={shown.counts} address={address} />
        <div className="ms-auto flex flex-wrap gap-2">
          <OnAsk haspopup="dialog" button={opener(LIST.savedViews)}>
            {(trigger) => <SavedViews trigger={trigger} />}
          </OnAsk>
          <OnAsk haspopup="dialog" button={opener(LIST.columns)}>
            {(trigger) => <ListOptions trigger={trigger} address={address} />}
          </OnAsk>
          <ExportCsv rows={listed} columns={address.columns} region={regionName} at={at} />
        </div>
      </div>
    </>
  );
}

const opener = (label: ReactNode) => (
  <Button size="small">
    {label} <ChevronDown aria-hidden size={14} />
  </Button>
);
