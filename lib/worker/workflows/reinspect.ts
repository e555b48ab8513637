import { Inventory } from "../../domain/inventory";
import { formatBytes } from "../../domain/units";
import { privilegeOf, probe } from "../../machines/ask";
import { recordInspection } from "../../services/nodes/record-inspection";
import { withNode } from "../reach";
import { ended, keepResult, nodeOf, type Step } from "./step";

const login: Step = async (operation) => {
  const node = await nodeOf(operation);
  if (!node.ok) return node;
  const privilege = await withNode(operation, node.value, privilegeOf);
  return privilege.ok ? ended(`${node.value.sshUser} logged in by key`) : privilege;
};

const inventory: Step = async (operation) => {
  const node = await nodeOf(operation);
  if (!node.ok) return node;
  const found = await withNode(operation, node.value, probe);
  if (!found.ok) return found;
  await keepResult(operation, { inventory: found.value });
  return ended(`${found.value.cpu.threads} vCPUs, ${formatBytes(found.value.memory.totalBytes)}`);
};

const record: Step = async (operation) => {
  const found = Inventory.parse((operation.result as { inventory?: unknown }).inventory);
  return ended("Recorded", { commit: (tx, held) => recordInspection(tx, held, found) });
};

export const reinspectSteps = { login, inventory, record };
