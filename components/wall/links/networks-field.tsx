import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { WALL_LINKS } from "@/lib/messages/wall";

/** From where a link may be opened, as `networks` of its form. `here` is from where this browser is seen. */
export function NetworksField({ here, error, given }: { here: string; error: string | null; given?: string }) {
  return (
    <Field label={WALL_LINKS.networks} help={WALL_LINKS.networksHelp(here)} error={error}>
      {(control) => <Input {...control} mono name="networks" autoComplete="off" maxLength={2000} defaultValue={given} />}
    </Field>
  );
}
