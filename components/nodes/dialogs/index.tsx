"use client";

import type { ComponentType } from "react";
import { onDemand } from "@/components/ui/on-demand";
import { useLiveMessages } from "@/components/shell/live-updates";
import { useDialogAddress } from "./address";
import { announceEnd, askAgain } from "./follow";
import { useNodeOf, type DialogNode } from "./node-of";
import { isNodeDialogName, type NodeDialogName } from "./names";

type NodeDialogProps = { node: DialogNode; onClose: () => void };

/** The dialogs of a node, by their word in the address. A new one is a file of about thirty lines and a row here. */
const DIALOGS = {
  modify: onDemand(() => import("./modify").then((module) => module.ModifyDialog)),
  join: onDemand(() => import("./join").then((module) => module.JoinDialog)),
  delete: onDemand(() => import("./delete").then((module) => module.DeleteDialog)),
  accept: onDemand(() => import("./accept").then((module) => module.AcceptDialog)),
  reject: onDemand(() => import("./reject").then((module) => module.RejectDialog)),
  reconsider: onDemand(() => import("./reconsider").then((module) => module.ReconsiderDialog)),
  rename: onDemand(() => import("./rename").then((module) => module.RenameDialog)),
  reinspect: onDemand(() => import("./reinspect").then((module) => module.ReinspectDialog)),
  retrust: onDemand(() => import("./retrust").then((module) => module.RetrustDialog)),
} satisfies Record<NodeDialogName, ComponentType<NodeDialogProps>>;

const AddDialog = onDemand(() => import("./add").then((module) => module.AddDialog));
const ManyDialog = onDemand(() => import("./many").then((module) => module.ManyDialog));

/** The dialog that the address asks for, and the toasts of what dialogs have started. */
export function NodeDialogs() {
  useLiveMessages((message) => (message.type === "resync" ? askAgain() : message.patch.operations.forEach(announceEnd)));
  const { name, nodeId, nodeIds, close } = useDialogAddress();
  if (name === "add") return <AddDialog onClose={close} />;
  if (!name) return null;
  if (!isNodeDialogName(name)) return <ManyDialog key={`${name} ${nodeIds}`} name={name} ids={nodeIds} onClose={close} />;
  return nodeId && <Loaded key={`${name} ${nodeId}`} name={name} nodeId={nodeId} onClose={close} />;
}

function Loaded({ name, nodeId, onClose }: { name: NodeDialogName; nodeId: string; onClose: () => void }) {
  const node = useNodeOf(nodeId);
  const Dialog: ComponentType<NodeDialogProps> = DIALOGS[name];
  return node ? <Dialog node={node} onClose={onClose} /> : null;
}
