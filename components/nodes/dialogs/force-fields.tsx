import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { FORCE } from "@/lib/messages/maintenance";
import type { Refusal } from "@/lib/outcome";

type Typed = { reason: string; name: string };
type ForceFieldsProps = { name: string; typed: Typed; refusal: Refusal | null; onType: (change: Partial<Typed>) => void };

/** Why, and the name of the node, typed: nothing here has a value that could be taken over by a press of Enter. */
export function ForceFields({ name, typed, refusal, onType }: ForceFieldsProps) {
  return (
    <>
      <Field label={FORCE.reason} required help={FORCE.reasonHelp} error={refusal?.field === "reason" ? refusal.reason : null}>
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            maxLength={500}
            value={typed.reason}
            onChange={(event) => onType({ reason: event.target.value })}
          />
        )}
      </Field>
      <Field label={FORCE.name(name)} required error={refusal?.field === "name" ? refusal.reason : null}>
        {(control) => (
          <Input {...control} mono autoComplete="off" value={typed.name} onChange={(event) => onType({ name: event.target.value })} />
        )}
      </Field>
    </>
  );
}
