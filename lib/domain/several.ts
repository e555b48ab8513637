/** Several servers at once, as an administrator pastes them: `ip, user, type, macs`, a line for each, and a sentence for each that is wrong. */
import { refuse, type Refusal } from "../outcome";
import { normaliseMac, notAMac, notAnIPv4, parseIPv4, quoted } from "./address";
import { pastedLines, type PastedLine } from "./pasted-table";
import { NODE_ROLE_IDS, type NodeRole } from "./roles";
import { sshUserFault } from "./ssh-user";

/** Servers at once: each has a host key that somebody compares. */
export const SEVERAL_MAX = 100;
/** Servers that may refuse the password before it is thought to be wrong for all of them. */
export const SEVERAL_REFUSALS = 3;
/** More than a hundred lines with sixteen addresses each. A file that is larger is none of servers. */
export const SEVERAL_TEXT_MAX = 60_000;
export const CONVERGED_MACS_MAX = 16;

export type Server = {
  ip: string;
  user: string;
  role: NodeRole;
  /** Empty only where the machine is to be asked for them. */
  macs: string[];
};

type Column = "ip" | "user" | "type" | "macs";
/** What was typed, for the preview; `server` or `fault`, never both. */
export type ServerLine = { line: number; typed: Record<Column, string>; server: Server | null; fault: string | null };
export type ServerLines = {
  lines: ServerLine[];
  /** Columns of the header that say nothing to Regent. */
  ignored: string[];
  /** Of the whole: then there are no lines. */
  refusal: Refusal | null;
};

/** As Add Candidate Node has them before anybody chose. */
const DEFAULT_USER = "root";
const DEFAULT_ROLE: NodeRole = "Worker";

const COLUMNS: readonly Column[] = ["ip", "user", "type", "macs"];
const HEADERS: Readonly<Record<Column, readonly string[]>> = {
  ip: ["ip", "address", "ip address", "access ip", "candidate access ip"],
  user: ["user", "ssh user", "username", "login"],
  type: ["type", "node type", "role"],
  macs: ["macs", "mac", "mac address", "mac addresses", "converged mac address", "converged mac addresses"],
};
const PASSWORD = /^(ssh )?(password|passwd|pass|pwd|passphrase|secret|credentials?)$/;

type Options = {
  /** A line without MAC addresses takes those that Regent would tick in Add Candidate Node. */
  suggest: boolean;
};

/** Reads a paste or a file. A header is optional, and gives the columns in any order. Without one they stand as in `COLUMNS`. */
export function readServers(text: string, { suggest }: Options): ServerLines {
  if (text.length > SEVERAL_TEXT_MAX)
    return refused("too-long", "This is too long for a list of servers.", `At most ${SEVERAL_MAX} lines with IP, user, type and MACs.`);
  const [first, ...rest] = pastedLines(text);
  const header = first?.cells && headerOf(first.cells);
  if (header && !header.ok) return { lines: [], ignored: [], refusal: header };
  const { columns, ignored } = header ? header.value : { columns: COLUMNS, ignored: [] };
  const read = [...(first && !header ? [first] : []), ...rest];
  if (read.length > SEVERAL_MAX)
    return refused("too-many", `These are ${read.length} servers; at most ${SEVERAL_MAX} can be added at once.`, "Split the list.");
  const seen: Seen = new Map();
  return { lines: read.map((line) => readLine(line, columns, seen, suggest)), ignored, refusal: null };
}

const refused = (code: string, reason: string, hint: string): ServerLines => ({
  lines: [],
  ignored: [],
  refusal: refuse(code, reason, { hint }),
});

/** The same lines as text that `readServers` reads. */
export const serversText = (servers: readonly Server[]): string =>
  [COLUMNS, ...servers.map(({ ip, user, role, macs }) => [ip, user, role, macs.join(" ")])].map((cells) => `${cells.join(",")}\n`).join("");

type Header = { columns: readonly (Column | null)[]; ignored: string[] };

