/** What goes wrong with the address of a webhook and on the way to it. `said` is what the far side answered, on one line. */
import { refuse, type Refusal } from "../outcome";

const words = (said: string): string => (said ? ` It says: “${said}”` : "");

export const WEBHOOK = {
  notUrl: refuse("bad-url", "This is not the address of a webhook.", {
    hint: "Write it as in https://hooks.example.com/regent.",
    field: "address",
  }),
  notHttps: refuse("not-https", "A webhook is told over https only.", {
    hint: "What it is told names machines and what is wrong with them.",
    field: "address",
  }),
  userInUrl: refuse("user-in-url", "The address holds a user or a password.", {
    hint: "Everybody who may see the settings would read it. Use the secret instead.",
    field: "address",
  }),
  forbidden: (host: string, what: string): Refusal =>
    refuse("address-not-allowed", `${host} ${what}; Regent tells nothing there.`, {
      hint: "Use the address of the receiver in your network.",
      field: "address",
    }),
  noName: (host: string): Refusal =>
    refuse("webhook-name", `The name ${host} has no address.`, {
      hint: "Check how it is written, and the worker's name server.",
      field: "address",
    }),
  refused: (host: string): Refusal =>
    refuse("webhook-refused", `${host} refused the connection.`, { hint: "Check that the receiver runs, and its port." }),
  unreachable: (host: string): Refusal =>
    refuse("webhook-unreachable", `There is no route to ${host}.`, { hint: "Check the network of the worker." }),
  slow: (host: string, seconds: number): Refusal =>
    refuse("webhook-slow", `${host} did not answer within ${seconds} s.`, { hint: "Look at the receiver. Regent tries again." }),
  certificate: (host: string, said: string): Refusal =>
    refuse("webhook-certificate", `The certificate of ${host} is not trusted: ${said}.`, {
      hint: "Give the receiver a certificate of a public authority, or add yours with NODE_EXTRA_CA_CERTS where the worker is started.",
    }),
  closed: (host: string): Refusal =>
    refuse("webhook-closed", `${host} closed the connection without an answer.`, { hint: "Look at the receiver. Regent tries again." }),
  redirected: (host: string, status: number, to: string): Refusal =>
    refuse("webhook-redirect", `${host} answers ${status} and sends Regent on${to ? ` to ${to}` : ""}; that is not followed.`, {
      hint: "Enter the address where the receiver really is.",
      field: "address",
    }),
  rejected: (host: string, status: number, said: string): Refusal =>
    refuse("webhook-rejected", `${host} refused it with ${status}.${words(said)}`, {
      hint: "Check the address and the secret at the receiver.",
      field: "address",
    }),
  busy: (host: string, status: number, said: string): Refusal =>
    refuse("webhook-busy", `${host} answered ${status}.${words(said)}`, { hint: "Regent tries again." }),
  failed: (host: string, said: string): Refusal =>
    refuse("webhook-failed", `${host} could not be told: ${said}.`, { hint: "Regent tries again." }),
} as const;
