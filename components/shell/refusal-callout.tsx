import { Callout } from "@/components/ui/callout";
import type { Refusal } from "@/lib/outcome";

/** A refusal as it stands, said at once. */
export const RefusalCallout = ({ reason, hint }: Refusal) => (
  <Callout kind="danger" role="alert" title={reason}>
    {hint}
  </Callout>
);
