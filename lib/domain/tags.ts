/** Custom labels of a node: how one is written, and what becomes of a node's tags when some are added and removed. */
import { done, refuse, type Outcome, type Refusal } from "../outcome";

export const TAG_MAX_CHARACTERS = 64;
export const TAGS_PER_NODE = 50;

/** Control and format characters, lone surrogates, private use, line separators: nothing that can be seen and typed again. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u;

/** Two tags that differ only in letters' case are one. */
export const tagKey = (tag: string): string => tag.toLowerCase();

const wrong = (reason: string, hint: string): Refusal => refuse("bad-tag", reason, { hint, field: "tag" });
const EMPTY = wrong("A tag has at least one character.", "Type a tag, for example rack-A or owner=render.");
const characters = (text: string): string[] => Array.from(text);
const shown = (text: string): string => (characters(text).length > 24 ? `${characters(text).slice(0, 24).join("")}…` : text);

/** A tag as it is stored: trimmed, one blank between words, any other text as typed (`rack-A`, `owner=render team`). */
export function normaliseTag(typed: string): Outcome<string> {
  const tag = typed.normalize("NFC").trim().replace(/\s+/g, " ");
  if (tag === "") return EMPTY;
  if (UNSEEN.test(tag)) return wrong("The tag has characters that can not be shown.", "Type it instead of pasting it.");
  if (tag.includes(",")) return wrong(`“${shown(tag)}” has a comma, which stands between two tags.`, "Leave the comma out.");
  const { length } = characters(tag);
  if (length > TAG_MAX_CHARACTERS)
    return wrong(`“${shown(tag)}” has ${length} characters; a tag has at most ${TAG_MAX_CHARACTERS}.`, "Shorten it.");
  return done(tag);
}

/** What was typed into one field, as tags: a comma adds several. What stands between two commas may be empty. */
export function splitTags(typed: string): Outcome<string[]> {
  const found = new Map<string, string>();
  for (const part of typed.split(",").filter((text) => text.trim() !== "")) {
    const tag = normaliseTag(part);
    if (!tag.ok) return tag;
    if (!found.has(tagKey(tag.value))) found.set(tagKey(tag.value), tag.value);
  }
  return found.size ? done([...found.values()]) : EMPTY;
}

export type TagChange = { add: readonly string[]; remove: readonly string[] };
/** `added` and `removed` are what really changed: what was there already, or was not, is in neither. */
export type ChangedTags = { tags: string[]; added: string[]; removed: string[] };

/** The tags of a node after a change. The spelling that was there first stays; what is both removed and added is there afterwards. */
export function changeTags(tags: readonly string[], { add, remove }: TagChange): Outcome<ChangedTags> {
  const wanted = new Set(add.map(tagKey));
  const unwanted = new Set(remove.map(tagKey).filter((key) => !wanted.has(key)));
  const removed = tags.filter((tag) => unwanted.has(tagKey(tag)));
  const kept = tags.filter((tag) => !unwanted.has(tagKey(tag)));
  const known = new Set(kept.map(tagKey));
  const added = add.filter((tag) => !known.has(tagKey(tag)) && known.add(tagKey(tag)));
  const after = [...kept, ...added];
  if (added.length && after.length > TAGS_PER_NODE)
    return refuse("too-many-tags", `A node has at most ${TAGS_PER_NODE} tags; this one would have ${after.length}.`, {
      hint: "Remove a tag first.",
      field: "tag",
    });
  return done({ tags: after, added, removed });
}
