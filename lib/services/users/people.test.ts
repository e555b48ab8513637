/** Invitations, roles, disabling, removing, passwords and sessions: what each does, and what two people at once do. */
import { createHash, randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { makeLink } from "../access/links";
import { openSession, userOfSession } from "../access/sessions";
import { signInByLink, signInByPassword } from "../access/sign-in";
import { addUser, noDatabase, unlessSkipped } from "../testing";
import { acceptInvitation, readInvitation } from "./accept";
import { enableUser } from "./enable";
import { inviteUser, MOST_INVITATIONS, revokeInvitation } from "./invite";
import { readPeople } from "./list";
import { makePasswordLink } from "./password";
import { removeUser } from "./remove";
import { changeRole } from "./role";
import { endSession, listSessions, sessionsOf } from "./sessions";
import { codeOf, HERE, PASSWORD, text, usePeople, value, type Person } from "./testing";

describe.skipIf(noDatabase)(unlessSkipped("people"), { timeout: 60_000 }, () => {
  let ada: Person, bob: Person, vera: Person;
  usePeople((...people) => ([ada, bob, vera] = people));

  const lastEvent = () => db.event.findFirstOrThrow({ orderBy: { id: "desc" } });
  const roles = async () => Object.fromEntries((await db.user.findMany()).map(({ name, role }) => [name, role]));
  const grace = { email: "Grace@Example.org", name: "Grace", role: "operator" as const, minutes: 10 };
  const invite = async (changed: Partial<typeof grace> = {}) => value(await inviteUser({ ...grace, ...changed }, ada.call())).token;

  describe("an invitation", () => {
    it("makes a user with the promised role, who signs in with the chosen password", async () => {
      const token = await invite();
      expect(value(await readInvitation({ token }))).toMatchObject({ email: "grace@example.org", name: "Grace", role: "operator" });
      expect(value(await acceptInvitation({ token, password: PASSWORD }, HERE))).toEqual({ email: "grace@example.org" });
      expect(await signInByPassword("grace@example.org", PASSWORD, "")).toMatchObject({ name: "Grace", role: "operator" });
      const joined = await db.event.findFirstOrThrow({ where: { kind: "user.joined" } });
      expect(joined).toMatchObject({ message: "Grace accepted the invitation of Ada and has the Operator role.", details: HERE });
    });

    it("is kept as its token's hash, and the log has neither", async () => {
      const token = await invite();
      const [row] = await db.invitation.findMany();
      expect(Buffer.from(row?.tokenHash ?? []).toString("hex")).toBe(createHash("sha256").update(token).digest("hex"));
      expect(text([row, await lastEvent()])).not.toContain(token);
      expect(await lastEvent()).toMatchObject({
        kind: "user.invited",
        actorName: "Ada",
        message: "Ada invited Grace (grace@example.org) with the Operator role.",
      });
    });

    it("works once, also for many at once", async () => {
      const token = await invite();
      const answers = await Promise.all(Array.from({ length: 8 }, () => acceptInvitation({ token, password: PASSWORD }, HERE)));
      expect(answers.map(codeOf).sort()).toEqual([...Array<string>(7).fill("link-invalid"), "ok"]);
      expect(await db.user.count({ where: { name: "Grace" } })).toBe(1);
    });

    it("works neither expired, revoked, replaced, nor when its Admin is none any more", async () => {
      const ended: Record<string, string> = {};
      const end = async (how: string, work: () => Promise<unknown>) => {
        const token = await invite({ email: `${how}@example.org` });
        await work();
        ended[how] = codeOf(await acceptInvitation({ token, password: PASSWORD }, HERE));
      };
      await end(
        "expired",
        () => db.$executeRaw`UPDATE invitation SET created_at = now() - interval '2 h', expires_at = now() - interval '1 h'`,
      );
      await end("revoked", async () => {
        const { id } = await db.invitation.findFirstOrThrow({ where: { email: "revoked@example.org" } });
        expect(codeOf(await revokeInvitation({ invitationId: id }, bob.call()))).toBe("ok");
        expect(codeOf(await revokeInvitation({ invitationId: id }, bob.call()))).toBe("invitation-gone");
      });
      await end("replaced", () => invite({ email: "REPLACED@example.org" }));
      await end("demoted", async () => value(await changeRole({ userId: ada.id, role: "operator" }, bob.call())));
      expect(ended).toEqual({ expired: "link-invalid", revoked: "link-invalid", replaced: "link-invalid", demoted: "link-invalid" });
    });

    it("is refused for an address that signs in already, also when it became so meanwhile", async () => {
      const token = await invite();
      await db.user.create({ data: { name: "Other", email: "grace@example.org", role: "viewer" } });
      expect(codeOf(await acceptInvitation({ token, password: PASSWORD }, HERE))).toBe("email-taken");
      expect(await inviteUser(grace, ada.call())).toMatchObject({ ok: false, code: "email-taken", field: "email" });
    });

    it("holds once for an address, whoever invites at once, and at most a hundred hold", async () => {
      await Promise.all(Array.from({ length: 6 }, (_, index) => inviteUser(grace, (index % 2 ? ada : bob).call())));
      expect(await db.invitation.count({ where: { usedAt: null, revokedAt: null } })).toBe(1);
      await db.$executeRaw`
        INSERT INTO invitation (id, token_hash, email, name, role, made_by_id, created_at, expires_at)
        SELECT gen_random_uuid(), sha256(n::text::bytea), n || '@example.org', 'N', 'viewer', ${ada.id}::uuid, now(), now() + interval '1 h'
        FROM generate_series(2, ${MOST_INVITATIONS}) n`;
      expect(codeOf(await inviteUser({ ...grace, email: "more@example.org" }, ada.call()))).toBe("too-many-invitations");
    });

    it("is made by nobody whose role was taken away since the page was drawn", async () => {
      const call = bob.call();
      value(await changeRole({ userId: bob.id, role: "viewer" }, ada.call()));
      expect(codeOf(await inviteUser(grace, call))).toBe("forbidden");
    });
  });

  describe("a role", () => {
    it("changes for open sessions at once, with who and whom in the log", async () => {
      const session = await openSession(vera.id);
      value(await changeRole({ userId: vera.id, role: "operator" }, { ...ada.call(), ...HERE }));
      expect((await userOfSession(session))?.role).toBe("operator");
      expect(await lastEvent()).toMatchObject({
        kind: "user.role",
        severity: "warning",
        message: "Ada changed the role of Vera from Viewer to Operator.",
        details: { user: vera.id, from: HERE.from, was: "viewer", is: "operator" },
      });
    });

    it("that is taken from an Admin ends what was promised to others, and the event says what", async () => {
      const takes = [
        () => changeRole({ userId: ada.id, role: "operator" }, bob.call()),
        () => enableUser({ userId: ada.id, enabled: false }, bob.call()),
        () => removeUser({ userId: ada.id }, bob.call()),
      ];
      for (const take of takes) {
        await db.user.update({ where: { id: ada.id }, data: { role: "admin", disabledAt: null } });
        await invite();
        value(await makePasswordLink({ userId: vera.id, minutes: 10 }, ada.call()));
        value(await take());
        expect(await lastEvent()).toMatchObject({ details: { invitationsEnded: ["grace@example.org"], passwordLinksEnded: 1 } });
      }
    });

    it("is not one's own to change, and nothing is the last Admin's", async () => {
      expect(codeOf(await changeRole({ userId: ada.id, role: "viewer" }, ada.call()))).toBe("own-account");
      value(await enableUser({ userId: bob.id, enabled: false }, ada.call()));
      const last = [
        changeRole({ userId: ada.id, role: "viewer" }, ada.call()),
        enableUser({ userId: ada.id, enabled: false }, ada.call()),
        removeUser({ userId: ada.id }, ada.call()),
      ];
      for (const answer of last) expect(codeOf(await answer)).toBe("last-admin");
      expect(codeOf(await changeRole({ userId: randomUUID(), role: "viewer" }, ada.call()))).toBe("user-gone");
    });

    it("leaves one Admin when two demote, disable or remove each other in the same moment", async () => {
      const ends = [
        (userId: string, by: Person) => changeRole({ userId, role: "viewer" }, by.call()),
        (userId: string, by: Person) => enableUser({ userId, enabled: false }, by.call()),
        (userId: string, by: Person) => removeUser({ userId }, by.call()),
      ];
      for (const first of ends)
        for (const second of ends)
          for (let round = 0; round < 5; round++) {
            await db.user.deleteMany();
            [ada, bob] = [await addUser("Ada", "admin"), await addUser("Bob", "admin")];
            const answers = await Promise.all([first(bob.id, ada), second(ada.id, bob)]);
            expect(answers.map(codeOf).sort()).toEqual(["forbidden", "ok"]);
            expect(await db.user.count({ where: { role: "admin", disabledAt: null } })).toBe(1);
          }
    });

    it("leaves one Admin when many go for many", async () => {
      const people = await Promise.all(Array.from({ length: 8 }, (_, index) => addUser(`Admin ${index}`, "admin")));
      await db.user.deleteMany({ where: { id: { in: [ada.id, bob.id] } } });
      await Promise.all(
        people.flatMap((by) =>
          people.filter(({ id }) => id !== by.id).map(({ id }) => changeRole({ userId: id, role: "viewer" }, by.call())),
        ),
      );
      expect(Object.values(await roles()).filter((role) => role === "admin")).toHaveLength(1);
    });
  });

  it("a disabled user has no session and no link, and is back when enabled", async () => {
    const session = await openSession(vera.id);
    const link = await db.$transaction((tx) => makeLink(tx, vera.id));
    value(await enableUser({ userId: vera.id, enabled: false }, ada.call()));
    value(await enableUser({ userId: vera.id, enabled: true }, ada.call()));
    expect([await userOfSession(session), await signInByLink(link.token)]).toEqual([null, null]);
    expect(await userOfSession(await openSession(vera.id))).toMatchObject({ name: "Vera" });
    expect((await db.event.findMany({ orderBy: { id: "desc" }, take: 2 })).map(({ kind }) => kind)).toEqual([
      "user.enabled",
      "user.disabled",
    ]);
  });

  it("a removed user is gone, and events keep the name", async () => {
    const session = await openSession(vera.id);
    value(await endSession({ sessionId: (await sessionsOf(vera.id))[0]?.id ?? "" }, vera.call()));
    value(await removeUser({ userId: vera.id }, ada.call()));
    expect(await userOfSession(session)).toBeNull();
    expect(await db.user.count({ where: { name: "Vera" } })).toBe(0);
    const kept = await db.event.findMany({
      where: { OR: [{ actorName: "Vera" }, { kind: "user.removed" }] },
      orderBy: { id: "desc" },
      take: 2,
    });
    expect(kept.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^Ada removed Vera \(.*@test\.invalid\)\.$/),
      "Vera ended a session of their own.",
    ]);
  });

  describe("a session", () => {
    it("is ended by its owner and by an Admin, and is nothing to others", async () => {
      await openSession(vera.id, {
        address: "192.0.2.9",
        browser: "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
      });
      await openSession(ada.id);
      const [hers] = await sessionsOf(vera.id);
      const [admins] = await sessionsOf(ada.id);
      expect(hers).toMatchObject({ browser: "Firefox on Linux", address: "192.0.2.9", own: false });
      expect(codeOf(await listSessions({ userId: ada.id }, vera.call()))).toBe("forbidden");
      expect(codeOf(await endSession({ sessionId: admins?.id ?? "" }, vera.call()))).toBe("session-gone");
      expect(value(await listSessions({ userId: vera.id }, ada.call()))).toEqual([hers]);
      value(await endSession({ sessionId: hers?.id ?? "" }, ada.call()));
      expect(codeOf(await endSession({ sessionId: hers?.id ?? "" }, ada.call()))).toBe("session-gone");
      expect(await sessionsOf(vera.id)).toEqual([]);
      expect(await lastEvent()).toMatchObject({ kind: "user.session-ended", message: "Ada ended a session of Vera." });
    });
  });

  it("are listed with what is known of each", async () => {
    await openSession(vera.id);
    await invite();
    value(await enableUser({ userId: bob.id, enabled: false }, ada.call()));
    const { users, invitations } = await readPeople();
    expect(users).toMatchObject([
      { name: "Ada", role: "admin", sessions: 0, seenAt: null, disabled: false, factor: false },
      { name: "Bob", disabled: true },
      { name: "Vera", sessions: 1, seenAt: expect.stringMatching(/Z$/) },
    ]);
    expect(invitations).toMatchObject([{ name: "Grace", email: "grace@example.org", madeBy: "Ada", expired: false }]);
  });
});
