/** What Regent knows of a server that is off when the demo region first starts: it was met while it still ran. */
import { createHash } from "node:crypto";
import ssh2 from "ssh2";
import type { DemoNode } from "@/lib/demo/fleet";
import { inventoryText } from "@/lib/demo/inventory-text";
import { authorize, hostKeyOf } from "@/lib/demo/state";
import type { Inventory } from "@/lib/domain/inventory";
import { parseProbe } from "@/lib/machines/parse";

export type UnpoweredFacts = { hostKey: { type: string; sha256: string }; inventory: Inventory };

/**
 * The host key and last inventory of a server that answers no more. With REGENT_DEMO_STATE set, the key pair is the one in its
 * state folder and `authorizedKey` is put there, so that the server knows Regent when it is switched on again.
 */
export function unpoweredFacts(server: DemoNode, authorizedKey: string): UnpoweredFacts {
  const lastSeen = Date.now() / 1000 - server.statusAgeSeconds;
  const inventory = parseProbe(inventoryText(server, lastSeen));
  if (!inventory.ok) throw new Error(`${server.name}: ${inventory.reason}`);
  const folder = process.env.REGENT_DEMO_STATE;
  if (folder) authorize(folder, server, authorizedKey);
  const blob = folder ? publicBlob(hostKeyOf(folder, server)) : Buffer.from(server.name);
  const sha256 = createHash("sha256").update(blob).digest("base64").replace(/=+$/, "");
  return { hostKey: { type: "ssh-ed25519", sha256: `SHA256:${sha256}` }, inventory: inventory.value };
}

function publicBlob(privateKey: string): Buffer {
  const key = ssh2.utils.parseKey(privateKey);
  if (key instanceof Error) throw key;
  return key.getPublicSSH();
}
