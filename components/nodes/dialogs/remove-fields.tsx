import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { REMOVE } from "@/lib/messages/maintenance";
import type { Refusal } from "@/lib/outcome";

type Typed = { name: string; reason: string };
type RemoveFieldsProps = {
  name: string;
  asks: { name: boolean; reason: boolean };
  typed: Typed;
  refusal: Refusal | null;
  onType: (change: Partial<Typed>) => void;
};

/** What a removal asks for that may lose data, or that leaves the machine as it is. */
export function RemoveFields({ name, asks, typed, refusal, onType }: RemoveFieldsProps) {
  return (
    <>
      {asks.reason && (
        <Field label={REMOVE.reason} required help={REMOVE.reasonHelp} error={refusal?.field === "reason" ? refusal.reason : null}>
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
      )}
      {asks.name && (
        <Field label={REMOVE.name(name)} required error={refusal?.field === "name" ? refusal.reason : null}>
          {(control) => (
            <Input {...control} mono autoComplete="off" value={typed.name} onChange={(event) => onType({ name: event.target.value })} />
          )}
        </Field>
      )}
    </>
  );
}
