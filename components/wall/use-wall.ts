"use client";

import { useEffect, useRef, useState } from "react";
import type { WallOptions } from "@/lib/domain/wall-options";
import { WALL_REFUSALS } from "@/lib/messages/wall";
import { BROWSER_CLOCK } from "./clock";
import { WallEngine, type WallMoment } from "./engine";
import { openWallStream, type WallRefusal } from "./stream";

/** The moment to draw, kept true by the link in the address, and why there is none any more. */
export function useWall({ rotate, every }: WallOptions) {
  const [moment, setMoment] = useState<WallMoment | null>(null);
  const [refusal, setRefusal] = useState<WallRefusal | null>(null);
  const engine = useRef<WallEngine>(null);
  const turns = rotate.join();
  useEffect(() => {
    // What stands behind "#" the browser keeps to itself; this page alone sends it on, in a header.
    const token = location.hash.slice(1);
    if (!/^[\w-]{1,100}$/.test(token)) return setRefusal(WALL_REFUSALS.unknown);
    const running = new WallEngine({
      options: { rotate, every },
      clock: BROWSER_CLOCK,
      onMoment: setMoment,
      onRefused: setRefusal,
      reload: () => void reloadIfAnswered(),
      isVisible: () => document.visibilityState === "visible",
    });
    engine.current = running;
    const close = openWallStream({
      token,
      clock: BROWSER_CLOCK,
      onMessage: (message) => running.receive(message),
      onRefused: (reason) => running.refuse(reason),
    });
    const another = () => location.reload();
    window.addEventListener("hashchange", another);
    return () => {
      window.removeEventListener("hashchange", another);
      close();
      running.stop();
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `turns` says what is in `rotate`
  }, [turns, every]);
  useEffect(() => {
    if (moment) engine.current?.drawn();
  }, [moment]);
  return { moment, refusal };
}

/** A page that is loaded while nothing answers is the browser's white one. */
export async function reloadIfAnswered(): Promise<void> {
  const answer = await fetch("/healthz", { cache: "no-store" }).catch(() => null);
  if (answer?.ok) location.reload();
}
