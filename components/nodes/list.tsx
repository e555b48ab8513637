"use client";

import { ServerCrash } from "lucide-react";
import { useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { EmptyState } from "@/components/ui/empty-state";
import { useConsole } from "@/components/shell/console-context";
import { regionFacts } from "@/lib/domain/lifecycle";
import { NODE_FILTERS, type NodeFilter } from "@/lib/domain/status";
import { CAUSES } from "@/lib/messages";
import type { NodeRow } from "@/lib/services/nodes/read";
import { useDialogAddress } from "./dialogs/address";
import { useFilterAddress } from "./filter-address";
import { NodesTable } from "./nodes-table";
import { Toolbar } from "./toolbar";
import { useLiveNodes } from "./use-live-nodes";

const FILTERS = Object.keys(NODE_FILTERS) as NodeFilter[]; // the keys of a const object are its type

/** The Nodes page: filters, toolbar, table. Removed nodes are hidden unless asked for; what is hidden is always counted. */
export function NodesList({ initial }: { initial: NodeRow[] }) {
  const all = useLiveNodes(initial);
  const facts = useConsole();
  const { open } = useDialogAddress();
  const { filters, showOut, toggle, toggleOut, clear } = useFilterAddress();
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const inRegion = useMemo(() => (showOut ? all : all.filter(({ status }) => status !== "Out")), [all, showOut]);
  const rows = useMemo(
    () => (filters.length ? inRegion.filter((node) => filters.some((filter) => NODE_FILTERS[filter].matches(node))) : inRegion),
    [inRegion, filters],
  );
  const region = useMemo(() => regionFacts(all), [all]);
  const selected = all.find(({ id }) => id === selectedId) ?? null;
  const hidden = all.length - rows.length;

  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-2">
        {FILTERS.map((filter) => (
          <Chip
            key={filter}
            pressed={filters.includes(filter)}
            count={inRegion.filter((node) => NODE_FILTERS[filter].matches(node)).length}
            title={NODE_FILTERS[filter].description}
            onClick={() => toggle(filter)}
          >
            {NODE_FILTERS[filter].label}
          </Chip>
        ))}
        <Chip
          pressed={showOut}
          count={all.length - all.filter(({ status }) => status !== "Out").length}
          onClick={toggleOut}
          title="Shows nodes that were removed from the cluster."
        >
          Out
        </Chip>
        {hidden > 0 && (
          <span className="text-sm text-muted">
            {hidden} of {all.length} hidden
          </span>
        )}
        {filters.length > 0 && (
          <Button variant="ghost" size="small" onClick={clear}>
            Clear filter
          </Button>
        )}
      </div>
      <Toolbar
        selected={selected}
        context={{ ...facts, region }}
        onClear={() => setSelectedId(null)}
        shown={rows.some(({ id }) => id === selectedId)}
      />
      {rows.length > 0 ? (
        <NodesTable rows={rows} selectedId={selectedId} onSelect={setSelectedId} context={{ ...facts, region }} />
      ) : all.length === 0 ? (
        <EmptyState
          glyph={<ServerCrash />}
          title="No nodes yet"
          actions={
            <Button variant="primary" onClick={() => open("add")}>
              + Add Candidate
            </Button>
          }
        >
          Add the first server by its IP address and SSH login.
        </EmptyState>
      ) : (
        <EmptyState title="No nodes match this filter" actions={<Button onClick={clear}>Clear filter</Button>}>
          {filters.includes("candidate") && (
            <>
              A candidate node does not appear when:{" "}
              <ul>
                {CAUSES.missingCandidate.map((cause) => (
                  <li key={cause}>{cause}</li>
                ))}
              </ul>
            </>
          )}
        </EmptyState>
      )}
    </div>
  );
}
