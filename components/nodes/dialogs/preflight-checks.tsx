import { Callout } from "@/components/ui/callout";
import { SkeletonRows } from "@/components/ui/skeleton";
import { formatAge } from "@/lib/domain/units";
import { MAINTENANCE } from "@/lib/messages/maintenance";
import { MAINTENANCE_BLOCKS } from "@/lib/messages/mission";
import type { PreflightView } from "@/lib/services/maintenance/preflight";
import { Checks } from "../checks";
import { useElapsed } from "./use-elapsed";
import type { usePreflight } from "./use-preflight";

type Live = ReturnType<typeof usePreflight>;

/** What the OK button says while it is refused; undefined when it may be pressed. */
export function whyUnavailable(view: PreflightView | null, old: boolean): string | undefined {
  const reason = !view ? MAINTENANCE.checking : old ? MAINTENANCE.tooOld : view.refusal?.reason;
  return reason && MAINTENANCE.unavailable(reason);
}

/** The checks as they are at this moment, under the mission's words for what they find. */
export function PreflightChecks({ answer, old }: Live) {
  const elapsed = useElapsed(answer?.receivedAt ?? null, 500);
  if (!answer) return <Waiting />;
  const { checks, checkedAt, seenAt } = answer.view;
  const blocked = (id: string) => checks.some((check) => check.id === id && check.state === "fail");
  const age = [
    MAINTENANCE.checked(formatAge(elapsed)),
    ...(seenAt ? [MAINTENANCE.seen(formatAge(elapsed + Math.max(0, Date.parse(checkedAt) - Date.parse(seenAt))))] : []),
  ];
  return (
    <>
      {blocked("passthrough") && <Block {...MAINTENANCE_BLOCKS.gpu} />}
      {blocked("memory") && <Block {...MAINTENANCE_BLOCKS.memory} />}
      <Checks
        title={MAINTENANCE.checks}
        aside={<span className="text-sm text-muted">{old ? MAINTENANCE.unchecked : age.join(" · ")}</span>}
        checks={checks}
      />
      <p role="status" className="sr-only">
        {whyUnavailable(answer.view, old) ?? MAINTENANCE.available}
      </p>
    </>
  );
}

const Block = ({ title, remedy }: { title: string; remedy: string }) => (
  <Callout kind="danger" title={title}>
    {remedy}
  </Callout>
);

const Waiting = () => (
  <section aria-label={MAINTENANCE.checks} aria-busy className="grid gap-2">
    <h3 className="font-semibold">{MAINTENANCE.checks}</h3>
    <table className="table">
      <tbody>
        <SkeletonRows rows={9} columns={2} />
      </tbody>
    </table>
  </section>
);
