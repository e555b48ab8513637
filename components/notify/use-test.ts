"use client";

import { useEffect, useState } from "react";
import { requestKey } from "@/components/shell/request-key";
import { useLiveMessages } from "@/components/shell/live-updates";
import { readTestDialogue } from "@/lib/actions/notify";
import { NOTIFY_PAGE } from "@/lib/messages/notify-page";
import type { Outcome, Refusal } from "@/lib/outcome";
import type { OperationView } from "@/lib/services/operations/read";

export type TestState = {
  state: "idle" | "running" | "succeeded" | "failed";
  /** What both sides said, line by line. */
  dialogue: string[];
  refusal: Refusal | null;
};

const IDLE: TestState = { state: "idle", dialogue: [], refusal: null };
/** For the time when the stream is interrupted. */
const POLL_MS = 2000;

/** A test that the worker makes: begun with `run`, and told as it goes on. */
export function useTest() {
  const [operationId, setOperationId] = useState<string | null>(null);
  const [test, setTest] = useState(IDLE);
  const running = test.state === "running";
  const look = async (id: string) => {
    const [said, answer] = await Promise.all([
      readTestDialogue({ operationId: id }).catch(() => null),
      fetch(`/api/v1/operations/${id}`).catch(() => null),
    ]);
    const dialogue = said?.ok ? (said.value ?? []) : [];
    const operation = answer?.ok ? ((await answer.json()) as OperationView) : null; // our own route
    const over = operation?.status === "succeeded" || operation?.status === "failed" ? operation.status : "running";
    setTest({ state: over, dialogue, refusal: over === "failed" && operation?.refusal ? refusalOf(operation.refusal) : null });
  };
  useEffect(() => {
    if (!operationId || !running) return;
    const timer = setInterval(() => void look(operationId), POLL_MS);
    return () => clearInterval(timer);
  }, [operationId, running]);
  useLiveMessages((message) => {
    if (operationId && running && (message.type === "resync" || message.patch.operations.some(({ id }) => id === operationId)))
      void look(operationId);
  });
  const run = async (begin: (key: string) => Promise<Outcome<{ operationId: string }>>) => {
    setTest({ ...IDLE, state: "running" });
    const outcome = await begin(requestKey()).catch((): Refusal => NOTIFY_PAGE.unreached);
    if (!outcome.ok) return setTest({ ...IDLE, state: "failed", refusal: outcome });
    setOperationId(outcome.value.operationId);
    await look(outcome.value.operationId);
  };
  return { ...test, run };
}

/** As its row keeps it, which leaves out that it is one. */
const refusalOf = ({ code, reason, hint, field }: NonNullable<OperationView["refusal"]>): Refusal => ({
  ok: false,
  code,
  reason,
  ...(hint !== undefined && { hint }),
  ...(field !== undefined && { field }),
});
