import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type CodeFieldProps = { label: string; help: string; error: string | null; autoFocus?: boolean };

/** Phones offer the code of their authenticator app here. A recovery code has letters, so no keyboard of digits alone. */
export function CodeField({ label, help, error, autoFocus = false }: CodeFieldProps) {
  return (
    <Field label={label} required help={help} error={error}>
      {(control) => (
        <Input
          {...control}
          mono
          name="code"
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
          autoFocus={autoFocus}
          maxLength={100}
        />
      )}
    </Field>
  );
}
