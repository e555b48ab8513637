/** Whom a simulated server lets in: its one user, with the password or with a key of its authorized_keys. */
import type { AuthContext } from "ssh2";
import ssh2 from "ssh2";
import { readFaults } from "@/lib/demo/faults";
import type { DemoServer } from "@/lib/demo/fleet";
import { authorizedKeys } from "@/lib/demo/state";

/** Answers one attempt at authentication. */
export function admits(server: DemoServer, folder: string, context: AuthContext): boolean {
  if (context.username !== server.credentials.user) return false;
  if (context.method === "password") return context.password === (readFaults(folder, server.ip).password ?? server.credentials.password);
  if (context.method !== "publickey") return false;
  const { key, signature, blob } = context;
  return authorizedKeys(folder, server).some((line) => {
    // Options may stand before the key.
    const known = ssh2.utils.parseKey(/\bssh-ed25519 AAAA\S+/.exec(line)?.[0] ?? "");
    if (known instanceof Error || !known.getPublicSSH().equals(key.data)) return false;
    // Without a signature the client only asks whether this key would do.
    return !signature || !blob || known.verify(blob, signature, context.hashAlgo) === true;
  });
}
