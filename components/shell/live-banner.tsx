"use client";

import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { LIVE_BANNER } from "@/lib/messages/console";
import { useConnection } from "./live-updates";

const { signedOut, interrupted, updated: newer } = LIVE_BANNER;
const PLACE = "mx-4 mt-3 lg:mx-6";

/** Says across the page that what is shown is no longer kept true. */
export function LiveBanner() {
  const { state, updated } = useConnection();
  if (state === "signed-out") {
    return (
      <Callout kind="warning" className={PLACE} title={signedOut.title}>
        {signedOut.text}{" "}
        <Link className="link" href="/login">
          {signedOut.action}
        </Link>
      </Callout>
    );
  }
  if (state === "interrupted") {
    return (
      <Callout kind="warning" className={PLACE} title={interrupted.title}>
        {interrupted.text}
      </Callout>
    );
  }
  if (!updated) return null;
  return (
    <Callout
      className={PLACE}
      title={newer.title}
      actions={
        <Button size="small" onClick={() => location.reload()}>
          {newer.action}
        </Button>
      }
    >
      {newer.text}
    </Callout>
  );
}
