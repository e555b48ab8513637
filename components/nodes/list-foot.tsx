import { LIST } from "@/lib/messages/list";
import { Paused } from "./paused";

type ListFootProps = {
  listed: number;
  all: number;
  hidden: { byChips: number; byQuery: number; byOut: number };
  /** Changes of the order that wait until nobody points at the rows. */
  waiting: number;
  onApply: () => void;
};

/** Below the table, where it moves nothing: how much is shown, what hides the rest, and what waits. */
export function ListFoot({ listed, all, hidden, waiting, onApply }: ListFootProps) {
  const reasons = [
    hidden.byChips > 0 && LIST.hiddenByChips(hidden.byChips),
    hidden.byQuery > 0 && LIST.hiddenByQuery(hidden.byQuery),
    hidden.byOut > 0 && LIST.hiddenByOut(hidden.byOut),
  ].filter((reason) => reason !== false);
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted">
      <p>
        {LIST.listed(listed, all)}
        {reasons.length > 0 && ` ${reasons.join(" ")}`}
      </p>
      <Paused count={waiting} words={LIST.paused} onApply={onApply} />
    </div>
  );
}
