"use client";

import { powerCycleNode, powerOnNode } from "@/lib/actions/nodes";
import { POWER_DIALOGS } from "@/lib/messages/power-dialogs";
import type { DialogNode } from "./node-of";
import { NodeDialog } from "./shell";

type Props = { node: DialogNode; onClose: () => void };

const wordsOf = ({ started, done, failed }: (typeof POWER_DIALOGS)["powerOn" | "powerCycle"], name: string) => ({
  progress: started(name),
  success: done(name),
  failure: failed,
});

export function PowerOnDialog({ node, onClose }: Props) {
  const { title, submit } = POWER_DIALOGS.powerOn;
  return (
    <NodeDialog
      command="powerOn"
      node={node}
      title={`${title} ${node.name}`}
      description="Its BMC is told to switch it on, and Regent waits until its SSH service answers."
      submit={submit}
      size="small"
      words={wordsOf(POWER_DIALOGS.powerOn, node.name)}
      onSubmit={(_, key, target) => powerOnNode(target, key)}
      onClose={onClose}
    />
  );
}

export function PowerCycleDialog({ node, onClose }: Props) {
  const { title, submit } = POWER_DIALOGS.powerCycle;
  return (
    <NodeDialog
      command="powerCycle"
      node={node}
      title={`${title} ${node.name}`}
      description="Its power is cut and comes back; nothing is shut down before. It stays In maintenance."
      submit={submit}
      danger
      size="small"
      words={wordsOf(POWER_DIALOGS.powerCycle, node.name)}
      onSubmit={(_, key, target) => powerCycleNode(target, key)}
      onClose={onClose}
    />
  );
}
