"use client";

import { PlanDialog } from "@/components/maintenance/plan-dialog";
import { isBulkCommand } from "@/lib/domain/bulk";
import { BulkFromAddress } from "./bulk-address";

const BULK = /^bulk-(\w+)$/;

/** The dialogs for several nodes, by their word in the address; `ids` are separated by commas. */
export function ManyDialog({ name, ids, onClose }: { name: string; ids: string | null; onClose: () => void }) {
  if (name === "plan") return <PlanDialog ids={ids ?? ""} onClose={onClose} />;
  const command = BULK.exec(name)?.[1] ?? "";
  return isBulkCommand(command) && ids ? <BulkFromAddress command={command} ids={ids} onClose={onClose} /> : null;
}
