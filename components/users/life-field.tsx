import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { LINK_LIVES, LINK_MINUTES } from "@/lib/domain/users";
import { INVITE } from "@/lib/messages/users";

const LIVES = Object.entries(LINK_LIVES).map(([value, label]) => ({ value, label }));

/** How long a link is good, in minutes, as `minutes` of its form. */
export function LifeField() {
  return (
    <Field label={INVITE.life}>
      {(control) => <Select {...control} name="minutes" options={LIVES} defaultValue={String(LINK_MINUTES)} />}
    </Field>
  );
}
