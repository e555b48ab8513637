/** What a machine did wrong, and what two machines can not share. Seldom needed by a page. */
import { SERVICE_CAUSE } from "./mission";
import { hostKeyChangedRefusal } from "../domain/guards";
import { formatBytes } from "../domain/units";
import { refuse, type Refusal } from "../outcome";

/** What a machine did wrong, measured. The code is the name by which the rest of Regent knows it. */
export const MACHINE = {
  timeout: (ip: string, port: number, seconds: number): Refusal =>
    refuse("timeout", `${ip} did not answer on port ${port} within ${seconds} s.`, {
      hint: `Check that the server is powered on and that no firewall keeps this console from port ${port}.`,
      field: "ip",
    }),
  unreachable: (ip: string): Refusal =>
    refuse("unreachable", `${ip} is not reachable from this console: there is no route to it.`, {
      hint: "Check the address, the server's network link and the routes between.",
      field: "ip",
    }),
  refused: (ip: string, port: number): Refusal =>
    refuse("refused", `${ip} refused the connection: ${SERVICE_CAUSE}`, {
      hint: `The server is there, but nothing listens on port ${port}. Start its SSH service.`,
      field: "ip",
    }),
  notSsh: (ip: string, port: number): Refusal =>
    refuse("not-ssh", `${ip} answered on port ${port}, but not as an SSH service.`, {
      hint: "Check that the address is the server's own, and that its SSH service listens on this port.",
      field: "ip",
    }),
  hostKeyChanged: hostKeyChangedRefusal,
  authRefused: (ip: string): Refusal =>
    refuse("auth-refused", `${ip} rejected the user or password.`, {
      hint: "Check SSH User and SSH Password, and that the server allows this user to log in with a password.",
      field: "password",
    }),
  keyRefused: (ip: string, user: string): Refusal =>
    refuse("auth-refused", `${ip} rejected Regent's key for ${user}.`, {
      hint: "Its authorized_keys may have been replaced. Type the SSH Password in Modify Candidate to install the key again.",
      field: "password",
    }),
  penalised: (ip: string, seconds: number): Refusal =>
    refuse(
      "penalised",
      `${ip} drops connections from this console after several refused passwords. Wait ${seconds} s before trying again.`,
      {
        hint: "Check SSH User and SSH Password on the server meanwhile.",
        field: "password",
      },
    ),
  connectionLost: (ip: string): Refusal =>
    refuse("connection-lost", `The connection to ${ip} ended before it had answered.`, {
      hint: "Check the server and its network link, then try again.",
    }),
  commandTimeout: (ip: string, what: string, seconds: number): Refusal =>
    refuse("command-timeout", `${ip} did not finish “${what}” within ${seconds} s.`, {
      hint: "Check the load and the disks of the server, then try again.",
    }),
  outputTooLarge: (ip: string, what: string, limitBytes: number): Refusal =>
    refuse("output-too-large", `${ip} answered “${what}” with more than ${formatBytes(limitBytes)}.`, {
      hint: "The answer was discarded. Check what the server prints at login.",
    }),
  commandFailed: (ip: string, what: string, exitCode: number, said: string): Refusal =>
    refuse("command-failed", `“${what}” failed on ${ip} with exit code ${exitCode}${said ? `: ${said}` : "."}`, {
      hint: "The cause is on the server; correct it and try again.",
    }),
  badAnswer: (ip: string, what: string): Refusal =>
    refuse("bad-answer", `The answer of ${ip} to “${what}” could not be read.`, {
      hint: "Check what the server prints at login, then try again.",
    }),
} as const;

/** Refusals about an identity that two machines can not share, or that one lacks. */
export const IDENTITY = {
  taken: (what: string, owner: string): Refusal =>
    refuse("duplicate", `${what} already belongs to ${owner}.`, { hint: `Open ${owner}, or check the address.` }),
  macMissing: (macs: readonly string[], ip: string): Refusal =>
    refuse("mac-not-found", `Not found on ${ip}: Converged MAC Address ${macs.join(", ")}.`, {
      hint: "Choose from the interfaces that were found.",
      field: "macs",
    }),
} as const;
