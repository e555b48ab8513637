import { inspect } from "node:util";
import { expect, it } from "vitest";
import { generateSealKeyPair, open, seal, Secret, selfTest } from "./secrets";

const AAD = "escrow|1|sealed";
const pair = generateSealKeyPair();
const sealed = seal(pair.publicKey, "hunter2 é 🙂", AAD);

it("opens what it sealed, also nothing and much", () => {
  for (const text of ["hunter2 é 🙂", "", "x".repeat(100_000)])
    expect(open(pair.privateKey, seal(pair.publicKey, text, AAD), AAD).reveal()).toBe(text);
});

it("is never the same twice, begins with its header, and holds no plain text", () => {
  expect(Buffer.from(seal(pair.publicKey, "hunter2 é 🙂", AAD)).equals(Buffer.from(sealed))).toBe(false);
  expect(Buffer.from(sealed).subarray(0, 4).toString()).toBe("RGS1");
  expect(Buffer.from(seal(pair.publicKey, "x", AAD)).subarray(4, 12)).toEqual(Buffer.from(sealed).subarray(4, 12));
  expect(Buffer.from(sealed).includes("hunter2")).toBe(false);
});

it("does not open when any one byte was changed or it was cut short", () => {
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Uint8Array.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => open(pair.privateKey, changed, AAD), `byte ${at}`).toThrow();
  }
  for (const length of [0, 3, 12, 56, 71, sealed.length - 1])
    expect(() => open(pair.privateKey, sealed.subarray(0, length), AAD), `${length}`).toThrow();
});

it("does not open in another place or with another key, and takes no key of another size", () => {
  expect(() => open(pair.privateKey, sealed, "escrow|2|sealed")).toThrow();
  expect(() => open(generateSealKeyPair().privateKey, sealed, AAD)).toThrow("another key");
  expect(() => seal("c2hvcnQ=", "x", AAD)).toThrow();
  expect(() => open("c2hvcnQ=", sealed, AAD)).toThrow();
});

it("opens what an earlier version sealed", () => expect(selfTest).not.toThrow());

it("shows a secret only to who asks for it", () => {
  const secret = new Secret("hunter2");
  const shown = [
    `${secret}`,
    String(secret),
    JSON.stringify({ secret }),
    inspect({ secret }, { showHidden: true, depth: 9 }),
    Object.keys(secret).join(),
  ];
  expect(shown.join()).not.toContain("hunter2");
  expect(secret.reveal()).toBe("hunter2");
});
