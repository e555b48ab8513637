import { Field } from "@/components/ui/field";
import { PasswordInput } from "@/components/ui/password-input";
import { ACCOUNT } from "@/lib/messages/account";

/** Who is signed in shows that it is still the same person. Left out for somebody who has no password. */
export function PresentField({ hasPassword, error }: { hasPassword: boolean; error: string | null }) {
  if (!hasPassword) return null;
  return (
    <Field label={ACCOUNT.present} required error={error}>
      {(control) => <PasswordInput {...control} name="present" autoComplete="current-password" />}
    </Field>
  );
}
