/** Sessions, one-time links, sign-in, rate and passwords. */
import { createHash } from "node:crypto";
import { hash } from "@node-rs/argon2";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { db } from "@/lib/db";
import { addUser, noDatabase, ownDatabase, unlessSkipped } from "../testing";
import { mayKnock } from "./knock";
import { makeLink, takeLink } from "./links";
import { hashPassword, passwordMatches } from "./passwords";
import { takeToken } from "./rate";
import { roleOfSession } from "./session-roles";
import { openSession, revokeSession, userOfSession } from "./sessions";
import { setUp } from "./set-up";
import { signInByLink, signInByPassword } from "./sign-in";

const HERE = "192.0.2.1";

const PASSWORD = "correct horse battery staple";

describe.skipIf(noDatabase)(unlessSkipped("the way in"), { timeout: 60_000 }, () => {
  let drop: () => Promise<void>;
  let stored: string;
  let id: string;
  let email: string;
  beforeAll(async () => {
    ({ drop } = await ownDatabase());
    stored = await hashPassword(PASSWORD);
  }, 60_000);
  afterAll(() => drop?.());
  beforeEach(async () => {
    await db.rateBucket.deleteMany();
    ({ id } = await addUser("Ada", "admin"));
    ({ email } = await db.user.update({ where: { id }, data: { passwordHash: stored } }));
  });

  const age = (what: string) => db.$executeRawUnsafe(`UPDATE session SET ${what} WHERE user_id = '${id}'`);
  const disable = () => db.user.update({ where: { id }, data: { disabledAt: new Date() } });

  describe("a session", () => {
    it("is its user's, and stored as a hash only", async () => {
      const session = await openSession(id);
      expect(await userOfSession(session)).toMatchObject({ kind: "user", id, name: "Ada", role: "admin", email, stale: false });
      const [row] = await db.session.findMany({ where: { userId: id } });
      expect(Buffer.from(row?.idHash ?? []).toString("hex")).toBe(createHash("sha256").update(session).digest("hex"));
      expect(await openSession(id)).not.toBe(session);
    });

    it.each([
      ["expired", () => age("expires_at = now()")],
      ["idle too long", () => age("last_seen_at = now() - interval '12 hours'")],
      ["of a disabled user", disable],
      ["of a deleted user", () => db.user.delete({ where: { id } })],
    ])("that is %s opens nothing", async (_, change) => {
      const session = await openSession(id);
      await change();
      expect([await userOfSession(session), await roleOfSession(session)]).toEqual([null, null]);
    });

    it("has its own role, also when many ask at once, and is none the busier for it", async () => {
      const vera = await addUser("Vera", "viewer");
      const sessions = [await openSession(id), await openSession(vera.id), await openSession(id), "unknown"];
      await age("last_seen_at = now() - interval '1 hour'");
      await revokeSession(sessions[2] ?? "");
      const asked = [...sessions, ...sessions];
      const said = await Promise.all(asked.map((session) => roleOfSession(session)));
      expect(said).toEqual(["admin", "viewer", null, null, "admin", "viewer", null, null]);
      await db.user.update({ where: { id }, data: { role: "operator" } });
      expect(await roleOfSession(sessions[0] ?? "")).toBe("operator");
      const [row] = await db.$queryRaw<{ idle: boolean }[]>`
        SELECT max(last_seen_at) < now() - interval '59 minutes' AS idle FROM session WHERE user_id = ${id}::uuid`;
      expect(row?.idle).toBe(true);
    });

    it("is not opened by a sign-in that a disabling overtook, and does not come to life when the user is enabled again", async () => {
      let opening: Promise<string> | undefined;
      await db.$transaction(async (tx) => {
        await tx.user.update({ where: { id }, data: { disabledAt: new Date() } });
        opening = openSession(id);
        const waiting = () => db.$queryRaw`
          SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
        await vi.waitFor(async () => expect(await waiting()).toHaveLength(1));
      });
      const session = (await opening) ?? "";
      await db.user.update({ where: { id }, data: { disabledAt: null } });
      expect(await userOfSession(session)).toBeNull();
      expect(await userOfSession(await openSession(id))).not.toBeNull();
    });

    it("ends for good when it is revoked, and no other with it", async () => {
      const [first, second] = [await openSession(id), await openSession(id)];
      await revokeSession(first);
      await revokeSession("unknown");
      expect([await userOfSession(first), (await userOfSession(second))?.id]).toEqual([null, id]);
      expect(await userOfSession("")).toBeNull();
    });

    it("has its user's role of this moment", async () => {
      const session = await openSession(id);
      await db.user.update({ where: { id }, data: { role: "viewer" } });
      expect((await userOfSession(session))?.role).toBe("viewer");
    });

    it("is written at most once a minute", async () => {
      const session = await openSession(id);
      await age("last_seen_at = now() - interval '61 seconds'");
      expect([(await userOfSession(session))?.stale, (await userOfSession(session))?.stale]).toEqual([true, false]);
    });
  });

  describe("a one-time link", () => {
    const link = (user: string | null = id) => db.$transaction(async (tx) => (await makeLink(tx, user)).token);

    it("works once, also for many at once", async () => {
      const token = await link();
      const taken = await Promise.all(Array.from({ length: 20 }, () => takeLink(token, "sign-in")));
      expect(taken.filter(Boolean)).toEqual([id]);
    });

    it("works neither expired, nor for another purpose, nor after a newer one", async () => {
      const [old, token] = [await link(), await link()];
      expect([await takeLink(old, "sign-in"), await takeLink(token, "set-up"), await takeLink("", "sign-in")]).toEqual([null, null, null]);
      await db.$executeRaw`UPDATE one_time_link SET expires_at = now() - interval '1 second'`;
      expect(await takeLink(token, "sign-in")).toBeNull();
    });

    it("signs nobody in who is disabled", async () => {
      const token = await link();
      await disable();
      expect(await signInByLink(token)).toBeNull();
    });

    it("signs in, and the log says so without the token", async () => {
      const token = await link();
      expect(await signInByLink(token)).toMatchObject({ id });
      const event = await db.event.findFirst({ orderBy: { id: "desc" } });
      expect(event).toMatchObject({ kind: "access.signed-in", actorId: id, message: "Ada signed in by one-time link." });
      expect(JSON.stringify(event, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value))).not.toContain(token);
    });
  });

  it("sets up the first administrator once", async () => {
    await db.user.deleteMany();
    const { token } = await db.$transaction((tx) => makeLink(tx, null));
    const person = { token, name: "Grace", email: "Grace@Example.org", password: PASSWORD };
    expect(await setUp({ ...person, token: "wrong" })).toMatchObject({ ok: false, code: "link-invalid" });
    const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => setUp({ ...person, email: `${index}@example.org` })));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.code === "set-up-done")).toHaveLength(7);
    expect(await db.user.findMany({ select: { role: true } })).toEqual([{ role: "admin" }]);
  });

  describe("a password", () => {
    it("signs in its user, however the address is written", async () => {
      expect(await signInByPassword(` ${email.toUpperCase()} `, PASSWORD, HERE)).toMatchObject({ id });
      expect(await signInByPassword(email, `${PASSWORD} `, HERE)).toBeNull();
      expect(await signInByPassword(email, "", HERE)).toBeNull();
      await disable();
      expect(await signInByPassword(email, PASSWORD, HERE)).toBeNull();
    });

    it("is kept as argon2id with the cost that was chosen", () => {
      expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    });

    it("of an unknown user takes as long as a wrong one", async () => {
      await passwordMatches(null, "warm");
      const times: Record<string, number[]> = { wrong: [], unknown: [] };
      for (let round = 0; round < 15; round++)
        for (const [kind, against] of [
          ["wrong", stored],
          ["unknown", null],
        ] as const) {
          const began = performance.now();
          expect(await passwordMatches(against, "not it")).toBe(false);
          times[kind]?.push(performance.now() - began);
        }
      // The least of many rounds: what a busy machine adds is not the password's.
      const [wrong, unknown] = [Math.min(...(times.wrong ?? [])), Math.min(...(times.unknown ?? []))];
      expect(unknown / wrong).toBeGreaterThan(0.6);
      expect(unknown / wrong).toBeLessThan(1.7);
    });

    it("never matches where none is set, not even the decoy's", async () => {
      expect(await passwordMatches(null, "no user has this password")).toBe(false);
      expect(await passwordMatches(await hash("x", { memoryCost: 1024, timeCost: 1 }), "x")).toBe(true);
    });
  });

  describe("rate", () => {
    const take = (count: number, key: string, capacity = 5, perSeconds = 3600) =>
      Promise.all(Array.from({ length: count }, () => takeToken(key, capacity, perSeconds)));

    it("gives as many tokens as there are, also to many at once", async () => {
      expect((await take(30, "burst")).filter(Boolean)).toHaveLength(5);
      expect(await takeToken("another", 5, 3600)).toBe(true);
    });

    it("fills up evenly, and no further than its capacity", async () => {
      await take(5, "slow", 5, 50);
      await db.$executeRaw`UPDATE rate_bucket SET updated_at = updated_at - interval '21 seconds' WHERE key = 'slow'`;
      expect((await take(10, "slow", 5, 50)).filter(Boolean)).toHaveLength(2);
      await db.$executeRaw`UPDATE rate_bucket SET updated_at = updated_at - interval '1 day' WHERE key = 'slow'`;
      expect((await take(10, "slow", 5, 50)).filter(Boolean)).toHaveLength(5);
    });

    it("loses nothing to a clock that is set back", async () => {
      expect((await take(4, "set-back", 5, 50)).filter(Boolean)).toHaveLength(4);
      await db.$executeRaw`UPDATE rate_bucket SET updated_at = updated_at + interval '1 hour' WHERE key = 'set-back'`;
      expect((await take(3, "set-back", 5, 50)).filter(Boolean)).toHaveLength(1);
    });

    it("ends guessing at one account from one place, the right password too, and leaves other accounts and other places", async () => {
      for (let round = 0; round < 10; round++) expect(await signInByPassword(email, "guess", HERE)).toBeNull();
      expect(await signInByPassword(email, PASSWORD, HERE)).toBeNull();
      expect(await signInByPassword(email, PASSWORD, "198.51.100.7")).toMatchObject({ id });
      const other = await addUser("Grace");
      const { email: address } = await db.user.update({ where: { id: other.id }, data: { passwordHash: stored } });
      expect(await signInByPassword(address, PASSWORD, HERE)).toMatchObject({ id: other.id });
    });

    it("leaves the door to others when one who is not signed in knocks without end", async () => {
      let answered = 0;
      for (let round = 0; round < 150; round++) if (await mayKnock(HERE)) answered += 1;
      expect(answered).toBeGreaterThanOrEqual(60);
      expect(await mayKnock("198.51.100.7")).toBe(true);
      // Nor do many of them cost more than so much altogether.
      const many = await Promise.all(Array.from({ length: 150 }, (_, index) => mayKnock(`203.0.113.${index}`)));
      expect(many.filter(Boolean).length).toBeLessThan(70);
    });

    it("counts an account that does not exist as well", async () => {
      for (let round = 0; round < 10; round++) await signInByPassword("nobody@test.invalid", "guess", HERE);
      expect((await db.rateBucket.findUnique({ where: { key: `sign-in:${HERE}:nobody@test.invalid` } }))?.tokens).toBeLessThan(1);
    });
  });
});
