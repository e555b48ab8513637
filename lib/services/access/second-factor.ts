/**
 * The second factor: codes of an authenticator app (RFC 6238, SHA-1, six digits, 30 s), and recovery codes. The secret rests sealed to
 * the web's own key; time is the database's.
 */
import { createHash, randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import { db, type Tx } from "../../db";
import { secondFactorAad } from "../../domain/sealing";
import { factorEnv } from "../../env";
import { open, publicHalf, seal } from "../../secrets";
import { takeToken } from "./rate";

const PERIOD_SECONDS = 30;
const SECRET_BYTES = 20;
/** Steps before and after the present one: a phone's clock is seldom off by more. */
const WINDOW = 1;
const WINDOW_SECONDS = 5 * 60;
/** Guesses at one account from anywhere, in five minutes and in a day: of a million codes three are right at a time. */
const IN_A_WINDOW = 10;
const IN_A_DAY = 60;

export const RECOVERY_CODES = 10;
/** 80 bits: the hash of one can not be searched through. */
const RECOVERY_BYTES = 10;

/** As `otpauth:` addresses and people write it, base32 without padding. */
export type FactorSecret = { secret: string; address: string };

const totpOf = (secret: Secret, issuer = "Regent", label = ""): TOTP =>
  new TOTP({ issuer, label, secret, algorithm: "SHA1", digits: 6, period: PERIOD_SECONDS });

/** Makes a secret that counts once it is confirmed; one that was not takes the place of the one before. False: there is one that counts. */
export async function makeFactor(tx: Tx, userId: string, issuer: string, label: string): Promise<FactorSecret | false> {
  const secret = new Secret({ size: SECRET_BYTES });
  const sealed = seal(publicHalf(factorEnv().REGENT_FACTOR_KEY), secret.base32, secondFactorAad(userId));
  const made = await tx.$executeRaw`
    INSERT INTO second_factor (user_id, sealed) VALUES (${userId}::uuid, ${sealed})
    ON CONFLICT (user_id) DO UPDATE SET sealed = excluded.sealed, created_at = now(), last_step = NULL WHERE second_factor.confirmed_at IS NULL`;
  return made === 1 && { secret: secret.base32, address: totpOf(secret, issuer, label).toString() };
}

/** Takes a code of the app, once: its time step, and those before it, never work again. */
export async function takeTotp(userId: string, code: string, { confirmed }: { confirmed: boolean }): Promise<boolean> {
  const [row] = await db.$queryRaw<{ sealed: Uint8Array; now: number }[]>`
    SELECT sealed, extract(epoch FROM clock_timestamp())::float8 AS now FROM second_factor
    WHERE user_id = ${userId}::uuid AND (confirmed_at IS NOT NULL) = ${confirmed}`;
  if (!row) return false;
  const secret = Secret.fromBase32(open(factorEnv().REGENT_FACTOR_KEY, row.sealed, secondFactorAad(userId)).reveal());
  const delta = totpOf(secret).validate({ token: code, timestamp: row.now * 1000, window: WINDOW });
  if (delta === null) return false;
  const step = Math.floor(row.now / PERIOD_SECONDS) + delta;
  return (
    (await db.$executeRaw`
      UPDATE second_factor SET last_step = ${step}::bigint WHERE user_id = ${userId}::uuid AND (last_step IS NULL OR last_step < ${step}::bigint)`) ===
    1
  );
}

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/** "ABCD-EFGH-JKLM-NPQR". */
function recoveryCode(): string {
  const letters = [...randomBytes(RECOVERY_BYTES)].flatMap((byte, index, all) => {
    // Five bytes are eight letters.
    if (index % 5 !== 4) return [];
    const bits = all
      .slice(index - 4, index + 1)
      .map((part) => part.toString(2).padStart(8, "0"))
      .join("");
    return (bits.match(/.{5}/g) ?? []).map((group) => BASE32.charAt(Number.parseInt(group, 2)));
  });
  return letters.join("").replace(/(.{4})(?=.)/g, "$1-");
}

/** However it is typed. The user's id keeps equal codes of two people from having one hash. */
const hashOfCode = (userId: string, code: string) =>
  new Uint8Array(
    createHash("sha256")
      .update(`${userId} ${code.toUpperCase().replace(/[^A-Z2-7]/g, "")}`)
      .digest(),
  );

/** Makes all of them new; the old ones end. Only hashes are kept. */
export async function makeRecoveryCodes(tx: Tx, userId: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, recoveryCode);
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.recoveryCode.createMany({ data: codes.map((code) => ({ userId, codeHash: hashOfCode(userId, code) })) });
  return codes;
}

const takeRecovery = async (userId: string, code: string): Promise<boolean> =>
  (await db.$executeRaw`
    UPDATE recovery_code SET used_at = now() WHERE user_id = ${userId}::uuid AND code_hash = ${hashOfCode(userId, code)} AND used_at IS NULL`) ===
  1;

/** Whether a sign-in of this user asks for a code. */
export const hasFactor = async (userId: string): Promise<boolean> =>
  (await db.secondFactor.count({ where: { userId, confirmedAt: { not: null } } })) > 0;

/** Whether another code may be tried: limited like passwords, by account, because whoever tries knows the password already. */
export const mayTryCode = async (userId: string): Promise<boolean> =>
  (await takeToken(`code:${userId}`, IN_A_WINDOW, WINDOW_SECONDS)) && (await takeToken(`code-day:${userId}`, IN_A_DAY, 24 * 3600));

/** "too-many": it was not looked at, and may be right. */
export type Tried = "right" | "wrong" | "too-many";

/** Takes a code of the app or a recovery code, which is used up by this. */
export async function takeCode(userId: string, typed: string): Promise<Tried> {
  if (!(await mayTryCode(userId))) return "too-many";
  const digits = typed.replace(/\s/g, "");
  const isRight = await (/^\d{6}$/.test(digits) ? takeTotp(userId, digits, { confirmed: true }) : takeRecovery(userId, typed));
  return isRight ? "right" : "wrong";
}
