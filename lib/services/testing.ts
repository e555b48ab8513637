/** For tests only: a database of their own on the server that `npm test` starts, and the people and nodes in it. */
import { randomBytes, randomUUID } from "node:crypto";
import { sampleInventory } from "../domain/inventory.sample";
import type { UserRole } from "../domain/permissions";
import type { NodeStatus } from "../domain/status";
import { closeDb, db } from "../db";
import type { Node, Prisma } from "../generated/prisma/client";
import { migrate } from "../launch/migrate.mjs";
import { withClient } from "../launch/postgres.mjs";
import { generateSealKeyPair } from "../secrets";
import type { Call } from "./call";

const SERVER = process.env.DATABASE_URL_TEST;

/** For `describe.skipIf`, with the reason for its title. */
export const noDatabase = !SERVER;
export const unlessSkipped = (title: string): string =>
  SERVER ? title : `${title} (skipped: DATABASE_URL_TEST is not set; npm test sets it)`;

/** A migrated database, named in the environment together with a sealing key; `drop` ends this process's pool and removes it. */
export async function ownDatabase(server = SERVER ?? ""): Promise<{ url: string; sealPrivateKey: string; drop: () => Promise<void> }> {
  const name = `regent_test_${randomBytes(6).toString("hex")}`;
  await withClient(server, (client) => client.query(`CREATE DATABASE ${name}`));
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  await migrate(url);
  const seal = generateSealKeyPair();
  const { privateKey: factorKey } = generateSealKeyPair();
  Object.assign(process.env, { DATABASE_URL: url, REGENT_SEAL_PUBLIC_KEY: seal.publicKey, REGENT_FACTOR_KEY: factorKey });
  const drop = async () => {
    await closeDb();
    await withClient(server, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
  };
  return { url, sealPrivateKey: seal.privateKey, drop };
}

/** A user with his calls: each with a key of its own, unless one is given. */
export async function addUser(name: string, role: UserRole = "operator"): Promise<{ id: string; call: (key?: string) => Call }> {
  const { id } = await db.user.create({ data: { name, role, email: `${randomUUID()}@test.invalid` } });
  return { id, call: (key = randomUUID()) => ({ actor: { kind: "user", id, name, role }, idempotencyKey: key }) };
}

let planted = 0;

/** A node in any status, as if its past were known: written past the triggers, without identities and events. */
export async function plantNode(status: NodeStatus, facts: Partial<Prisma.NodeUncheckedCreateInput> = {}): Promise<Node> {
  const number = (planted += 1);
  const inventory = sampleInventory();
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
    return tx.node.create({
      data: {
        name: `node-${number}`,
        ip: `10.9.${number >> 8}.${number & 255}`,
        role: "Worker",
        status,
        sshUser: "root",
        hostKeyType: "ssh-ed25519",
        hostKeySha256: `SHA256:${"A".repeat(43)}`,
        convergedMacs: ["b8:ce:f6:01:02:20"],
        accessMacs: [],
        inventory,
        verdict: { adequate: true, results: [] },
        inspectedAt: new Date(),
        ...facts,
      },
    });
  });
}

export const OTHER_KEY = { type: "ssh-ed25519", sha256: `SHA256:${"B".repeat(43)}`, seenAt: "2026-01-01T00:00:00.000Z" };
