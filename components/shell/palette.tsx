"use client";

import { Command } from "cmdk";
import { Search } from "lucide-react";
import { usePathname } from "next/navigation";
import { Suspense, useEffect, useEffectEvent, useRef, useState } from "react";
import { Kbd } from "@/components/ui/kbd";
import { useDialog } from "@/components/ui/use-dialog";
import { PALETTE } from "@/lib/messages/console";
import { COMMAND_LABELS, possibleFirst, useNodeEntries, useOwnEntries, type Entry, type EntryGroup } from "./palette-entries";
import { asked, fits } from "./palette-match";
import { useNodeOfPage, useNodeSearch, type NodeSearch } from "./palette-search";
import { isPaletteKey } from "./platform";

const SEARCH_MAX = 20;
/** "rename west" names many nodes; the first of them are enough to choose from. */
const NAMED_MAX = 5;

/** Search or jump to: nodes, pages and actions in one list. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { setDialog, handlers } = useDialog({ open: true, busy: false, dirty: false, once: false, page: undefined, onClose });
  return (
    <dialog
      ref={setDialog}
      className="dialog sm:mt-[12dvh]"
      data-size="medium"
      aria-label={PALETTE.label}
      {...handlers}
      onKeyDown={(event) => {
        if (!isPaletteKey(event.nativeEvent)) return handlers.onKeyDown(event);
        event.preventDefault();
        onClose();
      }}
    >
      <Suspense>
        <Combobox onClose={onClose} />
      </Suspense>
    </dialog>
  );
}

function Combobox({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const [refusal, setRefusal] = useState("");
  const { groups, search, waiting } = useGroups(typed);
  const chosen = useChosen(typed, groups);
  const input = useNamedChoice(chosen.value, groups);
  const run = ({ label, refused, run: act }: Entry) => {
    if (refused) return setRefusal(PALETTE.notPossible(label, refused));
    onClose();
    act();
  };
  const all = groups.flatMap((group) => group.entries);
  const enter = useEnter(waiting, typed, () => {
    const entry = all.find(({ id }) => id === chosen.value);
    if (entry) run(entry);
  });

  return (
    <Command
      label={PALETTE.prompt}
      shouldFilter={false}
      vimBindings={false}
      loop
      {...chosen}
      onKeyDown={enter}
      className="flex min-h-0 w-full flex-col"
    >
      <div className="flex items-center gap-2 border-b border-line px-4">
        <Search aria-hidden size={16} className="text-muted" />
        <Command.Input
          ref={input}
          value={typed}
          onValueChange={(text) => {
            setTyped(text);
            setRefusal("");
          }}
          placeholder={PALETTE.prompt}
          maxLength={100}
          className="min-h-12 min-w-0 flex-1 bg-transparent text-lg outline-none"
        />
      </div>
      <Command.List
        label={PALETTE.results}
        className="max-h-[min(26rem,60dvh)] min-h-0 flex-1 scroll-py-2 overflow-y-auto overscroll-contain p-2"
      >
        {groups.map(({ title, entries }) => (
          <Command.Group key={title} heading={title} className={HEADING}>
            {entries.map((entry) => (
              <Item key={entry.id} entry={entry} onSelect={() => run(entry)} />
            ))}
          </Command.Group>
        ))}
      </Command.List>
      <div className="flex min-h-10 items-center gap-3 border-t border-line bg-panel px-4 py-1.5 text-sm text-muted">
        <p role="status" className="min-w-0 flex-1 wrap-anywhere">
          {refusal || (waiting ? PALETTE.reading : said(search, typed, all.length))}
        </p>
        <p aria-hidden className="flex gap-1 whitespace-nowrap max-sm:hidden">
          <Kbd>↑</Kbd>
          <Kbd>↓</Kbd>
          <Kbd>Enter</Kbd>
          <Kbd>Esc</Kbd>
        </p>
      </div>
    </Command>
  );
}

const HEADING =
  "[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-muted";

/** A refused entry stays in the list and can be reached, so that its reason can be read and heard. */
function Item({ entry: { id, label, detail, glyph: Glyph, refused }, onSelect }: { entry: Entry; onSelect: () => void }) {
  return (
    <Command.Item
      value={id}
      onSelect={onSelect}
      className="flex min-h-9 cursor-pointer items-start gap-2.5 rounded-md px-2 py-1.5 data-[selected=true]:bg-hover data-[selected=true]:outline-2 data-[selected=true]:-outline-offset-2 data-[selected=true]:outline-transparent"
    >
      <Glyph aria-hidden size={16} className="mt-0.5 text-muted" />
      <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-3">
        <bdi className={refused ? "text-muted" : "font-medium"}>{label}</bdi>
        {detail && <span className="min-w-0 text-sm text-muted wrap-anywhere">{detail}</span>}
        {refused && <span className="basis-full text-xs text-muted">Not possible: {refused}</span>}
      </span>
    </Command.Item>
  );
}

