/**
 * Sealing: whoever has the public key can close a secret, only the worker's private key opens it. Ephemeral X25519, HKDF-SHA256,
 * AES-256-GCM; the associated data binds the text to its row and column.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from "node:crypto";
import { inspect } from "node:util";

const MAGIC = Buffer.from("RGS1");
const KEY_ID_BYTES = 8;
const RAW_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = MAGIC.length + KEY_ID_BYTES + RAW_BYTES + IV_BYTES;

/** DER prefixes of a raw X25519 key, RFC 8410. */
const SPKI = Buffer.from("302a300506032b656e032100", "hex");
const PKCS8 = Buffer.from("302e020100300506032b656e04220420", "hex");

/** OpenSSL reads a key that is too long, and takes the first bytes for it: what is sealed so opens for nobody. */
function publicKeyOf(raw: Buffer): KeyObject {
  if (raw.length !== RAW_BYTES) throw new Error("A public sealing key has 32 bytes.");
  return createPublicKey({ key: Buffer.concat([SPKI, raw]), format: "der", type: "spki" });
}
const privateKeyOf = (raw: Buffer): KeyObject => createPrivateKey({ key: Buffer.concat([PKCS8, raw]), format: "der", type: "pkcs8" });
const rawOf = (key: KeyObject): Buffer => key.export({ format: "der", type: "spki" }).subarray(-RAW_BYTES);
const keyId = (rawPublic: Buffer): Buffer => createHash("sha256").update(rawPublic).digest().subarray(0, KEY_ID_BYTES);

const contentKey = (shared: Buffer, ephemeral: Buffer, recipient: Buffer): Buffer =>
  Buffer.from(hkdfSync("sha256", shared, Buffer.concat([ephemeral, recipient]), "regent seal 1", RAW_BYTES));

/** A text that must not be printed. Only reveal() gives it. */
export class Secret {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  reveal(): string {
    return this.#text;
  }
  toString(): string {
    return "[secret]";
  }
  toJSON(): string {
    return "[secret]";
  }
  [inspect.custom](): string {
    return "[secret]";
  }
}

/** Keys as base64 of 32 raw bytes. */
export function generateSealKeyPair(): { publicKey: string; privateKey: string } {
  const pair = generateKeyPairSync("x25519");
  return {
    publicKey: rawOf(pair.publicKey).toString("base64"),
    privateKey: pair.privateKey.export({ format: "der", type: "pkcs8" }).subarray(-RAW_BYTES).toString("base64"),
  };
}

/** The public half of a private key, both as base64 of 32 raw bytes: for who seals to himself. */
export const publicHalf = (privateKey: string): string =>
  rawOf(createPublicKey(privateKeyOf(Buffer.from(privateKey, "base64")))).toString("base64");

/** Seals a text for the holder of the private key. Layout: "RGS1", key id, ephemeral public key, IV, ciphertext, tag. */
export function seal(publicKey: string, text: string, aad: string): Uint8Array<ArrayBuffer> {
  const recipient = Buffer.from(publicKey, "base64");
  const ephemeral = generateKeyPairSync("x25519");
  const ephemeralRaw = rawOf(ephemeral.publicKey);
  const shared = diffieHellman({ privateKey: ephemeral.privateKey, publicKey: publicKeyOf(recipient) });
  const id = keyId(recipient);
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", contentKey(shared, ephemeralRaw, recipient), iv);
  cipher.setAAD(Buffer.concat([Buffer.from(aad), Buffer.from("|"), id]));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return new Uint8Array(Buffer.concat([MAGIC, id, ephemeralRaw, iv, sealed, cipher.getAuthTag()]));
}

/** Opens a sealed text. Throws when it was changed, moved to another place, or sealed for another key. */
export function open(privateKey: string, sealed: Uint8Array, aad: string): Secret {
  const bytes = Buffer.from(sealed);
  const key = privateKeyOf(Buffer.from(privateKey, "base64"));
  const recipient = rawOf(createPublicKey(key));
  const id = keyId(recipient);
  if (bytes.length < HEADER_BYTES + TAG_BYTES || !bytes.subarray(0, MAGIC.length).equals(MAGIC))
    throw new Error("This is not a sealed secret.");
  if (!bytes.subarray(MAGIC.length, MAGIC.length + KEY_ID_BYTES).equals(id)) throw new Error("The secret was sealed for another key.");
  const ephemeralRaw = bytes.subarray(MAGIC.length + KEY_ID_BYTES, MAGIC.length + KEY_ID_BYTES + RAW_BYTES);
  const shared = diffieHellman({ privateKey: key, publicKey: publicKeyOf(ephemeralRaw) });
  const decipher = createDecipheriv(
    "aes-256-gcm",
    contentKey(shared, ephemeralRaw, recipient),
    bytes.subarray(HEADER_BYTES - IV_BYTES, HEADER_BYTES),
  );
  decipher.setAAD(Buffer.concat([Buffer.from(aad), Buffer.from("|"), id]));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  return new Secret(Buffer.concat([decipher.update(bytes.subarray(HEADER_BYTES, -TAG_BYTES)), decipher.final()]).toString("utf8"));
}

/** Sealed once with a key that is used for nothing else: what was sealed by an earlier version must open for ever. */
const KNOWN_ANSWER = {
  privateKey: "eMTohUIpVqp+PN+h373Hxtb2paqBQHQlyUfSjy2wT1U=",
  sealed: "UkdTMfWLtwR2J84TpLustDz+c2NeJ/8/fCcisQ1T3FbiK+W2XIk3XlmQN2zo1J2gnCirhXTcCBa+JNtRIuj5RgP/rks2B3KKL3svVeeYGIkmCjuK",
  aad: "self|test",
  text: "known answer",
};

/** Proves before work begins that what was sealed before, and what is sealed now, opens here. Throws when not. */
export function selfTest(): void {
  const { privateKey, sealed, aad, text } = KNOWN_ANSWER;
  const pair = generateSealKeyPair();
  const before = open(privateKey, Buffer.from(sealed, "base64"), aad).reveal();
  const now = open(pair.privateKey, seal(pair.publicKey, text, aad), aad).reveal();
  if (before !== text || now !== text) throw new Error("Sealing does not work on this machine.");
}
