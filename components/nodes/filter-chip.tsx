import { clsx } from "clsx";
import { CircleAlert, X } from "lucide-react";
import { formatToken, type Token } from "@/lib/domain/node-query";
import { FILTER_BAR } from "@/lib/messages/list";

type FilterChipProps = { token: Token; onEdit: () => void; onRemove: () => void };

/** One condition. It is edited from the keyboard with Backspace, so only its button to remove it is a stop of Tab. */
export function FilterChip({ token, onEdit, onRemove }: FilterChipProps) {
  const text = formatToken(token);
  const invalid = token.kind === "invalid";
  return (
    <span
      className={clsx(
        "inline-flex min-h-6 max-w-full min-w-0 items-center rounded-sm border text-sm",
        invalid ? "border-dashed border-danger" : "border-line bg-panel",
      )}
    >
      <button
        type="button"
        tabIndex={-1}
        aria-label={`Edit ${text}`}
        className="inline-flex min-w-0 items-center gap-1.5 ps-2 text-start"
        onClick={onEdit}
      >
        {invalid && <CircleAlert aria-hidden size={13} className="text-danger" />}
        <TokenText token={token} />
      </button>
      {invalid && <span className="sr-only">, {FILTER_BAR.notUnderstood}</span>}
      <button
        type="button"
        aria-label={`Remove ${text}`}
        className="inline-flex size-6 shrink-0 items-center justify-center rounded-sm text-muted hover:bg-hover hover:text-ink"
        onClick={onRemove}
      >
        <X aria-hidden size={13} />
      </button>
    </span>
  );
}

function TokenText({ token }: { token: Token }) {
  if (token.kind === "invalid") return <span className="truncate">{token.text}</span>;
  return (
    <span className="truncate">
      {token.negated && <span className="text-muted">not </span>}
      {token.kind === "words" ? (
        <span className="font-medium">{formatToken({ ...token, negated: false })}</span>
      ) : (
        <>
          {token.property} <span className="text-muted">{token.operator}</span> <bdi className="font-medium">{token.value}</bdi>
        </>
      )}
    </span>
  );
}
