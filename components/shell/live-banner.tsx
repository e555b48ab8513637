"use client";

import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { useConnection } from "./live-updates";

const PLACE = "mx-4 mt-3 lg:mx-6";

/** Says across the page that what is shown is no longer kept true. */
export function LiveBanner() {
  const { state, updated } = useConnection();
  if (state === "signed-out") {
    return (
      <Callout kind="warning" className={PLACE} title="You are signed out.">
        What you see is from before.{" "}
        <Link className="link" href="/login">
          Sign in again
        </Link>
      </Callout>
    );
  }
  if (state === "interrupted") {
    return (
      <Callout kind="warning" className={PLACE} title="The connection to Regent is interrupted.">
        What you see may be old. It is brought up to date as soon as the connection is back.
      </Callout>
    );
  }
  if (!updated) return null;
  return (
    <Callout
      className={PLACE}
      title="Regent was updated."
      actions={
        <Button size="small" onClick={() => location.reload()}>
          Reload
        </Button>
      }
    >
      This page is of the version before. Reload it when it suits you.
    </Callout>
  );
}
