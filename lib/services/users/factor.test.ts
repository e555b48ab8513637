/** The second factor: enrolment, sign-in, recovery codes, limits, and that its secret rests sealed. */
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import type { Outcome } from "@/lib/outcome";
import { hashPassword } from "../access/passwords";
import { RECOVERY_CODES, takeCode } from "../access/second-factor";
import { makeLink } from "../access/links";
import { signInByLink, signInByPassword } from "../access/sign-in";
import { addUser, noDatabase, ownDatabase, unlessSkipped } from "../testing";
import { beginFactor, confirmFactor, factorOf, removeFactor, renewCodes, resetFactor } from "./factor";

const PASSWORD = "correct horse battery staple";
const HERE = "192.0.2.7";
const STEP_MS = 30_000;

const value = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
};
/** A step that ends in the middle of a test would make the code of the one before too old. */
async function clearOfTheEnd(): Promise<void> {
  const left = STEP_MS - (Date.now() % STEP_MS);
  if (left < 5000) await new Promise((resolve) => setTimeout(resolve, left));
}
const codeOf = (outcome: Outcome<unknown>) => (outcome.ok ? "ok" : outcome.code);
/** As an authenticator app makes it, `steps` of 30 s from now. */
const appCode = (secret: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: 30, algorithm: "SHA1" }).generate({
    timestamp: Date.now() + steps * STEP_MS,
  });

