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
};

/** Saves the list as a file, made in the browser from what is shown. */
export function ExportCsv({ rows, columns, region }: ExportCsvProps) {
  const save = async () => {
    const { csvName, nodesCsv } = await import("./csv-columns");
    const url = URL.createObjectURL(new Blob([nodesCsv(rows, columns)], { type: "text/csv;charset=utf-8" }));
    Object.assign(document.createElement("a"), { href: url, download: csvName(region, new Date()) }).click();
    // The browser has begun to read it; some do so a moment after the click.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  };
  return (
    <Button size="small" disabledReason={rows.length ? undefined : "No node is shown."} onClick={() => void save()}>
      <Download aria-hidden size={14} /> Export CSV
    </Button>
  );
}
