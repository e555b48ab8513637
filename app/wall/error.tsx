"use client";

import { useEffect } from "react";
import { reloadIfAnswered } from "@/components/wall/use-wall";
import { WallNotice } from "@/components/wall/wall";
import { WALL } from "@/lib/messages/wall";

const AGAIN_MS = 60_000;

/** Nobody stands before a wall to press a button: it starts again by itself. */
export default function WallError() {
  useEffect(() => {
    const timer = setInterval(() => void reloadIfAnswered(), AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  return <WallNotice title={WALL.failed} />;
}
