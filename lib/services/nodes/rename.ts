import { db } from "../../db";
import { done, refuse, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { record } from "../events/record";
import { permitted } from "./guard";

export type Renaming = { nodeId: string; version: number; name: string; description: string };

/** Gives a node another display name or description; its host name and work are not affected. */
export async function renameNode(input: Renaming, { actor }: Call): Promise<Outcome> {
  return db.$transaction(async (tx) => {
    const allowed = await permitted(tx, "rename", input, actor);
    if (!allowed.ok) return allowed;
    const { node } = allowed.value;
    const { name, description } = input;
    // As the unique index compares; Prisma's insensitive `equals` takes % and _ for patterns.
    const [owner] = await tx.$queryRaw<{ name: string; ip: string }[]>`
      SELECT name, ip FROM node WHERE lower(name) = lower(${name}) AND status <> 'Out' AND id <> ${node.id}::uuid`;
    if (owner)
      return refuse("name-taken", `${owner.name} is the name of the node at ${owner.ip}.`, { hint: "Choose another name.", field: "name" });
    if (name === node.name && description === node.description) return done(undefined);
    const version = node.version + 1;
    await tx.node.update({ where: { id: node.id }, data: { name, description, version } });
    const message =
      name === node.name ? `${actor.name} changed the description of ${name}.` : `${actor.name} renamed ${node.name} to ${name}.`;
    await record(tx, {
      kind: "node.renamed",
      message,
      actor,
      node: { ...node, name, version },
      details: { was: { name: node.name, description: node.description }, is: { name, description } },
    });
    return done(undefined);
  });
}
