import { Button } from "@/components/ui/button";
import { LIST } from "@/lib/messages/list";

type PausedProps = { count: number; words: (count: number) => string; onApply: () => void };

/** How many changes wait while nothing may move. Always there, so that it is announced when something begins to wait. */
export function Paused({ count, words, onApply }: PausedProps) {
  return (
    <p role="status" className="ms-auto text-sm text-muted">
      {count > 0 && (
        <>
          {words(count)}{" "}
          <Button size="small" onClick={onApply}>
            {LIST.apply}
          </Button>
        </>
      )}
    </p>
  );
}
