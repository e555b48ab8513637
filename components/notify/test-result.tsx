import { Callout } from "@/components/ui/callout";
import { NOTIFY } from "@/lib/messages/notify";
import { NOTIFY_PAGE } from "@/lib/messages/notify-page";
import type { TestState } from "./use-test";

/** How a test went, with every line that both sides said. */
export function TestResult({ state, dialogue, refusal, success }: TestState & { success: string }) {
  if (state === "idle") return null;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <div role="status">
        {state === "running" && <p className="text-muted">{NOTIFY_PAGE.testing}</p>}
        {state === "succeeded" && <Callout kind="success" title={success} />}
        {state === "failed" && (
          <Callout kind="danger" title={refusal?.reason ?? NOTIFY.testFailed}>
            {refusal?.hint}
          </Callout>
        )}
      </div>
      {dialogue.length > 0 && (
        <section aria-label={NOTIFY.dialogue} className="grid gap-1">
          <h3 className="font-medium">{NOTIFY.dialogue}</h3>
          <pre
            tabIndex={0}
            aria-label={NOTIFY.dialogue}
            className="max-h-72 overflow-auto rounded-md border border-line bg-panel px-3 py-2 font-mono text-xs leading-5 whitespace-pre-wrap wrap-anywhere"
          >
            {dialogue.join("\n")}
          </pre>
        </section>
      )}
    </div>
  );
}