/** Own entries stand above what the server finds, so that its answer moves nothing that is there already. */
function useGroups(typed: string): { groups: EntryGroup[]; search: NodeSearch; waiting: boolean } {
  const own = useOwnEntries();
  const here = useNodeOfPage(usePathname());
  const { page, commands } = useNodeEntries();
  const { text, commands: named } = asked(typed, COMMAND_LABELS);
  const search = useNodeSearch(text);

  const [first] = search.nodes;
  const isNamed = first && (search.nodes.length === 1 || first.name.toLowerCase() === text.toLowerCase());
  const onNamed = named.length
    ? possibleFirst(search.nodes.slice(0, NAMED_MAX).flatMap((node) => (node.id === here?.id ? [] : commands(node, named))))
    : isNamed && first.id !== here?.id
      ? commands(first)
      : [];
  const fitting = ({ title, entries }: EntryGroup): EntryGroup => ({
    title,
    entries: entries.filter(({ label, typedOnly }) => fits(typed, label) && (!typedOnly || typed.trim() !== "")),
  });
  const groups = [
    ...(here ? [fitting({ title: `On ${here.name}`, entries: commands(here) })] : []),
    ...own.map(fitting),
    ...(named.length ? [{ title: "Actions on nodes", entries: onNamed }] : []),
    { title: "Nodes", entries: search.nodes.map(page) },
    ...(named.length || !first ? [] : [{ title: `On ${first.name}`, entries: onNamed }]),
  ];
  // Nothing is shown before what stands at the top is known: it would push the rest down under the pointer.
  return { groups: here === undefined ? [] : groups.filter(({ entries }) => entries.length > 0), search, waiting: here === undefined };
}

/**
 * The first entry is chosen after each letter and after the answer to it, unless an arrow or the pointer has chosen since. It is
 * worked out while drawing, so that Enter never meets the choice of the letter before.
 */
function useChosen(typed: string, groups: EntryGroup[]) {
  const [picked, setPicked] = useState({ typed, value: "" });
  const moved = useRef(false);
  const ids = groups.flatMap(({ entries }) => entries.map(({ id }) => id));
  const move = () => void (moved.current = true);
  return {
    value: picked.typed === typed && ids.includes(picked.value) ? picked.value : (ids[0] ?? ""),
    // cmdk chooses by itself as well; only what somebody chose counts.
    onValueChange: (value: string) => {
      if (moved.current) setPicked({ typed, value });
      moved.current = false;
    },
    onPointerMoveCapture: move,
    onKeyDownCapture: ({ key }: { key: string }) => void (moved.current = /^(Arrow|Home|End)/.test(key)),
  };
}

/** Enter before the list is known is kept, and holds for what was typed until then: no key is lost to a slow server. */
function useEnter(waiting: boolean, typed: string, enter: () => void) {
  const kept = useRef<string>(undefined);
  const press = useEffectEvent(enter);
  useEffect(() => {
    if (waiting || kept.current === undefined) return;
    const due = kept.current === typed;
    kept.current = undefined;
    if (due) press();
  }, [waiting, typed]);
  return ({ key }: { key: string }) => {
    if (waiting && key === "Enter") kept.current = typed;
  };
}

/** cmdk tells the field which entry is chosen only when it chose by itself; here the palette does. */
function useNamedChoice(value: string, groups: EntryGroup[]) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const list = document.getElementById(input.current?.getAttribute("aria-controls") ?? "");
    input.current?.setAttribute("aria-activedescendant", list?.querySelector("[aria-selected=true]")?.id ?? "");
  }, [value, groups]);
  return input;
}

function said({ state, nodes }: NodeSearch, typed: string, count: number): string {
  if (state === "searching") return PALETTE.searching;
  if (state === "failed") return PALETTE.failed;
  if (state === "signed-out") return PALETTE.signedOut;
  if (count === 0) return PALETTE.nothing(typed.trim());
  if (nodes.length === SEARCH_MAX) return PALETTE.more(SEARCH_MAX);
  return state === "found" ? PALETTE.found(nodes.length) : "";
}
