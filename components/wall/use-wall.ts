"use client";

import { useEffect, useRef, useState } from "react";
import type { WallOptions } from "@/lib/domain/wall-options";
import { newScreenToken } from "@/lib/domain/wall-pairing";
import { DAY_MS, wallAt } from "@/lib/domain/zone-time";
import { WALL_REFUSALS } from "@/lib/messages/wall";
import { BROWSER_CLOCK } from "./clock";
import { WallEngine, type WallMoment } from "./engine";
import { openWallStream, type WallRefusal } from "./stream";

/** `build` is that of the page. `onFailure`: a node has failed or was fenced just now. */
type Asked = { options: WallOptions; build: string; onFailure: () => void };

const REFUSED_MS = 60_000;
/** Somebody stands before the screen and waits for it. Ten times a minute: two of one place stay below what is counted as too many. */
const PAIRING_MS = 8000;
const NOT_PAIRED = ["wall-unknown", "too-many"];

/**
 * The moment to draw, kept true by the link in the address, and why there is none any more. Without a link there is a token to `pair` the
 * screen by.
 */
export function useWall({ options, build, onFailure }: Asked) {
  const [moment, setMoment] = useState<WallMoment | null>(null);
  const [refusal, setRefusal] = useState<WallRefusal | null>(null);
  const [pair, setPair] = useState<string | null>(null);
  const engine = useRef<WallEngine>(null);
  const failed = useRef(onFailure);
  useEffect(() => {
    failed.current = onFailure;
  });
  useEffect(() => {
    // What stands behind "#" the browser keeps to itself; this page alone sends it on, in a header.
    const given = location.hash.slice(1);
    if (given && !/^[\w-]{1,100}$/.test(given)) return setRefusal(WALL_REFUSALS.unknown);
    const token = given || newScreenToken(crypto.getRandomValues(new Uint8Array(32)));
    let pairing = !given;
    setPair(given ? null : token);
    const running = new WallEngine({
      options,
      build,
      clock: BROWSER_CLOCK,
      minuteAt: (now) => minuteIn(now, zoneOf(options)),
      onMoment: setMoment,
      onRefused: (reason) => {
        setRefusal(reason);
        if (reason) setMoment(null);
      },
      onFailure: () => failed.current(),
      reload: () => void reloadIfAnswered(),
      isVisible: () => document.visibilityState === "visible",
    });
    engine.current = running;
    const close = openWallStream({
      token,
      refusedMs: pairing ? PAIRING_MS : REFUSED_MS,
      clock: BROWSER_CLOCK,
      onToken: (renewed) => {
        pairing = false;
        setPair(null);
        history.replaceState(history.state, "", `#${renewed}`);
      },
      onMessage: (message) => running.receive(message),
      onRefused: (reason) => {
        if (!pairing || !NOT_PAIRED.includes(reason.code)) running.refuse(reason);
      },
    });
    const another = () => location.reload();
    window.addEventListener("hashchange", another);
    return () => {
      window.removeEventListener("hashchange", another);
      close();
      running.stop();
    };
  }, [options, build]);
  useEffect(() => {
    if (moment) engine.current?.drawn();
  }, [moment]);
  return { moment, refusal, pair };
}

/** The zone of the address, or else the one that the screen believes it is in. */
export const zoneOf = ({ zone }: Pick<WallOptions, "zone">): string => zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;

const minuteIn = (now: number, zone: string): number => Math.floor((wallAt(now, zone) % DAY_MS) / 60_000);

/** A page that is loaded while nothing answers is the browser's white one. */
export async function reloadIfAnswered(): Promise<void> {
  const answer = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(5000) }).catch(() => null);
  if (answer?.ok) location.reload();
}
