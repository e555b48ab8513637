"use client";

import type { ComponentType } from "react";
import { onDemand } from "@/components/ui/on-demand";
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
  revokeTrust: onDemand(() => import("./revoke-trust").then((module) => module.RevokeTrustDialog)),
  power: onDemand(() => import("./power").then((module) => module.PowerDialog)),
  powerOn: onDemand(() => import("./power-on").then((module) => module.PowerOnDialog)),
  powerCycle: onDemand(() => import("./power-on").then((module) => module.PowerCycleDialog)),
  fence: onDemand(() => import("./fence").then((module) => module.FenceDialog)),
  confirmOff: onDemand(() => import("./confirm-off").then((module) => module.ConfirmOffDialog)),
  maintenance: onDemand(() => import("./maintenance").then((module) => module.MaintenanceDialog)),
  forceMaintenance: onDemand(() => import("./force").then((module) => module.ForceDialog)),
  cancelMaintenance: onDemand(() => import("./cancel-maintenance").then((module) => module.CancelMaintenanceDialog)),
  continueMaintenance: onDemand(() => import("./continue-maintenance").then((module) => module.ContinueMaintenanceDialog)),
  moveBack: onDemand(() => import("./move-back").then((module) => module.MoveBackDialog)),
  activate: onDemand(() => import("./activate").then((module) => module.ActivateDialog)),
  remove: onDemand(() => import("./remove").then((module) => module.RemoveDialog)),
} satisfies Record<NodeDialogName, ComponentType<NodeDialogProps>>;

const AddDialog = onDemand(() => import("./add").then((module) => module.AddDialog));
const SeveralDialog = onDemand(() => import("./several/several").then((module) => module.SeveralDialog));
const ManyDialog = onDemand(() => import("./many").then((module) => module.ManyDialog));

type OpenDialogProps = {
  name: string;
  nodeId: string | null;
  /** Of a dialog for several, separated by commas. */
  nodeIds: string | null;
  onClose: () => void;
};

/** The dialog of a word, if there is one. */
export function OpenDialog({ name, nodeId, nodeIds, onClose }: OpenDialogProps) {
  if (name === "add") return <AddDialog onClose={onClose} />;
  if (name === "several") return <SeveralDialog onClose={onClose} />;
  if (!isNodeDialogName(name)) return <ManyDialog key={`${name} ${nodeIds}`} name={name} ids={nodeIds} onClose={onClose} />;
  return nodeId && <Loaded key={`${name} ${nodeId}`} name={name} nodeId={nodeId} onClose={onClose} />;
}

function Loaded({ name, nodeId, onClose }: { name: NodeDialogName; nodeId: string; onClose: () => void }) {
  const node = useNodeOf(nodeId);
  const Dialog: ComponentType<NodeDialogProps> = DIALOGS[name];
  return node ? <Dialog node={node} onClose={onClose} /> : null;
}
