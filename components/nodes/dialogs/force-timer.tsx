import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { announcedAt } from "@/lib/domain/safety-timer";
import { formatDuration } from "@/lib/domain/units";
import { FORCE } from "@/lib/messages/maintenance";
import type { Refusal } from "@/lib/outcome";
import type { DialogNode } from "./node-of";
import type { ChallengeState } from "./use-challenge";

type ForceTimerProps = { armed: ChallengeState; node: DialogNode; refusal: Refusal | null };

/** After these the same confirmation can not be used any more, see lib/services/maintenance/force-challenge.ts. */
const SPENT = /^challenge-|^stale$|^no-session$/;

/** How long it is until the button holds, or why the confirmation has to begin anew. */
export function ForceTimer({ armed: { challenge, timer, refusal: refused, again }, node, refusal }: ForceTimerProps) {
  const over =
    refused?.reason ??
    (timer?.expired ? FORCE.expired : challenge && challenge.version !== node.version ? FORCE.changed(node.name) : null) ??
    (refusal && SPENT.test(refusal.code) ? refusal.reason : null);
  if (over !== null)
    return (
      <Callout kind="danger" role="alert" title={over} actions={<Button onClick={again}>{FORCE.again}</Button>}>
        {refused?.hint}
      </Callout>
    );
  const said = timer && announcedAt(timer.left);
  return (
    <div className="grid gap-1">
      <div className="flex justify-between gap-3">
        <span className="font-medium">{FORCE.timer}</span>
        <span className="text-muted">{timer && (timer.left > 0 ? FORCE.left(timer.left) : FORCE.completed)}</span>
      </div>
      <svg aria-hidden viewBox="0 0 100 4" preserveAspectRatio="none" className="h-2 w-full rounded-full forced-colors:border">
        <rect width="100" height="4" className="fill-hover" />
        <rect width={(timer?.share ?? 0) * 100} height="4" className="fill-danger forced-colors:fill-[CanvasText]" />
      </svg>
      <p className="min-h-5 text-sm text-muted">{timer && timer.left === 0 && FORCE.confirmFor(formatDuration(timer.expiresMs))}</p>
      <p aria-live="polite" className="sr-only">
        {said !== null && FORCE.announce(said)}
      </p>
    </div>
  );
}
