import { ServerCrash } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ADD_CANDIDATE } from "@/lib/domain/lifecycle";
import { LIST } from "@/lib/messages/list";
import { CAUSES } from "@/lib/messages/mission";
import type { ListAddressState } from "./use-list-address";

type NoRowsProps = { empty: boolean; address: ListAddressState; onAdd: () => void };

/** No node at all, or none that matches: two states, two ways on. */
export function NoRows({ empty, address, onAdd }: NoRowsProps) {
  if (empty) {
    return (
      <EmptyState
        glyph={<ServerCrash />}
        title={LIST.empty}
        actions={
          <Button variant="primary" onClick={onAdd}>
            {ADD_CANDIDATE.label}
          </Button>
        }
      >
        {LIST.emptyHelp}
      </EmptyState>
    );
  }
  return (
    <EmptyState title={LIST.noMatch} actions={<Button onClick={address.clear}>{LIST.clear}</Button>}>
      {address.filters.includes("candidate") && (
        <>
          {LIST.missingCandidate}
          <ul>
            {CAUSES.missingCandidate.map((cause) => (
              <li key={cause}>{cause}</li>
            ))}
          </ul>
        </>
      )}
    </EmptyState>
  );
}
