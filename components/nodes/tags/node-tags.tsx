"use client";

import { Plus, X } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { toast } from "@/components/ui/toast";
import { Button } from "@/components/ui/button";
import { useConsole } from "@/components/shell/console-context";
import { tagNode } from "@/lib/actions/nodes";
import type { TagChange } from "@/lib/domain/tags";
import { TAGS } from "@/lib/messages/tags";
import { refuse, type Refusal } from "@/lib/outcome";
import type { NodeRow } from "@/lib/services/nodes/read";
import { whyNot } from "../commands";
import { TagInput } from "./tag-input";
import type { KnownTag } from "./tag-options";

const UNDO_MS = 5000;

/** The tags of one node, each with its own ×, and a field for more. Both ways can be undone for 5 s. */
export function NodeTags({ node }: { node: NodeRow }) {
  const reason = whyNot("tags", node, useConsole())?.reason;
  const reasonId = useId();
  const [tags, setTags] = useState(node.tags);
  useEffect(() => setTags(node.tags), [node.tags]);
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<string | null>(null);
  const known = useKnownTags(adding);
  const list = useRef<HTMLUListElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const comingBack = useRef(false);
  useEffect(() => {
    if (!adding && comingBack.current) opener.current?.focus();
    comingBack.current = false;
  }, [adding]);

  const change = async (wanted: TagChange, undoable: boolean): Promise<Refusal | null> => {
    const outcome = await tagNode({ nodeId: node.id, add: [...wanted.add], remove: [...wanted.remove] }).catch(() => UNREACHED);
    if (!outcome.ok) return outcome;
    // The × that was pressed is gone in a moment; the focus must not be lost with it.
    if (document.activeElement === document.body || list.current?.contains(document.activeElement)) opener.current?.focus();
    setTags(outcome.value.tags);
    const { added, removed } = outcome.value;
    const undo = () => void change({ add: removed, remove: added }, false).then((refused) => refused && toast.error(refused.reason));
    const words = added.length ? TAGS.added(added) : TAGS.removed(removed);
    if (added.length || removed.length)
      toast.success(words, { duration: UNDO_MS, ...(undoable ? { action: { label: TAGS.undo, onClick: undo } } : {}) });
    return null;
  };
  const close = () => {
    comingBack.current = true;
    setAdding(false);
  };
  const add = async (wanted: string[]) => {
    const refused = await change({ add: wanted, remove: [] }, true);
    if (!refused) close();
    return refused;
  };
  const remove = async (tag: string) => {
    setRemoving(tag);
    const refused = await change({ add: [], remove: [tag] }, true);
    setRemoving(null);
    if (refused) toast.error(refused.reason, { description: refused.hint, duration: Infinity });
  };

  return (
    <div className="flex min-w-0 flex-wrap items-start gap-1.5">
      {tags.length > 0 && (
        <ul ref={list} aria-label="Tags" className="contents">
          {tags.map((tag) => (
            <li
              key={tag}
              className="inline-flex min-h-8 max-w-full items-center gap-1 rounded-md border border-line bg-panel ps-2.5 pe-1 text-sm"
            >
              <bdi className="min-w-0 wrap-anywhere">{tag}</bdi>
              <button
                type="button"
                aria-label={TAGS.remove(tag)}
                aria-disabled={reason !== undefined || removing !== null || undefined}
                aria-busy={removing === tag || undefined}
                aria-describedby={reason ? reasonId : undefined}
                onClick={() => !reason && removing === null && void remove(tag)}
                className="grid size-6 shrink-0 place-items-center rounded-sm text-muted not-aria-disabled:hover:bg-hover not-aria-disabled:hover:text-ink"
              >
                <X aria-hidden size={13} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {adding ? (
        <TagInput autoFocus known={known} taken={tags} onAdd={add} onCancel={close} />
      ) : (
        <Button ref={opener} variant="ghost" disabledReason={reason} reasonId={reasonId} onClick={() => setAdding(true)}>
          <Plus aria-hidden size={14} /> {TAGS.add}
        </Button>
      )}
      {reason && (
        <span id={reasonId} className="self-center text-sm text-muted">
          {reason}
        </span>
      )}
    </div>
  );
}

/** Read when the field opens: what others tagged meanwhile is offered too. */
function useKnownTags(wanted: boolean): readonly KnownTag[] {
  const [known, setKnown] = useState<readonly KnownTag[]>([]);
  useEffect(() => {
    if (!wanted) return;
    const asked = new AbortController();
    void fetch("/api/v1/tags", { signal: asked.signal })
      .then(async (answer) => answer.ok && setKnown((await answer.json()) as KnownTag[])) // our own server's answer, see the route
      .catch(() => undefined); // without the list, tags can still be typed
    return () => asked.abort();
  }, [wanted]);
  return known;
}

const UNREACHED = refuse("unreached", "Regent did not answer.", { hint: "Press Enter again: a tag that is there is not added twice." });
