"use client";

import { useId, useRef, useState, type ReactNode } from "react";
import { toast } from "@/components/ui/toast";
import { Button } from "@/components/ui/button";
import { Dialog, DialogCancel, type DialogProps } from "@/components/ui/dialog";
import type { CommandName } from "@/lib/domain/lifecycle";
import type { NodeRole } from "@/lib/domain/roles";
import type { Outcome, Refusal } from "@/lib/outcome";
import type { NodeDetail } from "@/lib/services/nodes/read";
import { followOperation, type Words } from "./follow";
import { requestKey } from "@/components/shell/request-key";
import { useRefusedField } from "@/components/shell/use-refused-field";
import { useRefusal } from "./use-refusal";

type Started = { operationId?: string } | void | undefined;

/** The node, in the version that the administrator has seen. */
export type Target = { nodeId: string; version: number };

type NodeDialogProps = {
  command: CommandName;
  node: NodeDetail;
  title: ReactNode;
  description?: ReactNode;
  /** null: there is nothing to press. */
  submit: string | null;
  danger?: boolean;
  size?: DialogProps["size"];
  words?: Words | ((form: FormData) => Words);
  /** A question that the main button asks first: the second press acts. */
  confirm?: string;
  /** Why it can not be done now, beside what the lifecycle's table says. */
  unavailable?: string | undefined;
  /** Stands at the start of the buttons' line. */
  aside?: ReactNode;
  /** Of the button that changes nothing, where its usual word would be taken for the other one. */
  cancel?: string;
  /** Given, Back stands in the place of Cancel. */
  onBack?: (() => void) | undefined;
  dirty?: boolean;
  /** The Node Type chosen in the Join dialog, which its guards judge. */
  joinRole?: NodeRole;
  /** Calls the action; the key makes a repeated press the same request. */
  onSubmit: (form: FormData, idempotencyKey: string, target: Target) => Promise<Outcome<Started>>;
  onClose: () => void;
  children?: ReactNode | ((refusal: Refusal | null) => ReactNode);
};

/** Everything the dialogs of a node share. What is typed stays after a refusal; the reason stands above the buttons or at its field. */
export function NodeDialog({
  command,
  node,
  title,
  description,
  submit,
  danger,
  size,
  words = {},
  confirm,
  unavailable,
  aside,
  cancel,
  onBack,
  dirty,
  joinRole,
  onSubmit,
  onClose,
  children,
}: NodeDialogProps) {
  const reasonId = useId();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const key = useRef(requestKey());
  const [asked, setAsked] = useState(false);
  // What the form was filled in for. Its node may change meanwhile, and is shown so; who was told of the change may go on.
  const [version, setVersion] = useState(node.version);
  const reason = useRefusal(command, node, joinRole)?.reason ?? unavailable;

  const send = async (form: FormData) => {
    if (reason || submit === null) return;
    if (confirm && !asked) return setAsked(true);
    setBusy(true);
    setRefusal(null);
    const outcome = await onSubmit(form, key.current, { nodeId: node.id, version }).catch((): Refusal => UNREACHED);
    setBusy(false);
    if (!outcome.ok) {
      // The next press is a new request: this one has been answered.
      if (outcome !== UNREACHED) key.current = requestKey();
      if (outcome.code === "stale") setVersion(await versionNow(node));
      return setRefusal(outcome);
    }
    onClose();
    const said = typeof words === "function" ? words(form) : words;
    if (outcome.value?.operationId) followOperation(outcome.value.operationId, said);
    else if (said.success) toast.success(said.success);
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      description={description}
      {...(size ? { size } : {})}
      busy={busy}
      {...(dirty === undefined ? {} : { dirty })}
      refusal={useRefusedField(form, refusal)}
      form={{
        ref: form,
        onSubmit: (event) => {
          event.preventDefault();
          void send(new FormData(event.currentTarget));
        },
      }}
      footer={
        <>
          {asked && (
            <p role="alert" className="me-auto font-medium">
              {confirm}
            </p>
          )}
          {aside && <div className="me-auto max-sm:basis-full">{aside}</div>}
          {asked || onBack ? (
            <Button onClick={() => (asked ? setAsked(false) : onBack?.())}>Back</Button>
          ) : (
            <DialogCancel>{cancel}</DialogCancel>
          )}
          {submit !== null && (
            <Button type="submit" variant={danger ? "danger" : "primary"} busy={busy} disabledReason={reason} reasonId={reasonId}>
              {submit}
            </Button>
          )}
          {submit !== null && reason && (
            <p id={reasonId} className="basis-full text-end text-sm text-balance wrap-anywhere text-muted">
              {reason}
            </p>
          )}
        </>
      }
    >
      {typeof children === "function" ? children(refusal) : children}
    </Dialog>
  );
}

/** As the server has it now: the stream that keeps the page true may be the very thing that is down. */
export async function versionNow(node: Pick<NodeDetail, "id" | "version">): Promise<number> {
  const answer = await fetch(`/api/v1/nodes/${node.id}`).catch(() => null);
  return answer?.ok ? ((await answer.json()) as NodeDetail).version : node.version; // our own server's answer, see the route
}

export const UNREACHED: Refusal = {
  ok: false,
  code: "unreached",
  reason: "Regent did not answer.",
  hint: "It is safe to press again: the same request is never done twice.",
};
