/** The migration trust between simulated servers: real keys and fingerprints, kept with each server. */
import ssh2 from "ssh2";
import { createHash } from "node:crypto";
import { deed, linesOf, silence } from "@/lib/demo/deed";
import type { Exec } from "@/lib/demo/exec";
import { clock } from "@/lib/demo/exec";
import { readFaults } from "@/lib/demo/faults";
import { ALL_SERVERS, type DemoServer } from "@/lib/demo/fleet";
import { between } from "@/lib/demo/random";
import { authorizedKeys, changeState, hostKeyOf, readState, replaceAuthorizedKeys } from "@/lib/demo/state";
import { hypervisorRuns } from "@/lib/demo/units";

const serverAt = (ip: string): DemoServer | undefined => ALL_SERVERS.find((server) => server.ip === ip);

export async function migrationKey(exec: Exec): Promise<number> {
  const { server, folder } = exec;
  changeState(folder, server, clock(), (state) => ({ ...state, migrationKey: state.migrationKey ?? newPublicKey() }));
  return deed(exec, `done ${readState(folder, server, clock()).migrationKey} regent-migration`);
}

const newPublicKey = (): string => ssh2.utils.generateKeyPairSync("ed25519").public.split(" ").slice(0, 2).join(" ");

const REFUSED_ROOT = "refused root-login";

export async function allowPeer(exec: Exec): Promise<number> {
  const [ip = "", key = ""] = await linesOf(exec);
  if (exec.faults.noRootLogin) return deed(exec, REFUSED_ROOT);
  const { server, folder } = exec;
  const before = readState(folder, server, clock()).allowed?.[bodyOf(key)];
  changeState(folder, server, clock(), (state) => ({ ...state, allowed: { ...state.allowed, [bodyOf(key)]: ip } }));
  return deed(exec, before === ip ? "done present" : "done allowed");
}

const bodyOf = (key: string): string => key.split(" ")[1] ?? "";

/** As ssh-keyscan would find it: null when nobody answers there. */
function fingerprintAt(ip: string, folder: string): string | null {
  const server = serverAt(ip);
  const faults = server && readFaults(folder, ip);
  if (!server?.powered || !faults || faults.refuse || faults.hang === "banner") return null;
  const key = ssh2.utils.parseKey(hostKeyOf(folder, server, faults.hostKey === "new" ? "host_key_new" : "host_key"));
  if (key instanceof Error) throw key;
  return `SHA256:${createHash("sha256").update(key.getPublicSSH()).digest("base64").replace(/=+$/, "")}`;
}

export async function knowPeer(exec: Exec): Promise<number> {
  const [ip = "", port, , pin = ""] = await linesOf(exec);
  const seen = fingerprintAt(ip, exec.folder);
  if (seen === null) return deed(exec, "refused peer-silent", [`connect (\`${ip}'): Connection refused, port ${port}`]);
  if (seen !== pin) return deed(exec, `refused other-key ${seen}`);
  changeState(exec.folder, exec.server, clock(), (state) => ({ ...state, known: { ...state.known, [ip]: seen } }));
  return deed(exec, "done known");
}

/** null: the peer's libvirt is reached. Otherwise how a script ends that can not reach it. */
export function distrust({ server, folder }: Pick<Exec, "server" | "folder">, ip: string): { result: string; said: string[] } | null {
  const state = readState(folder, server, clock());
  const peer = serverAt(ip);
  if (!state.migrationKey) return { result: "refused no-key", said: [] };
  const known = state.known?.[ip];
  if (!known || !peer) return { result: "refused peer-unknown", said: [] };
  const seen = fingerprintAt(ip, folder);
  const failed = (...words: string[]) => ({ result: "refused failed", said: ["error: failed to connect to the hypervisor", ...words] });
  const cut = "error: Cannot recv data: ";
  if (seen === null) return failed(`${cut}ssh: connect to host ${ip} port 22: Connection refused: Connection reset by peer`);
  if (seen !== known) return failed(`${cut}Host key verification failed.: Connection reset by peer`);
  const there = readState(folder, peer, clock());
  if (readFaults(folder, ip).noRootLogin || there.allowed?.[bodyOf(state.migrationKey)] !== server.ip)
    return failed(`${cut}root@${ip}: Permission denied (publickey,password).: Connection reset by peer`);
  return hypervisorRuns(there) ? null : failed(`${cut}End of file while reading data: Input/output error`);
}

export async function checkPeer(exec: Exec): Promise<number> {
  const [ip = ""] = await linesOf(exec);
  const why = distrust(exec, ip);
  if (why) return deed(exec, why.result, why.said);
  return silence(exec) ?? deed(exec, `done 0.${between(`${exec.server.ip} ${ip}`, 120, 420)}`);
}

export async function forgetPeer(exec: Exec): Promise<number> {
  const [ip = "", key = ""] = await linesOf(exec);
  changeState(exec.folder, exec.server, clock(), ({ allowed = {}, known = {}, ...state }) => ({
    ...state,
    allowed: without(allowed, bodyOf(key)),
    known: without(known, ip),
  }));
  return deed(exec, "done forgotten");
}

const without = (record: Readonly<Record<string, string>>, key: string): Record<string, string> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));

export async function forgetRegent(exec: Exec): Promise<number> {
  const [key = ""] = await linesOf(exec);
  const { server, folder } = exec;
  changeState(folder, server, clock(), ({ migrationKey: _, allowed: __, known: ___, attempts: ____, ...state }) => state);
  replaceAuthorizedKeys(folder, server, authorizedKeys(folder, server).filter((line) => !line.includes(bodyOf(key)))); // prettier-ignore
  return deed(exec, "done forgotten");
}
