import { useEffect, useRef, useState } from "react";
import { QUERY_LENGTH } from "@/lib/domain/list-address";
import { formatQuery, formatToken, parseQuery, type Token } from "@/lib/domain/node-query";
import { PROPERTY_NAMES } from "@/lib/domain/node-query-properties";
import { segmentsOf } from "@/lib/domain/node-query-text";

export type Bar = ReturnType<typeof useFilterBar>;

type Draft = { text: string; cursor: number };

const EMPTY: Draft = { text: "", cursor: 0 };
const endOf = (text: string): Draft => ({ text, cursor: text.length });

/**
 * The conditions that stand as chips and the one that is being typed. What others put in the address replaces both; what comes back
 * of one's own typing, late and perhaps not all of it, does not.
 */
export function useFilterBar(value: string, onChange: (text: string) => void) {
  const [tokens, setTokens] = useState(() => parseQuery(value).tokens);
  const [draft, setDraft] = useState(EMPTY);
  const sent = useRef<string[]>([]);
  const latest = useRef(value);

  useEffect(() => {
    const at = sent.current.indexOf(value);
    sent.current = sent.current.slice(at + 1);
    if (at >= 0 || value === latest.current) return;
    sent.current = [];
    latest.current = value;
    setTokens(parseQuery(value).tokens);
    setDraft(EMPTY);
  }, [value]);

  const show = (next: readonly Token[], typed: Draft) => {
    const text = formatQuery([...next, ...(isSearch(typed.text) ? parseQuery(typed.text).tokens : [])]);
    // The address holds no more; as with an input's greatest length, nothing is added.
    if (text.length > QUERY_LENGTH && text.length > latest.current.length) return;
    setTokens([...next]);
    setDraft(typed);
    if (text === latest.current) return;
    latest.current = text;
    sent.current.push(text);
    onChange(text);
  };

  return {
    tokens,
    draft,
    place: (cursor: number) => setDraft((typed) => ({ ...typed, cursor })),
    /** What is typed is a draft, until "and" ends it. */
    type: (text: string, cursor: number) => {
      const ended = /\s$/.test(text) && segmentsOf(text).length > 1 && segmentsOf(text).at(-1)?.text === "";
      if (ended) show([...tokens, ...parseQuery(text).tokens], EMPTY);
      else show(tokens, { text, cursor });
    },
    /** The draft, or what it became, is a condition from now on. */
    commit: (text = draft.text) => show([...tokens, ...parseQuery(text).tokens], EMPTY),
    remove: (index: number) =>
      show(
        tokens.filter((_, at) => at !== index),
        draft,
      ),
    /** Back into the draft, to be typed again; what was there becomes a condition. */
    edit: (index: number) => {
      const token = tokens[index];
      if (token) show([...tokens.filter((_, at) => at !== index), ...parseQuery(draft.text).tokens], endOf(formatToken(token)));
    },
    clear: () => show([], EMPTY),
  };
}

/** Words are searched while they are typed, unless they may yet become a condition: "c" may become cpu, "co" can not. */
function isSearch(text: string): boolean {
  const [first = ""] = text.trim().toLowerCase().split(/\s/);
  return (
    parseQuery(text).tokens.every(({ kind }) => kind === "words") &&
    ![...PROPERTY_NAMES, "not", "and"].some((name) => name.startsWith(first))
  );
}

/** Whether pasted text is conditions rather than a part of one. */
export function isQuery(text: string): boolean {
  const { tokens } = parseQuery(text);
  return tokens.length > 1 || tokens[0]?.kind === "condition";
}
