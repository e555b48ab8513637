const SHOWN = 3;

/** The first tags; the others by number, all in the title. */
export function TagsCell({ tags }: { tags: readonly string[] }) {
  if (!tags.length) return null;
  return (
    <span className="flex gap-1 overflow-hidden" title={tags.join(", ")}>
      {tags.slice(0, SHOWN).map((tag) => (
        <bdi key={tag} className="tag">
          {tag}
        </bdi>
      ))}
      {tags.length > SHOWN && <span className="text-muted">+{tags.length - SHOWN}</span>}
    </span>
  );
}
