import { useLayoutEffect, useState, type RefObject } from "react";
import type { Refusal } from "@/lib/outcome";

/**
 * Gives the focus to the field that a refusal is about, so that its sentence is heard and its value can be mended. Returns the refusal
 * when no field says it: it has to be said elsewhere then.
 */
export function useRefusedField(form: RefObject<HTMLFormElement | null>, refusal: Refusal | null): Refusal | null {
  const [said, setSaid] = useState<Refusal | null>(null);
  useLayoutEffect(() => {
    if (!refusal?.field) return;
    form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
    if (form.current?.querySelector("[data-field-error]")) setSaid(refusal);
  }, [form, refusal]);
  return refusal === said ? null : refusal;
}
