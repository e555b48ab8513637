"use client";

import Link from "next/link";
import { Callout } from "@/components/ui/callout";
import { useConnection } from "./live-updates";

/** Says across the page that what is shown is no longer kept true. */
export function LiveBanner() {
  const { state } = useConnection();
  if (state === "signed-out") {
    return (
      <Callout kind="warning" className="mx-4 mt-3 lg:mx-6" title="You are signed out.">
        What you see is from before.{" "}
        <Link className="link" href="/login">
          Sign in again
        </Link>
      </Callout>
    );
  }
  if (state !== "interrupted") return null;
  return (
    <Callout kind="warning" className="mx-4 mt-3 lg:mx-6" title="The connection to Regent is interrupted.">
      What you see may be old. It is brought up to date as soon as the connection is back.
    </Callout>
  );
}