describe.skipIf(noDatabase)(unlessSkipped("a second factor"), { timeout: 60_000 }, () => {
  let drop: () => Promise<void>;
  let stored: string, email: string;
  let vera: Awaited<ReturnType<typeof addUser>>;
  beforeAll(async () => {
    ({ drop } = await ownDatabase());
    stored = await hashPassword(PASSWORD);
  }, 60_000);
  afterAll(() => drop?.());
  beforeEach(async () => {
    await clearOfTheEnd();
    await db.rateBucket.deleteMany();
    vera = await addUser("Vera", "viewer");
    ({ email } = await db.user.update({ where: { id: vera.id }, data: { passwordHash: stored } }));
  });

  const signIn = (code?: string) => signInByPassword(email, PASSWORD, HERE, code);
  const begin = async () => value(await beginFactor({ present: PASSWORD }, vera.call()));
  /** Confirmed with the code of the step before, so that this step's code is still fresh. */
  const enrol = async () => {
    const { secret } = await begin();
    const { codes } = value(await confirmFactor({ code: appCode(secret, -1) }, vera.call()));
    return { secret, codes };
  };

  it("is asked for once it is confirmed, and not before", async () => {
    const { secret, address } = await begin();
    expect(address).toMatch(/^otpauth:\/\/totp\/Regent/);
    expect(new URL(address).searchParams.get("secret")).toBe(secret);
    expect(await signIn()).toMatchObject({ id: vera.id });
    expect(codeOf(await confirmFactor({ code: "000000" }, vera.call()))).toBe("wrong-code");
    expect(await factorOf(vera.id)).toBeNull();
    value(await confirmFactor({ code: appCode(secret, -1) }, vera.call()));
    expect(await signIn()).toBe("code");
    expect(await signIn(appCode(secret))).toMatchObject({ id: vera.id });
    expect(await db.event.findFirst({ orderBy: { id: "desc" } })).toMatchObject({
      message: "Vera signed in by password and code.",
      details: { from: HERE },
    });
  });

  it("makes the codes of RFC 6238", () => {
    const totp = new TOTP({ secret: Secret.fromUTF8("12345678901234567890"), digits: 8, period: 30, algorithm: "SHA1" });
    const times = [59, 1111111109, 1111111111, 1234567890, 2000000000, 20000000000];
    expect(times.map((time) => totp.generate({ timestamp: time * 1000 }))).toEqual([
      "94287082",
      "07081804",
      "14050471",
      "89005924",
      "69279037",
      "65353130",
    ]);
  });

  it("takes each code once, also from many at once, and none that is older than one taken", async () => {
    const { secret } = await enrol();
    const answers = await Promise.all(Array.from({ length: 6 }, () => takeCode(vera.id, appCode(secret))));
    expect(answers.filter((answer) => answer === "right")).toHaveLength(1);
    expect(await takeCode(vera.id, appCode(secret, -1))).toBe("wrong");
    expect(await takeCode(vera.id, ` ${appCode(secret, 1).replace(/(...)/, "$1 ")}`)).toBe("right");
  });

  it("takes no code of two steps away, and none of another person's app", async () => {
    await enrol();
    const { secret } = await enrolAnother();
    expect(await takeCode(vera.id, appCode(secret))).toBe("wrong");
    const own = await reenrol();
    expect([await takeCode(vera.id, appCode(own, 3)), await takeCode(vera.id, appCode(own, -3))]).toEqual(["wrong", "wrong"]);
  });
  const enrolAnother = async () => {
    const other = await addUser("Otto");
    return value(await beginFactor({ present: "" }, other.call()));
  };
  const reenrol = async () => {
    await db.secondFactor.deleteMany({ where: { userId: vera.id } });
    return (await enrol()).secret;
  };

  it("lets a recovery code sign in once, however it is typed", async () => {
    const { codes } = await enrol();
    expect(codes).toHaveLength(RECOVERY_CODES);
    expect(new Set(codes).size).toBe(RECOVERY_CODES);
    for (const code of codes) expect(code).toMatch(/^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$/);
    const [first = "", second = ""] = codes;
    expect(await signIn(` ${first.toLowerCase().replaceAll("-", " ")} `)).toMatchObject({ id: vera.id });
    expect(await signIn(first)).toBe("wrong-code");
    expect(await signIn(second)).toMatchObject({ id: vera.id });
    expect(await factorOf(vera.id)).toMatchObject({ codesLeft: RECOVERY_CODES - 2 });
  });

  it("gives new recovery codes for password and code, and the old ones end", async () => {
    const { secret, codes } = await enrol();
    expect(codeOf(await renewCodes({ present: "wrong", code: appCode(secret) }, vera.call()))).toBe("wrong-password");
    expect(codeOf(await renewCodes({ present: PASSWORD, code: "000000" }, vera.call()))).toBe("wrong-code");
    const renewed = value(await renewCodes({ present: PASSWORD, code: appCode(secret) }, vera.call())).codes;
    expect([await takeCode(vera.id, codes[0] ?? ""), await takeCode(vera.id, renewed[0] ?? "")]).toEqual(["wrong", "right"]);
  });

  it("is guessed ten times in five minutes and sixty times in a day, the right code too; refused codes stand in the log, few of them", async () => {
    const { secret } = await enrol();
    await db.rateBucket.deleteMany();
    for (let round = 0; round < 10; round++)
      expect(await signInByPassword(email, PASSWORD, `198.51.100.${round}`, "000000")).toBe("wrong-code");
    expect(await signInByPassword(email, PASSWORD, "198.51.100.99", appCode(secret))).toBe("wrong-code");
    expect(await db.event.count({ where: { kind: "access.code-refused", details: { path: ["user"], equals: vera.id } } })).toBe(5);
    let tried = 0;
    for (; tried < 70; tried++) {
      await db.rateBucket.deleteMany({ where: { key: { startsWith: "code:" } } });
      await takeCode(vera.id, "000000");
    }
    await db.rateBucket.deleteMany({ where: { key: { startsWith: "code:" } } });
    expect(await takeCode(vera.id, appCode(secret))).toBe("too-many");
    // Nobody is told that a code is wrong which was not looked at.
    expect(codeOf(await renewCodes({ present: PASSWORD, code: appCode(secret) }, vera.call()))).toBe("too-many-codes");
  });

  it("is asked for by a link that signs in, too, which a question does not use up", async () => {
    const { secret } = await enrol();
    const { token } = await db.$transaction((tx) => makeLink(tx, vera.id));
    expect([await signInByLink(token), await signInByLink(token, HERE, "000000")]).toEqual(["code", "wrong-code"]);
    const refused = () => db.event.findFirst({ where: { kind: "access.code-refused" }, orderBy: { id: "desc" } });
    expect((await refused())?.message).toBe("A sign-in as Vera by one-time link gave a code that was refused.");
    expect(await signIn("000000")).toBe("wrong-code");
    expect((await refused())?.message).toBe("A sign-in as Vera by password gave a code that was refused.");
    expect(await signInByLink(token, HERE, appCode(secret))).toMatchObject({ id: vera.id });
    expect(await signInByLink(token, HERE, appCode(secret, 1))).toBeNull();
  });

  it("ends by password and code, or by an Admin, and never by a password alone", async () => {
    const { secret } = await enrol();
    expect(codeOf(await beginFactor({ present: PASSWORD }, vera.call()))).toBe("already-on");
    expect(codeOf(await removeFactor({ present: PASSWORD, code: "" }, vera.call()))).toBe("wrong-code");
    value(await removeFactor({ present: PASSWORD, code: appCode(secret) }, vera.call()));
    expect([await signIn(), await factorOf(vera.id)]).toMatchObject([{ id: vera.id }, null]);
    await enrol();
    const ada = await addUser("Ada", "admin");
    expect(codeOf(await resetFactor({ userId: ada.id }, vera.call()))).toBe("forbidden");
    value(await resetFactor({ userId: vera.id }, { ...ada.call(), from: HERE }));
    expect(await signIn()).toMatchObject({ id: vera.id });
    expect(await db.event.findFirst({ where: { kind: "factor.reset" }, orderBy: { id: "desc" } })).toMatchObject({
      message: "Ada reset the second factor of Vera.",
      details: { user: vera.id, from: HERE },
    });
    expect(codeOf(await resetFactor({ userId: vera.id }, ada.call()))).toBe("no-factor");
  });

  it("rests sealed to its person: neither in clear, nor of use in another row", async () => {
    const { secret, codes } = await enrol();
    const otto = await addUser("Otto");
    await beginFactor({ present: "" }, otto.call());
    const rows = await db.$queryRaw<{ row: string }[]>`
      SELECT f::text AS row FROM second_factor f UNION ALL SELECT c::text FROM recovery_code c UNION ALL SELECT e::text FROM event e`;
    const dump = rows.map(({ row }) => row).join("\n");
    const hex = (text: string) => Buffer.from(text).toString("hex");
    for (const hidden of [secret, hex(secret), Buffer.from(Secret.fromBase32(secret).bytes).toString("hex"), ...codes, ...codes.map(hex)])
      expect(dump.toLowerCase()).not.toContain(hidden.toLowerCase());
    await db.$executeRaw`
      UPDATE second_factor SET confirmed_at = now(), sealed = (SELECT sealed FROM second_factor WHERE user_id = ${vera.id}::uuid) WHERE user_id = ${otto.id}::uuid`;
    await expect(takeCode(otto.id, appCode(secret))).rejects.toThrow();
    await expect(db.$executeRaw`UPDATE second_factor SET sealed = ${Buffer.from(secret)} WHERE user_id = ${otto.id}::uuid`).rejects.toThrow(
      "second_factor_is_sealed",
    );
  });
});
