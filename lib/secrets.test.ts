import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { generateSealKeyPair, open, publicHalf, seal, Secret, selfTest } from "./secrets";

const { publicKey, privateKey } = generateSealKeyPair();
const AAD = "escrow|1|password";
const CANARY = "pässwörd 🔑";
const opened = (sealed: Uint8Array, aad = AAD, key = privateKey): string => open(key, sealed, aad).reveal();
const flipped = (sealed: Uint8Array, at: number, bits = 1): Uint8Array => sealed.with(at, (sealed[at] ?? 0) ^ bits);

describe("sealing", () => {
  it("opens 1,000 texts of every length as they were", () => {
    for (let length = 0; length < 1000; length++) {
      const text = randomBytes(length).toString("latin1");
      expect(opened(seal(publicKey, text, AAD))).toBe(text);
    }
    expect(opened(seal(publicKey, CANARY, AAD))).toBe(CANARY);
    expect(selfTest).not.toThrow();
  });

  it("knows the public half of a private key", () => {
    expect(publicHalf(privateKey)).toBe(publicKey);
  });

  it("never gives the same bytes twice, and none of the text", () => {
    const sealed = Array.from({ length: 100 }, () => Buffer.from(seal(publicKey, CANARY, AAD)));
    expect(new Set(sealed.map((bytes) => bytes.toString("hex"))).size).toBe(100);
    expect(sealed.some((bytes) => bytes.includes("ssw"))).toBe(false);
  });

  it("begins with the four bytes that the database asks for, then the key's id", () => {
    const [one, two] = [seal(publicKey, "a", AAD), seal(publicKey, "b", AAD)].map((bytes) => Buffer.from(bytes));
    expect(one?.subarray(0, 4).toString("latin1")).toBe("RGS1");
    expect(one?.subarray(0, 12)).toEqual(two?.subarray(0, 12));
    // Header, key id, ephemeral key, IV, one byte of text, tag.
    expect(one?.length).toBe(4 + 8 + 32 + 12 + 1 + 16);
  });

  it("does not open when a bit of any byte was changed", () => {
    const sealed = seal(publicKey, CANARY, AAD);
    // X25519 itself does not look at the highest bit of a key; here it counts as every other.
    for (let at = 0; at < sealed.length; at++)
      for (const bits of [1, 0x80]) expect(() => opened(flipped(sealed, at, bits)), `byte ${at}`).toThrow();
  });

  it("does not open when bytes are missing or too many", () => {
    const sealed = seal(publicKey, CANARY, AAD);
    for (let length = 0; length < sealed.length; length++) expect(() => opened(sealed.subarray(0, length)), `${length} bytes`).toThrow();
    expect(() => opened(Buffer.concat([sealed, Buffer.from([0])]))).toThrow();
  });

  it("does not open in another place or for another key", () => {
    const sealed = seal(publicKey, CANARY, AAD);
    for (const aad of ["escrow|2|password", "", `${AAD} `, `${AAD}|`]) expect(() => opened(sealed, aad)).toThrow();
    expect(() => opened(sealed, AAD, generateSealKeyPair().privateKey)).toThrow("The secret was sealed for another key.");
    expect(() => opened(Buffer.from(CANARY))).toThrow("This is not a sealed secret.");
  });

  it("seals for nobody rather than for a key that is none", () => {
    for (const key of ["", "AAAA", Buffer.alloc(32).toString("base64"), Buffer.alloc(33, 1).toString("base64")])
      expect(() => seal(key, CANARY, AAD), key).toThrow();
  });

  it("says nothing of the text in its errors", () => {
    try {
      opened(flipped(seal(publicKey, CANARY, AAD), 60));
      expect.unreachable();
    } catch (error) {
      expect(inspect(error)).not.toContain("ssw");
    }
  });
});

it("prints a secret nowhere", () => {
  const secret = new Secret(CANARY);
  const printed = [
    String(secret),
    `${secret}`,
    "" + secret,
    JSON.stringify({ secret }),
    inspect(secret, { depth: 9, showHidden: true }),
    inspect({ deep: [{ secret }] }, { depth: 9 }),
    Object.entries(secret).join(),
    JSON.stringify(structuredClone({ ...secret })),
    new Error("with a secret", { cause: secret }).stack ?? "",
    inspect(new Error("with a secret", { cause: secret })),
  ];
  expect(printed.filter((text) => text.includes("ssw"))).toEqual([]);
  expect(printed.slice(0, 3)).toEqual(["[secret]", "[secret]", "[secret]"]);
  expect(secret.reveal()).toBe(CANARY);
});
