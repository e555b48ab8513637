"use client";

import Link from "next/link";
import { useContext, useEffect } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { clockTime, TimeZoneContext } from "@/components/ui/time-zone";
import { LIVE_AGE, LIVE_BANNER } from "@/lib/messages/console";
import { useConnection, useDataAge } from "./live-updates";

/** Says across the page that what is shown is no longer kept true. */
export function LiveBanner() {
  const state = useConnection();
  const { since } = useDataAge();
  const zone = useContext(TimeZoneContext);
  const updated = state === "updated";
  useEffect(() => (updated ? reloadWhenIdle() : undefined), [updated]);
  if (state === "live" || state === "connecting") return null;
  const { title, text, action } = LIVE_BANNER[state];
  return (
    <Callout
      kind={updated ? "info" : "warning"}
      className="mx-4 mt-3 lg:mx-6"
      title={title}
      actions={
        updated && (
          <Button size="small" onClick={() => location.reload()}>
            {action}
          </Button>
        )
      }
    >
      {LIVE_AGE(clockTime(new Date(since), zone))} {text}
      {state === "signed-out" && (
        <Link className="link ms-1" href="/login">
          {action}
        </Link>
      )}
    </Callout>
  );
}

const IDLE_MS = 30_000;
/** Many browsers hear of an update in the same moment. */
const APART_MS = 10_000;
/** What a reload would lose: what may be half typed, and rows that are chosen. */
const AT_WORK = "form, :modal, [aria-selected=true]";

/** Loads the page anew, which keeps its address, when nobody has touched it for a while and nothing on it would be lost. Returns how to give up. */
function reloadWhenIdle(): () => void {
  let touched = Date.now();
  const touch = () => void (touched = Date.now());
  const patience = IDLE_MS + Math.random() * APART_MS;
  const timer = setInterval(() => Date.now() - touched > patience && !document.querySelector(AT_WORK) && location.reload(), 1000);
  // Never taken off: the page is about to end, and they set a number and no more.
  addEventListener("pointermove", touch);
  addEventListener("keydown", touch);
  return () => clearInterval(timer);
}
