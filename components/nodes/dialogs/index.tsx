"use client";

import dynamic from "next/dynamic";
import { useLiveMessages } from "@/components/shell/live-updates";
import { isBulkCommand } from "@/lib/domain/bulk";
import { useDialogAddress } from "./address";
import { announceEnd, askAgain } from "./follow";
import { useNodeOf, type DialogNode } from "./node-of";
import { AddDialog } from "./add";
import { AcceptDialog } from "./accept";
import { DeleteDialog } from "./delete";
import { JoinDialog } from "./join";
import { ModifyDialog } from "./modify";
import { isNodeDialogName, type NodeDialogName } from "./names";
import { ReconsiderDialog } from "./reconsider";
import { ReinspectDialog } from "./reinspect";
import { RejectDialog } from "./reject";
import { RenameDialog } from "./rename";
import { RetrustDialog } from "./retrust";

type NodeDialog = (props: { node: DialogNode; onClose: () => void }) => React.ReactNode;

/** The dialogs of a node, by their word in the address. A new one is a file of about thirty lines and a row here. */
const DIALOGS = {
  modify: ModifyDialog,
  join: JoinDialog,
  delete: DeleteDialog,
  accept: AcceptDialog,
  reject: RejectDialog,
  reconsider: ReconsiderDialog,
  rename: RenameDialog,
  reinspect: ReinspectDialog,
  retrust: RetrustDialog,
} as const satisfies Record<NodeDialogName, NodeDialog>;

const BULK = /^bulk-(\w+)$/;
/** Loaded when it is first opened, as every place that opens it does. */
const BulkFromAddress = dynamic(() => import("./bulk-address").then((module) => module.BulkFromAddress), { ssr: false });

export function NodeDialogs() {
  const { name, nodeId, nodeIds, close } = useDialogAddress();
  useLiveMessages((message) => (message.type === "resync" ? askAgain() : message.patch.operations.forEach(announceEnd)));
  if (name === "add") return <AddDialog onClose={close} />;
  const bulk = BULK.exec(name ?? "")?.[1] ?? "";
  if (isBulkCommand(bulk) && nodeIds) return <BulkFromAddress key={`${bulk} ${nodeIds}`} command={bulk} ids={nodeIds} onClose={close} />;
  if (!isNodeDialogName(name) || !nodeId) return null;
  return <Loaded key={`${name} ${nodeId}`} name={name} nodeId={nodeId} onClose={close} />;
}

function Loaded({ name, nodeId, onClose }: { name: NodeDialogName; nodeId: string; onClose: () => void }) {
  const node = useNodeOf(nodeId);
  const Dialog: NodeDialog = DIALOGS[name];
  return node ? <Dialog node={node} onClose={onClose} /> : null;
}
