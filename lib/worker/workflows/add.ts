import { AddRequest, InspectRequest, InspectResult, KeyPair } from "../../domain/requests";
import { db } from "../../db";
import type { Operation } from "../../generated/prisma/client";
import { done, refuse, type Outcome } from "../../outcome";
import { createNode } from "../../services/nodes/create";
import { actorOf } from "../../services/operations/actor-of";
import { installOwnKey, loginWithOwnKey } from "./key";
import { ended, type Step } from "./step";

/** What the dialog's first step found out: the trusted key, the user, the inventory. */
async function inspection(operation: Operation): Promise<Outcome<{ request: InspectRequest; result: InspectResult }>> {
  const { inspectionId } = AddRequest.parse(operation.request);
  const inspected = await db.operation.findUnique({ where: { id: inspectionId } });
  if (inspected?.status !== "succeeded")
    return refuse("not-inspected", `${operation.ip} has not been inspected.`, { hint: "Start again with the Info step." });
  return done({ request: InspectRequest.parse(inspected.request), result: InspectResult.parse(inspected.result) });
}

const key: Step = async (operation) => {
  const found = await inspection(operation);
  if (!found.ok) return found;
  const installed = await installOwnKey(operation, found.value.request);
  return installed.ok ? ended("One line in authorized_keys, no forwarding, no terminal") : installed;
};

const login: Step = async (operation) => {
  const found = await inspection(operation);
  if (!found.ok) return found;
  const pair = KeyPair.parse((operation.result as { key?: unknown }).key);
  const privilege = await loginWithOwnKey(operation, found.value.request, pair);
  return privilege.ok ? ended(`${found.value.request.user} logged in by key; the password is deleted`) : privilege;
};

const record: Step = async (operation) => {
  const found = await inspection(operation);
  if (!found.ok) return found;
  const { macs } = AddRequest.parse(operation.request);
  const pair = KeyPair.parse((operation.result as { key?: unknown }).key);
  return ended("Recorded", {
    commit: async (tx, { region }) => {
      const created = await createNode(
        tx,
        { region, ip: operation.ip, actor: actorOf(operation), operationId: operation.id, nodeId: operation.nodeId },
        { ...found.value, macs, pair },
      );
      if (!created.ok) return created;
      await tx.operation.update({ where: { id: operation.id }, data: { nodeId: created.value.id, nodeName: created.value.name } });
      return done(undefined);
    },
  });
};

export const addSteps = { key, login, record };
