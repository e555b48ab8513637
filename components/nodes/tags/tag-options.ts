import { normaliseTag, tagKey } from "@/lib/domain/tags";

export type KnownTag = { tag: string; count: number };
/** `count` null: no node has it yet. */
export type TagOption = { tag: string; count: number | null };

const MOST = 50;

/** What was typed before the last comma, and what stands behind it. */
export function typedParts(text: string): { before: string; last: string } {
  const comma = text.lastIndexOf(",");
  return { before: text.slice(0, comma + 1), last: text.slice(comma + 1).trim() };
}

/**
 * What the list offers while somebody types: tags that are known and not taken, those that begin with the text first, otherwise in
 * the order of `known`; then the text itself, if it is a tag that nobody has.
 */
export function tagOptions(text: string, known: readonly KnownTag[], taken: readonly string[]): TagOption[] {
  const { before, last } = typedParts(text);
  const wanted = tagKey(last);
  const used = new Set([...taken, ...before.split(",").map((part) => part.trim())].map(tagKey));
  const free = known.filter(({ tag }) => !used.has(tagKey(tag)) && tagKey(tag).includes(wanted));
  const begins = free.filter(({ tag }) => tagKey(tag).startsWith(wanted));
  const offered: TagOption[] = [...begins, ...free.filter((one) => !begins.includes(one))].slice(0, MOST);
  const fresh = normaliseTag(last);
  const isNew = fresh.ok && !used.has(wanted) && !known.some(({ tag }) => tagKey(tag) === wanted);
  return isNew ? [...offered, { tag: fresh.value, count: null }] : offered;
}
