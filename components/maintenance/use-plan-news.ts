import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { useLiveMessages } from "@/components/shell/live-updates";
import type { Patch } from "@/components/shell/live-stream";

const REFRESH_MS = 700;

/** Reads the page again when what it shows has changed, no more often than somebody could read it. */
export function usePlanNews(concerns: (patch: Patch) => boolean): void {
  const router = useRouter();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLiveMessages((message) => {
    if (message.type === "patch" && !concerns(message.patch)) return;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      router.refresh();
    }, REFRESH_MS);
  });
}
