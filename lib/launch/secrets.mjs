/**
 * The secrets of an installation, made once and kept: next-auth's, the pair that seals credentials, and the web's key of second factors.
 * `node lib/launch/secrets.mjs <folder>` makes them for an installation that does not start with `npm start`, and prints what belongs
 * in its environment. Uses no package.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { privateFolder } from "./data-folder.mjs";

/** The frame of a raw X25519 private key in PKCS #8, RFC 8410. */
const PKCS8_X25519 = Buffer.from("302e020100300506032b656e04220420", "hex");

/**
 * @param {string} folder is made private
 * @returns {{ nextAuthSecret: string, factorKey: string, sealPublicKey: string, sealPrivateKeyFile: string }} keys as base64 of 32 raw bytes
 */
export function secretsIn(folder) {
  privateFolder(folder);
  const sealPrivateKeyFile = join(folder, "seal.key");
  const privateKey = keep(sealPrivateKeyFile, newPrivateKey);
  const sealPublicKey = publicKeyOf(privateKey);
  // The pair can not come apart: the public file is only a copy for those who look for it.
  if (read(join(folder, "seal.pub")) !== sealPublicKey) write(join(folder, "seal.pub"), sealPublicKey, 0o644);
  const nextAuthSecret = keep(join(folder, "nextauth"), () => randomBytes(32).toString("base64url"));
  return { nextAuthSecret, factorKey: keep(join(folder, "factor.key"), newPrivateKey), sealPublicKey, sealPrivateKeyFile };
}

/**
 * @param {string} privateKey base64 of the raw 32 bytes
 * @returns {string} base64 of the raw 32 bytes
 */
export function publicKeyOf(privateKey) {
  const raw = Buffer.from(privateKey, "base64");
  if (raw.length !== 32) throw new Error("The private key of the seal is damaged: it must be 32 bytes in base64.");
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_X25519, raw]), format: "der", type: "pkcs8" });
  return createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-32).toString("base64");
}

const newPrivateKey = () =>
  generateKeyPairSync("x25519").privateKey.export({ format: "der", type: "pkcs8" }).subarray(-32).toString("base64");

function keep(path, make) {
  return read(path) ?? write(path, make(), 0o600);
}

function read(path) {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** Whole or not at all: half a key would lose every credential that was sealed with the other half. */
function write(path, text, mode) {
  writeFileSync(`${path}.new`, `${text}\n`, { mode, flush: true });
  renameSync(`${path}.new`, path);
  return text;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!process.argv[2]) throw new Error("Name the folder for the secrets: node lib/launch/secrets.mjs <folder>");
  const { nextAuthSecret, factorKey, sealPublicKey } = secretsIn(resolve(process.argv[2]));
  console.log(`NEXTAUTH_SECRET=${nextAuthSecret}\nREGENT_FACTOR_KEY=${factorKey}\nREGENT_SEAL_PUBLIC_KEY=${sealPublicKey}`);
}
