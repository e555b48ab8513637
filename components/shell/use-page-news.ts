import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import type { Patch } from "./live-stream";
import { useLiveMessages } from "./live-updates";

const REFRESH_MS = 700;

/** Reads the page again when what it shows has changed, no more often than somebody could read it. */
export function usePageNews(concerns: (patch: Patch) => boolean): void {
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
