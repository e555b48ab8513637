import { KeyPair, ModifyRequest } from "../../domain/requests";
import { refuse } from "../../outcome";
import { modifyRecord } from "../../services/nodes/modify-record";
import { installOwnKey, loginWithOwnKey } from "./key";
import { ended, nodeOf, type Step } from "./step";

const key: Step = async (operation) => {
  const { user, newPassword } = ModifyRequest.parse(operation.request);
  const node = await nodeOf(operation);
  if (!node.ok) return node;
  if (!newPassword) return ended("The key that is there stays");
  const { hostKeyType, hostKeySha256, key: owned } = node.value;
  const existing = owned ? { publicKey: owned.publicKey, sealedPrivate: Buffer.from(owned.sealedPrivate).toString("base64") } : undefined;
  const installed = await installOwnKey(operation, { user, hostKey: { type: hostKeyType, sha256: hostKeySha256 } }, existing);
  return installed.ok ? ended("One line in authorized_keys, no forwarding, no terminal") : installed;
};

const login: Step = async (operation) => {
  const { user } = ModifyRequest.parse(operation.request);
  const node = await nodeOf(operation);
  if (!node.ok) return node;
  const { hostKeyType, hostKeySha256, key: owned } = node.value;
  const pair =
    KeyPair.safeParse((operation.result as { key?: unknown } | null)?.key).data ??
    (owned ? { publicKey: owned.publicKey, sealedPrivate: Buffer.from(owned.sealedPrivate).toString("base64") } : undefined);
  if (!pair) return refuse("no-key", `Regent has no key for ${operation.ip}.`, { hint: "Type the SSH Password.", field: "password" });
  const privilege = await loginWithOwnKey(operation, { user, hostKey: { type: hostKeyType, sha256: hostKeySha256 } }, pair);
  return privilege.ok ? ended(`${user} logged in by key`) : privilege;
};

const record: Step = async (operation) => {
  const pair = KeyPair.safeParse((operation.result as { key?: unknown } | null)?.key).data;
  return ended("Recorded", { commit: (tx, held) => modifyRecord(tx, held, pair) });
};

export const modifySteps = { key, login, record };
