/** What a BMC did wrong, measured. */
import { refuse, type Refusal } from "../outcome";

type Place = { address: string; port: number };

export const POWER = {
  silent: ({ address, port }: Place): Refusal =>
    refuse("bmc-silent", `The BMC at ${address} does not answer on port ${port}.`, {
      hint: "It may have no power itself, or be starting. Check its address, its cable and that IPMI over LAN is on.",
    }),
  unreachable: ({ address }: Place): Refusal =>
    refuse("bmc-unreachable", `There is no route to the BMC at ${address}.`, { hint: "Check its address and the routes between." }),
  wrongLogin: ({ address }: Place): Refusal =>
    refuse("bmc-login", `The BMC at ${address} rejected the user or password.`, {
      hint: "Set the BMC again with the right ones.",
      field: "password",
    }),
  notAllowed: ({ address }: Place): Refusal =>
    refuse("bmc-privilege", `The user of the BMC at ${address} may not control power.`, {
      hint: "Give the user the Operator privilege on the BMC.",
      field: "login",
    }),
  noSuite: ({ address }: Place): Refusal =>
    refuse("bmc-cipher", `The BMC at ${address} allows neither of the cipher suites 3 and 17.`, { hint: "Allow one of them on the BMC." }),
  busy: ({ address }: Place): Refusal =>
    refuse("bmc-busy", `The BMC at ${address} has no session free.`, { hint: "Close sessions on the BMC, or restart it." }),
  unreadable: ({ address }: Place): Refusal => refuse("bmc-answer", `The answer of the BMC at ${address} could not be read.`),
  failed: ({ address }: Place, what: string, said: string): Refusal =>
    refuse("bmc-failed", `The BMC at ${address} refused “power ${what}”${said ? `: ${said}` : "."}`),
  noTool: (): Refusal =>
    refuse("no-ipmitool", "ipmitool is not installed where the worker runs.", {
      hint: "Install the package ipmitool there, then try again.",
    }),
} as const;
