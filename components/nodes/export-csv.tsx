"use client";

import { Download } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { ColumnId } from "@/lib/domain/node-sort";
import type { RowFacts } from "@/lib/domain/row-facts";

type ExportCsvProps = {
  /** All rows that match, in the order shown. */
  rows: readonly RowFacts[];
  /** The visible columns, in their order. */
  columns: readonly ColumnId[];
  region: string;
  /** The moment that is shown, ms since 1970; null: now. The file is named after it. */
  at: number | null;
};

/** Saves the list as a file, made in the browser from what is shown. */
export function ExportCsv({ rows, columns, region, at }: ExportCsvProps) {
  const save = async () => {
    const [{ nodesCsv }, { csvName, CSV_TYPE }, { saveFile }] = await Promise.all([
      import("./csv-columns"),
      import("@/lib/domain/csv"),
      import("@/components/ui/save-file"),
    ]);
    saveFile(new Blob([nodesCsv(rows, columns)], { type: CSV_TYPE }), csvName("nodes", region, at === null ? new Date() : new Date(at)));
  };
  return (
    <Button size="small" disabledReason={rows.length ? undefined : "No node is shown."} onClick={() => void save()}>
      <Download aria-hidden size={14} /> Export CSV
    </Button>
  );
}
