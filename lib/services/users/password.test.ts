/** Passwords: changed with the present one, reset by link, and what ends with the old one. */
import { describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { makeLink } from "../access/links";
import { passwordMatches } from "../access/passwords";
import { hashOfSession, openSession, userOfSession } from "../access/sessions";
import { signInByLink, signInByPassword } from "../access/sign-in";
import { noDatabase, unlessSkipped } from "../testing";
import { changePassword, makePasswordLink, readPasswordLink, resetPassword } from "./password";
import { removeUser } from "./remove";
import { sessionsOf } from "./sessions";
import { codeOf, HERE, PASSWORD, text, usePeople, value, type Person } from "./testing";

describe.skipIf(noDatabase)(unlessSkipped("a password"), { timeout: 60_000 }, () => {
  let ada: Person, bob: Person, vera: Person;
  usePeople((...people) => ([ada, bob, vera] = people));

  const lastEvent = () => db.event.findFirstOrThrow({ orderBy: { id: "desc" } });
  const set = async (person: Person) => {
    const call = { ...person.call(), sessionHash: hashOfSession(await openSession(person.id)) };
    value(await changePassword({ present: "", password: PASSWORD }, call));
    return call;
  };

  it("is changed with the present one, which ends the other sessions", async () => {
    const call = await set(vera);
    const other = await openSession(vera.id);
    const next = "another long password";
    expect(codeOf(await changePassword({ present: "wrong", password: next }, call))).toBe("wrong-password");
    expect(codeOf(await changePassword({ present: PASSWORD, password: PASSWORD }, call))).toBe("same-password");
    expect(await userOfSession(other)).not.toBeNull();
    value(await changePassword({ present: PASSWORD, password: next }, call));
    expect(await userOfSession(other)).toBeNull();
    expect((await sessionsOf(vera.id, call.sessionHash)).map(({ own }) => own)).toEqual([true]);
    const { passwordHash } = await db.user.findUniqueOrThrow({ where: { id: vera.id } });
    expect([await passwordMatches(passwordHash, next), await passwordMatches(passwordHash, PASSWORD)]).toEqual([true, false]);
  });

  it("is not guessed from an open session: ten attempts in five minutes", async () => {
    const call = await set(vera);
    for (let round = 0; round < 9; round++)
      expect(codeOf(await changePassword({ present: "guess", password: "x".repeat(12) }, call))).toBe("wrong-password");
    expect(codeOf(await changePassword({ present: PASSWORD, password: "x".repeat(12) }, call))).toBe("too-many");
  });

  it("is reset by a link that works once and ends every session", async () => {
    const session = await openSession(vera.id);
    const { token } = value(await makePasswordLink({ userId: vera.id, minutes: 10 }, ada.call()));
    expect(await lastEvent()).toMatchObject({ kind: "user.password-link", actorName: "Ada", details: { user: vera.id } });
    expect(text([await db.oneTimeLink.findMany(), await lastEvent()])).not.toContain(token);
    expect(value(await readPasswordLink({ token }))).toMatchObject({ name: "Vera" });
    expect(await userOfSession(session)).not.toBeNull();
    // It is no link that signs in.
    expect(await signInByLink(token)).toBeNull();
    const answers = await Promise.all(Array.from({ length: 5 }, () => resetPassword({ token, password: PASSWORD }, HERE)));
    expect(answers.map(codeOf).sort()).toEqual([...Array<string>(4).fill("link-invalid"), "ok"]);
    expect(await userOfSession(session)).toBeNull();
    const { email } = await db.user.findUniqueOrThrow({ where: { id: vera.id } });
    expect(await signInByPassword(email, PASSWORD, "")).toMatchObject({ id: vera.id });
  });

  it("that was reset ends every link by which somebody could come in without it", async () => {
    const { token: old } = await db.$transaction((tx) => makeLink(tx, vera.id));
    const { token } = value(await makePasswordLink({ userId: vera.id, minutes: 10 }, ada.call()));
    value(await resetPassword({ token, password: PASSWORD }, HERE));
    expect(await signInByLink(old)).toBeNull();
  });

  it("is reset by no link that expired, was replaced, or was made by an Admin who is none any more", async () => {
    const make = async () => value(await makePasswordLink({ userId: vera.id, minutes: 10 }, ada.call())).token;
    const replaced = await make();
    const expired = await make();
    expect(codeOf(await readPasswordLink({ token: replaced }))).toBe("link-invalid");
    await db.$executeRaw`UPDATE one_time_link SET expires_at = now()`;
    expect(codeOf(await resetPassword({ token: expired, password: PASSWORD }, HERE))).toBe("link-invalid");
    const promised = await make();
    value(await removeUser({ userId: ada.id }, bob.call()));
    expect(codeOf(await resetPassword({ token: promised, password: PASSWORD }, HERE))).toBe("link-invalid");
  });
});
