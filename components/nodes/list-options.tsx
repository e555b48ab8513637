"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactElement } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Popover } from "@/components/ui/popover";
import { Select } from "@/components/ui/select";
import { useConsole } from "@/components/shell/console-context";
import { COLUMN_IDS, type ColumnId } from "@/lib/domain/node-sort";
import { DENSITIES, type Density } from "@/lib/domain/choices";
import { COLUMNS, LIST } from "@/lib/messages/list";
import type { ListAddressState } from "./use-list-address";

type ListOptionsProps = { trigger: ReactElement; address: ListAddressState };

const SORTS = COLUMN_IDS.flatMap((id) => [
  { value: id, label: `${COLUMNS[id].header}, ${LIST.ascending}` },
  { value: `-${id}`, label: `${COLUMNS[id].header}, ${LIST.descending}` },
]);
const DENSITY_OPTIONS = Object.entries(DENSITIES).map(([value, label]) => ({ value, label }));

/** Which columns are shown, in which order, how close the rows stand, and what they are sorted by: all that the table does with the pointer, by buttons. */
export function ListOptions({ trigger, address }: ListOptionsProps) {
  const { setPreferences } = useConsole();
  const { columns, sort, density } = address;
  const hidden = COLUMN_IDS.filter((id) => !columns.includes(id));
  const move = (id: ColumnId, step: -1 | 1) => {
    address.setColumns((now) => {
      const at = now.indexOf(id);
      // The first column stays the first.
      return at + step < 1 || at + step >= now.length ? now : now.toSpliced(at, 1).toSpliced(at + step, 0, id);
    });
  };
  const toggle = (id: ColumnId) => address.setColumns((now) => (now.includes(id) ? now.filter((other) => other !== id) : [...now, id]));
  return (
    <Popover label={LIST.columns} align="end" trigger={trigger} defaultOpen>
      <div className="grid gap-4">
        <ul className="grid gap-0.5">
          {[...columns, ...hidden].map((id) => {
            const { header, help } = COLUMNS[id];
            const at = columns.indexOf(id);
            return (
              <li key={id} className="flex items-center gap-1" title={help}>
                <Checkbox
                  label={header}
                  className="flex-1 items-center"
                  checked={at >= 0}
                  disabled={id === "name"}
                  onChange={() => toggle(id)}
                />
                {at > 0 && (
                  <>
                    <MoveButton
                      glyph={<ArrowUp aria-hidden size={14} />}
                      name={LIST.moveUp(header)}
                      off={at === 1}
                      onClick={() => move(id, -1)}
                    />
                    <MoveButton
                      glyph={<ArrowDown aria-hidden size={14} />}
                      name={LIST.moveDown(header)}
                      off={at === columns.length - 1}
                      onClick={() => move(id, 1)}
                    />
                  </>
                )}
              </li>
            );
          })}
        </ul>
        <Field label={LIST.sortBy}>
          {(control) => (
            <Select
              {...control}
              value={`${sort.desc ? "-" : ""}${sort.id}`}
              options={SORTS}
              onChange={({ target: { value } }) => {
                const id = COLUMN_IDS.find((known) => value === known || value === `-${known}`);
                if (id) address.set({ sort: { id, desc: value.startsWith("-") } });
              }}
            />
          )}
        </Field>
        <Field label={LIST.density}>
          {(control) => (
            <Select
              {...control}
              value={density}
              options={DENSITY_OPTIONS}
              onChange={({ target: { value } }) => {
                address.set({ density: null });
                setPreferences({ density: value as Density }); // one of the options
              }}
            />
          )}
        </Field>
        <Button
          size="small"
          onClick={() => {
            address.setColumns(() => COLUMN_IDS);
            address.setWidths(() => ({}));
          }}
        >
          {LIST.reset}
        </Button>
      </div>
    </Popover>
  );
}

function MoveButton({ glyph, name, off, onClick }: { glyph: ReactElement; name: string; off: boolean; onClick: () => void }) {
  return (
    <Button variant="ghost" size="icon" aria-label={name} aria-disabled={off || undefined} onClick={() => !off && onClick()}>
      {glyph}
    </Button>
  );
}
