"use client";

import { onDemand } from "@/components/ui/on-demand";
import { useLiveMessages } from "@/components/shell/live-updates";
import { useDialogAddress } from "./address";
import { announceEnd, askAgain } from "./follow";

// Even the table of the dialogs: each row names what has to be fetched for it.
const OpenDialog = onDemand(() => import(".").then((module) => module.OpenDialog));

/** The dialog that the address asks for, and the toasts of what dialogs have started. */
export function NodeDialogs() {
  useLiveMessages((message) => (message.type === "resync" ? askAgain() : message.patch.operations.forEach(announceEnd)));
  const { name, nodeId, nodeIds, close } = useDialogAddress();
  return name ? <OpenDialog name={name} nodeId={nodeId} nodeIds={nodeIds} onClose={close} /> : null;
}
