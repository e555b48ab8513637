/**
 * The power of a machine, by its BMC over IPMI 2.0 (ipmitool, as a child process without a shell). The password is in the child's
 * environment and nowhere else. Everything that goes wrong is a refusal with its own sentence.
 */
import { execFile } from "node:child_process";
import { POWER } from "../messages/power";
import { done, type Outcome, type Refusal } from "../outcome";

export type Bmc = { address: string; port: number; login: string; password: string };
export type PowerState = "on" | "off";
export type PowerOrder = "soft" | "off" | "on" | "cycle";

/** Cipher suite 3 is what nearly every BMC has, 17 what newer ones allow alone. Left to choose, ipmitool waits 10 s with some of them. */
const SUITES = ["3", "17"] as const;
/** What cutting power needs: a BMC refuses the session of a login that may less. */
const PRIVILEGE = "OPERATOR";
/** ipmitool asks again after a second, then after two: six seconds until it gives up. */
const WAITS = ["-N", "1", "-R", "2"];
const CALL_MS = 15_000;
const OUTPUT_BYTES = 64 * 1024;

export type PowerOptions = { signal?: AbortSignal; program?: string };

/** Whether it is on. */
export async function powerState(bmc: Bmc, options: PowerOptions = {}): Promise<Outcome<PowerState>> {
  const said = await ipmitool(bmc, "status", options);
  if (!said.ok) return said;
  const [, state] = /Chassis Power is (on|off)/i.exec(said.value) ?? [];
  return state ? done(state.toLowerCase() as PowerState) : POWER.unreadable(bmc); // the pattern has no other words
}

/** Gives an order; that it was taken says nothing of what became of it. */
export async function orderPower(bmc: Bmc, order: PowerOrder, options: PowerOptions = {}): Promise<Outcome> {
  const said = await ipmitool(bmc, order, options);
  return said.ok ? done(undefined) : said;
}

type Said = { code: number | string | null; killed: boolean; text: string };

async function ipmitool(bmc: Bmc, what: "status" | PowerOrder, options: PowerOptions): Promise<Outcome<string>> {
  let refused: Refusal = POWER.silent(bmc);
  for (const suite of SUITES) {
    const said = await call(bmc, suite, what, options);
    if (said.code === 0) return done(said.text);
    refused = explain(said, bmc, what);
    if (refused.code !== "bmc-cipher") return refused;
  }
  return refused;
}

function call(
  { address, port, login, password }: Bmc,
  suite: string,
  what: string,
  { signal, program = "ipmitool" }: PowerOptions,
): Promise<Said> {
  const words = ["-I", "lanplus", "-C", suite, "-H", address, "-p", String(port), "-U", login, "-L", PRIVILEGE, "-E", ...WAITS, "-v"];
  const env = { PATH: process.env.PATH ?? "", LC_ALL: "C", IPMI_PASSWORD: password, NODE_ENV: process.env.NODE_ENV };
  const limits = { env, timeout: CALL_MS, maxBuffer: OUTPUT_BYTES, killSignal: "SIGKILL", ...(signal ? { signal } : {}) } as const;
  return new Promise((resolve) => {
    execFile(program, [...words, "chassis", "power", what], limits, (error, stdout, stderr) =>
      resolve({ code: error ? (error.code ?? null) : 0, killed: error?.killed ?? false, text: `${stdout}\n${stderr}` }),
    );
  });
}

/** With -v ipmitool tells of questions of its own that a BMC need not answer, in the words of what would matter. */
const ASIDES = /^.*(Invalid completion code received|Capabilities request failed|Running Get VSO).*$/gim;

/** By what ipmitool 1.8.18 and 1.8.19 print with -v. */
const SAYINGS: readonly [RegExp, (bmc: Bmc) => Refusal][] = [
  [
    /RAKP 2 HMAC is invalid|RAKP 2 message indicates an error : (unauthorized name|invalid integrity check value)|invalid user name|password verification/i,
    POWER.wrongLogin,
  ],
  [/insufficient privilege|unauthorized role or privilege level|privilege level .* exceed/i, POWER.notAllowed],
  [
    /invalid authentication algorithm|no matching cipher suite|invalid integrity algorithm|invalid confidentiality algorithm|illegal or unrecognized parameter/i,
    POWER.noSuite,
  ],
  [/insufficient resources/i, POWER.busy],
  [/Get Auth Capabilities error|Get Channel Authentication Capabilities|no response|timeout/i, POWER.silent],
  [/address lookup|could not open socket|network is unreachable|no route to host/i, POWER.unreachable],
];

export function explain({ code, killed, text }: Said, bmc: Bmc, what: string): Refusal {
  if (code === "ENOENT" || code === "EACCES") return POWER.noTool();
  if (killed) return POWER.silent(bmc);
  const known = SAYINGS.find(([pattern]) => pattern.test(text.replace(ASIDES, "")));
  if (known) return known[1](bmc);
  return POWER.failed(bmc, what, lastLine(text.replace(ASIDES, "")));
}

const lastLine = (text: string): string =>
  text
    .split("\n")
    .map((line) => line.replace(/[^ -~]/g, "").trim())
    .findLast((line) => line !== "")
    ?.slice(0, 200) ?? "";
