/** The lab of real hosts, for tests: a thin typed door to lab.sh, which does the work and words the errors. */
import { execFile, execFileSync, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";

const LAB = fileURLToPath(new URL("lab.sh", import.meta.url));
/** Long enough for a first build of the layers on a slow line. */
const UP_TIMEOUT_MS = 15 * 60_000;
const COMMAND_TIMEOUT_MS = 3 * 60_000;
const MAX_OUTPUT_BYTES = 8 * 1024 * 1024;

/** May run everything through sudo without a password. */
export const ADMIN = { user: "admin", password: "lab-secret" };
/** May log in and nothing more. */
export const PLAIN = { user: "plain", password: "lab-plain" };

const labHost = z.strictObject({
  number: z.int(),
  name: z.string(),
  ip: z.ipv4(),
  /** bare: Debian whose package cache holds libvirt and QEMU; hv: both installed; light: sshd alone; mail: a mail server. */
  kind: z.enum(["bare", "hv", "light", "mail"]),
  memoryMiB: z.int(),
  cpus: z.int(),
  power: z.enum(["on", "off"]),
  /** Of eno1, the card that carries the address. */
  mac: z.string(),
  /** As ssh-keygen prints them on the host itself; empty while it is off. */
  hostKeys: z.array(z.strictObject({ type: z.string(), sha256: z.string() })),
});
const labStatus = z.strictObject({ network: z.string(), console: z.string(), hosts: z.array(labHost) });

export type LabHost = z.infer<typeof labHost>;
export type LabSpec = { number: number; kind: LabHost["kind"]; memoryMiB?: number; cpus?: number };
/**
 * cut, mend: the cable. crash, boot: the power (a boot keeps the disk). silent, speak: sshd accepts and says nothing.
 * rekey: new SSH host keys. memory: as if the machine had only so many MiB; more than that ends a process of it.
 * bmc-silent, bmc-speak: its BMC stops answering, and answers again.
 */
export type LabFault = "cut" | "mend" | "crash" | "boot" | "silent" | "speak" | "rekey" | "bmc-silent" | "bmc-speak" | `memory:${number}`;

/** Whether this machine can run the lab; the reason is one sentence for the list of skipped tests. Changes nothing. */
export function available(): { ok: true } | { ok: false; reason: string } {
  if (process.platform !== "linux") return { ok: false, reason: `the lab needs Linux; this is ${process.platform}.` };
  try {
    execFileSync("bash", [LAB, "check"], { stdio: "pipe", timeout: COMMAND_TIMEOUT_MS });
    return { ok: true };
  } catch (error) {
    return { ok: false, reason: sentence(error) };
  }
}

/** Builds what is missing, starts the hosts that do not run yet and waits for their SSH. Answers with all hosts of the lab. */
export async function up(specs: readonly LabSpec[]): Promise<LabHost[]> {
  const words = specs.map((spec) => [spec.number, spec.kind, spec.memoryMiB ?? 2048, spec.cpus ?? 2].join(":"));
  await new Promise<void>((resolve, reject) => {
    const child = spawn("bash", [LAB, "up", ...words], { stdio: ["ignore", "inherit", "pipe"], timeout: UP_TIMEOUT_MS });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(sentence({ stderr, message: `lab up ended with ${code}` })))));
  });
  return status();
}

/** All hosts of the lab as they are now; none when the lab is down. */
export async function status(): Promise<LabHost[]> {
  return labStatus.parse(JSON.parse(await lab("status", "--json"))).hosts;
}

/**
 * Runs a shell command on the host as root, without its SSH, and answers with its standard output: what the host itself says.
 * Rejects when the command ends with anything but 0.
 */
export async function at(host: number, command: string): Promise<string> {
  return lab("at", String(host), "sh", "-c", command);
}

export async function fault(host: number, kind: LabFault): Promise<void> {
  await lab("fault", String(host), kind);
}

/** Defines and starts a small virtual machine through the host's own libvirt. A bios guest never boots and costs next to nothing. */
export async function guest(host: number, name: string, memoryMiB: number, kind: "linux" | "bios", address?: string): Promise<void> {
  await lab("guest", String(host), name, String(memoryMiB), kind, ...(address === undefined ? [] : [address]));
}

/** Of every BMC of the lab, unless it was given another password. */
export const BMC = { login: "admin", password: "lab-bmc-secret" };

/** Gives a host a BMC of its own, anew when it has one; answers with its address. */
export async function bmc(host: LabHost, password = BMC.password): Promise<string> {
  await lab("bmc", `${host.number}:${password}`);
  return host.ip.replace(/\d+$/, String(100 + host.number));
}

/** Removes the whole lab, whatever state it is in. The built layers stay. */
export async function down(): Promise<void> {
  await lab("down");
}

async function lab(...words: string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)("bash", [LAB, ...words], { timeout: COMMAND_TIMEOUT_MS, maxBuffer: MAX_OUTPUT_BYTES });
    return stdout;
  } catch (error) {
    throw new Error(sentence(error), { cause: error });
  }
}

const childError = z.object({ stderr: z.coerce.string() });

function sentence(error: unknown): string {
  const said = childError
    .safeParse(error)
    .data?.stderr.trim()
    .split("\n")
    .at(-1)
    ?.replace(/^lab: /, "");
  if (said !== undefined && said !== "") return said;
  return error instanceof Error ? error.message : String(error);
}
