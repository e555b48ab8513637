/**
 * A refusal is an answer, not an exception: it is shown to the administrator as it stands.
 * A fault (a bug, a lost database) stays an exception and is logged once with a reference.
 */
export type Refusal = {
  ok: false;
  /** Stable machine word, e.g. "auth-refused". */
  code: string;
  /** What happened and why, one sentence in the copy rules of the product. */
  reason: string;
  /** What to do about it. */
  hint?: string;
  /** The form field the refusal is about, when it is about one. */
  field?: string;
};

export type Outcome<T = void> = { ok: true; value: T } | Refusal;

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value });

export const refuse = (code: string, reason: string, extra: { hint?: string; field?: string } = {}): Refusal => ({
  ok: false,
  code,
  reason,
  ...extra,
});

/** What to say at a form's field: the refusal, when it is about this one. */
export const refusalAt = (field: string, refusal: Refusal | null): string | null =>
  refusal?.field === field ? [refusal.reason, refusal.hint].filter(Boolean).join(" ") : null;