/** Null for a line of data: that begins with a digit, or names no column. */
function headerOf(cells: readonly string[]): { ok: true; value: Header } | Refusal | null {
  const names = cells.map((cell) =>
    cell
      .toLowerCase()
      .replace(/[\s_-]+/g, " ")
      .trim(),
  );
  const columns = names.map((name) => COLUMNS.find((column) => HEADERS[column].includes(name)) ?? null);
  const secret = names.findIndex((name) => PASSWORD.test(name));
  if (/^\d/.test(names[0] ?? "") || (secret < 0 && columns.every((column) => column === null))) return null;
  if (secret >= 0)
    return refuse("password-in-file", `The list has a column of passwords, “${cells[secret]}”. Regent does not read it.`, {
      hint: "Delete that column, here and in the file. The SSH Password is typed in the next step, one for all of these servers.",
    });
  const twice = columns.find((column, index) => column !== null && columns.indexOf(column) !== index);
  if (twice) return refuse("bad-header", `The first line names the column “${twice}” twice.`, { hint: "Keep one of them." });
  if (!columns.includes("ip"))
    return refuse("bad-header", "The first line names columns, and none of them is “ip”.", { hint: "Name them ip, user, type and macs." });
  return { ok: true, value: { columns, ignored: cells.filter((cell, index) => columns[index] === null && cell !== "") } };
}

/** On which line an address was met first. */
type Seen = Map<string, number>;

function readLine({ line, cells }: PastedLine, columns: readonly (Column | null)[], seen: Seen, suggest: boolean): ServerLine {
  const typed = { ip: "", user: "", type: "", macs: "" };
  if (cells === null) return { line, typed, server: null, fault: "A quote is not closed on this line." };
  cells.forEach((cell, index) => {
    const column = columns[index];
    if (column) typed[column] = cell;
  });
  // Addresses that their separator tore apart, which is also the separator of the cells.
  const surplus = cells.slice(columns.length).filter((cell) => cell !== "");
  const strays = surplus.length > 0 && columns.at(-1) !== "macs";
  if (!strays && surplus.length) typed.macs = [typed.macs, ...surplus].filter(Boolean).join(" ");
  const macs = typed.macs.split(/[\s,;]+/).filter(Boolean);
  const fault = strays
    ? "This line has more cells than the first line names columns."
    : (ipFault(typed.ip, line, seen) ??
      sshUserFault(typed.user || DEFAULT_USER) ??
      typeFault(typed.type) ??
      macsFault(macs, line, seen, suggest));
  if (fault) return { line, typed, server: null, fault };
  const server = {
    ip: typed.ip,
    user: typed.user || DEFAULT_USER,
    role: roleOf(typed.type) ?? DEFAULT_ROLE,
    macs: macs.flatMap((mac) => normaliseMac(mac) ?? []),
  };
  return { line, typed, server, fault: null };
}

function ipFault(ip: string, line: number, seen: Seen): string | null {
  if (ip === "") return "The IP is missing.";
  if (parseIPv4(ip) === null) return notAnIPv4(ip);
  return metBefore(ip, line, seen);
}

const roleOf = (typed: string): NodeRole | null => NODE_ROLE_IDS.find((role) => role.toLowerCase() === typed.toLowerCase()) ?? null;

const typeFault = (typed: string): string | null =>
  typed === "" || roleOf(typed) ? null : `${quoted(typed)} is no Node Type. Write ${NODE_ROLE_IDS.join(" or ")}.`;

function macsFault(macs: readonly string[], line: number, seen: Seen, suggest: boolean): string | null {
  if (!macs.length) return suggest ? null : "Names no Converged MAC Address.";
  if (macs.length > CONVERGED_MACS_MAX) return `At most ${CONVERGED_MACS_MAX} Converged MAC Addresses.`;
  for (const typed of macs) {
    const mac = normaliseMac(typed);
    if (!mac) return notAMac(typed);
    const met = metBefore(mac, line, seen);
    if (met) return met;
  }
  return null;
}

function metBefore(address: string, line: number, seen: Seen): string | null {
  const before = seen.get(address);
  seen.set(address, before ?? line);
  if (before === undefined) return null;
  return before === line ? `${address} is listed twice on this line.` : `${address} stands on line ${before} already.`;
}
