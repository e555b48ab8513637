import { Callout } from "@/components/ui/callout";
import { isolatedSentence, type Isolation } from "@/lib/domain/fencing";
import { ISOLATED } from "@/lib/messages/fencing";

export function IsolationCallout({ isolation }: { isolation: Isolation }) {
  return (
    <Callout kind="danger" className="mx-4 mt-3 lg:mx-6" title={isolatedSentence(isolation)}>
      {ISOLATED.hint}
    </Callout>
  );
}
