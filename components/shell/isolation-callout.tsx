import { Callout } from "@/components/ui/callout";
import { isolatedSentence, type Isolation } from "@/lib/domain/fencing";
import { ISOLATED } from "@/lib/messages/fencing";

/** Of how many nodes so many do not answer, and where to look. */
export const IsolationCallout = ({ isolation }: { isolation: Isolation }) => (
  <Callout kind="danger" className="mx-4 mt-3 lg:mx-6" title={isolatedSentence(isolation)}>
    {ISOLATED.hint}
  </Callout>
);
