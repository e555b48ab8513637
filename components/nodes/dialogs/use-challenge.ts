"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { challengeForce } from "@/lib/actions/maintenance";
import { safetyTimer, type SafetyTimer } from "@/lib/domain/safety-timer";
import type { Refusal } from "@/lib/outcome";
import type { Challenge } from "@/lib/services/maintenance/force-challenge";
import type { DialogNode } from "./node-of";
import { UNREACHED, versionNow } from "./shell";
import { useElapsed } from "./use-elapsed";

const STEP_MS = 250;

type Armed = { challenge: Challenge; receivedAt: number };

export type ChallengeState = {
  challenge: Challenge | null;
  timer: SafetyTimer | null;
  /** Why there is none. */
  refusal: Refusal | null;
  again: () => void;
};

/** The right to force this node, asked for when the page opens, and how long it is until it holds. */
export function useChallenge(node: DialogNode): ChallengeState {
  const [armed, setArmed] = useState<Armed | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const newest = useRef(node);
  useEffect(() => {
    newest.current = node;
  });
  const again = useCallback(async () => {
    setArmed(null);
    setRefusal(null);
    const version = await versionNow(newest.current);
    const outcome = await challengeForce({ nodeId: newest.current.id, version }).catch((): Refusal => UNREACHED);
    if (outcome.ok) setArmed({ challenge: outcome.value, receivedAt: performance.now() });
    else setRefusal(outcome);
  }, []);
  useEffect(() => void again(), [again]);
  const elapsed = useElapsed(armed?.receivedAt ?? null, STEP_MS);
  return {
    challenge: armed?.challenge ?? null,
    timer: armed && safetyTimer(armed.challenge, elapsed),
    refusal,
    again: () => void again(),
  };
}
