import { toast } from "@/components/ui/toast";
import { openDrawer } from "@/components/shell/drawer-address";
import { bulkResult } from "@/lib/messages/bulk-result";
import type { OperationView } from "@/lib/services/operations/read";

/** The words of the mission around a command: while it runs, when it is done, when it failed. */
export type Words = { progress?: string; success?: string; failure?: string };

/** Operations whose end this tab announces, with the toast that waits for it. */
const followed = new Map<string, Words & { toastId: string | number | undefined }>();

/** Shows the words of the mission while the operation runs, and ends them when it does. The end of work on many says how many of each, and shows which. */
export function followOperation(id: string, words: Words): void {
  const toastId = words.progress ? toast.loading(words.progress) : undefined;
  followed.set(id, { ...words, toastId });
  // It may have ended before this tab began to listen for it.
  ask(id);
}

function ask(id: string): void {
  void fetch(`/api/v1/operations/${id}`)
    .then(async (answer) => announceEnd((await answer.json()) as OperationView)) // our own server's answer
    .catch(() => undefined); // the stream will tell
}

/** Patches may have been missed: asks again for what is still waited for. */
export const askAgain = (): void => [...followed.keys()].forEach(ask);

/** Called with every operation that the stream tells of. */
export function announceEnd(operation: OperationView): void {
  const words = followed.get(operation.id);
  if (!words || (operation.status !== "succeeded" && operation.status !== "failed")) return;
  followed.delete(operation.id);
  const place = words.toastId === undefined ? {} : { id: words.toastId };
  if (operation.bulk) {
    const { command, counts } = operation.bulk;
    const result = bulkResult(command, counts);
    const said = counts.failed === 0 ? words.success : words.failure;
    const rest = { ...place, ...(said ? { description: result } : {}), action: { label: "Show", onClick: () => openDrawer(operation.id) } };
    if (counts.failed === 0) toast.success(said ?? result, rest);
    else toast.error(said ?? result, { ...rest, duration: Infinity });
    return;
  }
  if (operation.status === "succeeded") {
    if (words.success) toast.success(words.success, place);
    else if (words.toastId !== undefined) toast.dismiss(words.toastId);
    return;
  }
  const { code = "", reason = "", hint = "" } = operation.refusal ?? {};
  // A drain that somebody ended on purpose has not failed.
  if (code === "cancelled" || code === "forced") return void toast.info(reason, place);
  toast.error(words.failure ?? `${operation.label} failed`, { ...place, description: `${reason} ${hint}`.trim(), duration: Infinity });
}
