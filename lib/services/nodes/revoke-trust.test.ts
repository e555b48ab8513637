/** The trust in a node's host key, taken away and given again by an administrator, and by nothing else. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import type { UserRole } from "@/lib/domain/permissions";
import { hostKeys } from "../settings/host-keys";
import { addUser, noDatabase, OTHER_KEY, ownDatabase, plantNode, unlessSkipped } from "../testing";
import { noteChangedHostKey, noteHostKeyBack } from "./host-key";
import { reinspectNode } from "./reinspect";
import { retrustHostKey } from "./retrust";
import { revokeTrust } from "./revoke-trust";

const REASON = "The disk was sold with its keys.";

describe.skipIf(noDatabase)(unlessSkipped("a revoked host key"), { timeout: 60_000 }, () => {
  let drop: () => Promise<void>;
  const users = {} as Record<UserRole, Awaited<ReturnType<typeof addUser>>>; // filled before the first test
  beforeAll(async () => {
    ({ drop } = await ownDatabase());
    for (const [role, name] of Object.entries({ viewer: "Vera", operator: "Otto", admin: "Ada" }) as [UserRole, string][])
      users[role] = await addUser(name, role);
  }, 60_000);
  afterAll(() => drop?.());

  const read = (id: string) => db.node.findUniqueOrThrow({ where: { id } });
  const row = async (id: string, role: UserRole = "admin") => (await hostKeys(role)).find(({ nodeId }) => nodeId === id);

  it("is taken away by an Admin alone, with a reason and an event", async () => {
    const node = await plantNode("Active");
    const ask = (role: UserRole, version = node.version) => revokeTrust({ nodeId: node.id, version, reason: REASON }, users[role].call());
    for (const role of ["viewer", "operator"] as const) expect(await ask(role)).toMatchObject({ ok: false, code: "forbidden" });
    expect((await read(node.id)).hostKeyChanged).toBeNull();
    expect(await ask("admin", node.version - 1)).toMatchObject({ ok: false, code: "stale" });
    expect(await ask("admin")).toMatchObject({ ok: true });
    const after = await read(node.id);
    expect(after).toMatchObject({
      version: node.version + 1,
      hostKeySha256: node.hostKeySha256,
      hostKeyChanged: { sha256: node.hostKeySha256, revoked: { by: "Ada", reason: REASON } },
    });
    expect(await db.event.findFirst({ where: { nodeId: node.id }, orderBy: { id: "desc" } })).toMatchObject({
      kind: "node.host-key-revoked",
      severity: "warning",
      actorName: "Ada",
      message: `Ada revoked the host key of ${node.name}: ${REASON}`,
    });
    expect(await ask("admin", after.version)).toMatchObject({ ok: false, reason: `The host key of ${node.ip} was revoked.` });
  });

  it("is not given again by the server that shows it, only by an Admin who trusts it", async () => {
    const node = await plantNode("Active");
    await revokeTrust({ nodeId: node.id, version: node.version, reason: REASON }, users.admin.call());
    await noteHostKeyBack(node.id);
    expect((await read(node.id)).hostKeyChanged).toMatchObject({ revoked: { by: "Ada" } });
    // Another key that it shows meanwhile is what an Admin then compares; the trust is still taken away.
    await noteChangedHostKey(node.id, OTHER_KEY);
    expect((await read(node.id)).hostKeyChanged).toMatchObject({ sha256: OTHER_KEY.sha256, revoked: { by: "Ada" } });
    await noteChangedHostKey(node.id, { type: node.hostKeyType, sha256: node.hostKeySha256 });
    const { version } = await read(node.id);
    const trust = (sha256: string) =>
      retrustHostKey(
        { nodeId: node.id, version, hostKey: { type: node.hostKeyType, sha256 }, reason: "Compared on its screen" },
        users.admin.call(),
      );
    expect(await trust(OTHER_KEY.sha256)).toMatchObject({ ok: false, code: "host-key-other" });
    expect(await trust(node.hostKeySha256)).toMatchObject({ ok: true });
    expect((await read(node.id)).hostKeyChanged).toBeNull();
    // It is the old one: the log must not speak of another.
    expect(await db.event.findFirst({ where: { nodeId: node.id, kind: "node.host-key-trusted" } })).toMatchObject({
      message: `Ada trusted the host key of ${node.name} again: Compared on its screen`,
    });
  });

  it("stands in the list of all of them, with who trusted each and what can be done", async () => {
    const [trusted, changed, busy, gone] = [
      await plantNode("Active"),
      await plantNode("Active", { hostKeyChanged: OTHER_KEY }),
      await plantNode("Candidate"),
      await plantNode("Out"),
    ];
    expect(await row(trusted.id)).toMatchObject({ state: "trusted", refused: null, by: null, since: trusted.createdAt.toISOString() });
    expect(await row(trusted.id, "operator")).toMatchObject({ refused: "You need the Admin role." });
    expect(await row(changed.id)).toMatchObject({ state: "changed", refused: null });
    expect(await row(gone.id)).toBeUndefined();
    expect(await reinspectNode({ nodeId: busy.id, version: busy.version }, users.operator.call())).toMatchObject({ ok: true });
    expect((await row(busy.id))?.refused).toBe("Re-inspect is running on this node, started by Otto.");
    await retrustHostKey(
      {
        nodeId: changed.id,
        version: changed.version,
        hostKey: { type: OTHER_KEY.type, sha256: OTHER_KEY.sha256 },
        reason: "Reinstalled today",
      },
      users.admin.call(),
    );
    expect(await row(changed.id)).toMatchObject({ state: "trusted", sha256: OTHER_KEY.sha256, by: "Ada" });
    await revokeTrust({ nodeId: trusted.id, version: trusted.version, reason: REASON }, users.admin.call());
    expect(await row(trusted.id)).toMatchObject({ state: "revoked", note: { by: "Ada", reason: REASON }, refused: null });
  });
});
