/** Which algorithms of SSH Regent speaks: fast ones that nobody has broken, and of a pinned host key only its own type. */
import { createHash } from "node:crypto";
import type { ConnectConfig, ServerHostKeyAlgorithm } from "ssh2";
import type { HostKey } from "../domain/requests";

/** What a server may prove itself with, the best first; a pinned type leaves nothing else to fall back to. */
const HOST_KEY_ALGORITHMS: Record<string, ServerHostKeyAlgorithm[]> = {
  "ssh-ed25519": ["ssh-ed25519"],
  "ecdsa-sha2-nistp256": ["ecdsa-sha2-nistp256"],
  "ecdsa-sha2-nistp384": ["ecdsa-sha2-nistp384"],
  "ecdsa-sha2-nistp521": ["ecdsa-sha2-nistp521"],
  "ssh-rsa": ["rsa-sha2-512", "rsa-sha2-256"],
};

/** Without a type, every one that is known; with one, nothing to fall back to. */
export const algorithms = (hostKeyType?: string): ConnectConfig["algorithms"] => ({
  kex: [
    "curve25519-sha256",
    "curve25519-sha256@libssh.org",
    "ecdh-sha2-nistp256",
    "ecdh-sha2-nistp384",
    "diffie-hellman-group14-sha256",
    "diffie-hellman-group16-sha512",
  ],
  cipher: ["aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "aes128-ctr", "aes256-ctr"],
  hmac: ["hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com", "hmac-sha2-256", "hmac-sha2-512"],
  serverHostKey: hostKeyType ? (HOST_KEY_ALGORITHMS[hostKeyType] ?? []) : Object.values(HOST_KEY_ALGORITHMS).flat(),
  compress: ["none"],
});

/** Type and fingerprint of a host key as it came over the wire. */
export function hostKeyOf(blob: Buffer): HostKey {
  const length = blob.readUInt32BE(0);
  const type = blob.subarray(4, 4 + Math.min(length, 64)).toString("latin1");
  return { type, sha256: `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}` };
}
