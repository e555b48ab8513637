/** Add several: many servers at once, from a paste or a file. */
import type { BulkWork } from "../domain/bulk";
import { CONVERGED_MACS_MAX, SEVERAL_MAX, SEVERAL_REFUSALS } from "../domain/several";
import { refuse } from "../outcome";
import { BULK } from "./bulk";
import { counted, NUMBER } from "./counted";

const servers = (count: number): string => counted(count, "server");

/** What work on many is called: "Accept 9 nodes", "Add 12 servers". */
export const bulkName = (work: BulkWork, count: number): string => {
  if (work === "look") return `Read host keys of ${servers(count)}`;
  return work === "add" ? `Add ${servers(count)}` : BULK.act(work, count);
};

export const SEVERAL = {
  open: "Add several",
  entry: "Add several candidates",
  title: "Add Several Candidates",
  steps: ["Servers", "Host keys"],
  look: "Look at the servers",
  finish: "Finish",

  servers: "Servers",
  serversHelp: `One line for each: IP, SSH User, Node Type, Converged MAC Addresses. Separated by commas, semicolons or tabs; several MAC addresses by spaces. At most ${SEVERAL_MAX} lines. A first line may name the columns ip, user, type and macs; a line that begins with # is left out.`,
  example: "10.20.1.40, root, Worker, b8:ce:f6:01:02:03 b8:ce:f6:01:02:04",
  file: "Choose a CSV file",
  fileUnread: "The file could not be read as text.",
  fileTooLong: "The file is too large for a list of servers.",
  suggest: "Take the interfaces that Regent suggests where a line names none",
  suggestHelp:
    "Those that Add Candidate Node ticks by itself: the fastest with a link, apart from the access interface. A candidate needs at least one Converged MAC Address.",
  ignored: (columns: readonly string[]): string => `Not read: ${columns.join(", ")}.`,
  preview: "What was read",
  columns: { line: "Line", ip: "IP", user: "SSH User", type: "Node Type", macs: "Converged MAC Addresses" },
  byDefault: "by default",
  suggested: "as Regent suggests",
  good: (count: number, of: number): string =>
    count === of
      ? `${of === 1 ? "The line" : `All ${NUMBER.format(of)} lines`} can be looked at.`
      : `${NUMBER.format(count)} of ${NUMBER.format(of)} lines can be looked at.`,
  faulty: (count: number): string => `${counted(count, "line")} ${count === 1 ? "is" : "are"} left out:`,
  line: (line: number): string => `Line ${line}:`,
  leftOutLine: "left out",
  openNode: (name: string): string => `Open ${name}`,
  checking: "The addresses are being checked.",
  unchecked: "The addresses could not be checked now. Regent checks them again before it dials.",
  nothing: "Paste at least one line.",
  noneGood: "No line can be looked at.",

  keys: "Host keys",
  keysHelp: "Regent has read these keys and sent nothing. It logs in only where you trust the key, and only to that key.",
  allCompared: (count: number): string => (count === 1 ? "I compared it" : `I compared all ${NUMBER.format(count)} of these`),
  allComparedHelp: "Each fingerprint matches the one on the server's own screen.",
  compared: (ip: string): string => `I compared the key of ${ip}`,
  trustRest: (count: number): string => `Trust ${count === 1 ? "the other one" : `the other ${NUMBER.format(count)}`} without comparing`,
  trustRestHelp: "Recorded as such. Someone between could receive the password.",
  notCompared: "not compared",
  keyColumns: { trust: "Compared", ip: "IP", key: "Host key" },
  reading: "Being read",
  stillReading: "Regent is still reading host keys.",
  undo: "Undo",
  distrust: (ip: string): string => `Undo the trust in the key of ${ip}`,
  lookAgain: "Look again",
  willBe: (count: number, of: number): string =>
    count === of
      ? `${of === 1 ? "The server" : `All ${NUMBER.format(of)} servers`} will be added.`
      : `${NUMBER.format(count)} of ${servers(of)} will be added.`,
  leftOut: "The others are left out.",
  failedStay: "Those whose key could not be read stay in Operations, from where they can be tried again.",
  password:
    "One for all of these servers. Sealed until Regent has installed its own key on the last of them, or for ten minutes, then deleted. Never shown again, never logged.",
  noneTrusted: "Compare and trust at least one host key first.",
  noPassword: "Type the SSH Password.",

  notLooked: refuse("not-looked", "These servers have not been looked at by you.", { hint: "Go back and look at them." }),
  keyNotRead: (ip: string) =>
    refuse("not-looked", `The host key of ${ip} has not been read.`, { hint: "Go back and look at the servers again." }),
  notTried: refuse(
    "not-tried",
    `Not tried: ${SEVERAL_REFUSALS} of these servers or more refused the user or password, and none took them.`,
    {
      hint: "Check SSH User and SSH Password, then try the failed ones again.",
    },
  ),
  retryByDialog: refuse("needs-password", "Servers are added again with their SSH Password.", {
    hint: "“Retry failed” opens Add several with the lines that failed.",
  }),
  bounds: { servers: `At most ${SEVERAL_MAX} servers at once.`, macs: `At most ${CONVERGED_MACS_MAX} Converged MAC Addresses.` },
} as const;

export const NO_MACS_FOUND = (ip: string) =>
  refuse(
    "mac-not-found",
    `No network interface of ${ip} suits converged traffic: its line names none, and none with a MAC address has a link.`,
    {
      hint: "Name its Converged MAC Addresses in the line.",
    },
  );
