import { lazy } from "react";
import { OnAsk } from "@/components/ui/on-ask";
import { LIST, VIEWS } from "@/lib/messages";
import type { NodeRow } from "@/lib/services/nodes/read";
import { ExportCsv } from "./export-csv";
import { FilterBar } from "./filter-bar";
import { FilterChips } from "./filter-chips";
import type { ListAddressState } from "./use-list-address";
import type { ShownRows } from "./use-shown-rows";

const ListOptions = lazy(() => import("./list-options").then((module) => ({ default: module.ListOptions })));
const SavedViews = lazy(() => import("./saved-views").then((module) => ({ default: module.SavedViews })));

type FilterLineProps = {
  all: readonly NodeRow[];
  listed: readonly NodeRow[];
  shown: ShownRows;
  address: ListAddressState;
  regionName: string;
};

/** What is looked for: the filter bar, the chips, and what is kept or taken away of it. */
export function FilterLine({ all, listed, shown, address, regionName }: FilterLineProps) {
  return (
    <>
      <FilterBar value={address.q} onChange={(q) => address.set({ q })} rows={all} />
      <div className="flex flex-wrap items-center gap-2">
        <FilterChips counts={shown.counts} address={address} />
        <div className="ms-auto flex flex-wrap gap-2">
          <OnAsk label={VIEWS.title}>{(trigger) => <SavedViews trigger={trigger} />}</OnAsk>
          <OnAsk label={LIST.columns}>{(trigger) => <ListOptions trigger={trigger} address={address} />}</OnAsk>
          <ExportCsv rows={listed} columns={address.columns} region={regionName} />
        </div>
      </div>
    </>
  );
}
