/** Whom Regent tells: mail server, targets, and what became of what was told. */
import { refuse, type Refusal } from "../outcome";
import { counted } from "./counted";

const AGAIN = "The list shows what is there now.";

export const NOTIFY = {
  title: "Notifications",
  server: "Mail server",
  noServer: "No mail server is set: mails wait until one is.",
  host: "Host",
  port: "Port",
  security: "Security",
  login: "User",
  loginHelp: "Empty: the server takes mail without a login.",
  password: "Password",
  passwordHelp: "Sealed; only the worker can open it. Empty keeps the one that is known for this host and user.",
  authority: "Authority of its certificate (PEM)",
  authorityHelp: "Only where no public authority signed it. It is trusted for this server alone.",
  sender: "Sender",
  senderHelp: "The address mails come from. Most servers take only those that the user owns.",
  save: "Save",
  remove: "Remove",
  test: "Send test mail",
  testTo: "Send it to",
  testStarted: "The test is under way.",
  tested: "The mail server has taken the test mail.",
  testFailed: "The test did not arrive",
  dialogue: "What was said",
  targets: "Who is told",
  noTargets: "Nobody is told yet. Add a mailbox or a webhook.",
  kinds: { email: "E-mail", webhook: "Webhook" },
  bodies: { regent: "Regent (signed JSON)", slack: "Slack", pagerduty: "PagerDuty" },
  name: "Name",
  address: "Address",
  secret: "Secret",
  secretHelp: {
    regent: "Signs each request (HMAC-SHA256), so that its receiver can tell it from a forged one. 16 characters or more.",
    slack: "The address is the secret: it is sealed, and only its host is shown.",
    pagerduty: "The integration key (routing key) of an Events API v2 integration.",
  },
  works: (since: string): string => `Last told ${since}`,
  neverTold: "Never told anything yet",
  failing: (since: string): string => `Failing since ${since}`,
  off: "Switched off: gets nothing",
  waiting: (notes: number): string => `${counted(notes, "note")} waiting`,
  oldest: (age: string): string => `The oldest waits for ${age}.`,
  states: { waiting: "Waiting", sent: "Arrived", dead: "Given up" },
  saved: (host: string): string => `Mail server ${host} saved.`,
  removed: "Mail server removed.",
  added: (name: string): string => `“${name}” added.`,
  changed: (name: string): string => `“${name}” changed.`,
  deleted: (name: string): string => `“${name}” removed.`,
  serverEvent: (who: string, host: string, port: number): string => `${who} set the mail server ${host}, port ${port}.`,
  serverGoneEvent: (who: string, host: string): string => `${who} removed the mail server ${host}.`,
  targetEvent: (who: string, what: "added" | "changed" | "removed" | "switched on" | "switched off", name: string): string =>
    `${who} ${what} “${name}” among those who are told.`,
  endedBy: (who: string): string => `${who} switched this target off before it was told.`,
  passwordMissing: refuse("password-missing", "The password of the mail server is missing.", {
    hint: "A password is kept for one host and user only.",
    field: "password",
  }),
  badAuthority: refuse("bad-authority", "This is no certificate in PEM.", {
    hint: "Paste it from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.",
    field: "authority",
  }),
  serverGone: refuse("server-gone", "No mail server is set any more.", { hint: "Open the settings again." }),
  targetGone: refuse("target-gone", "This target is not there any more.", { hint: AGAIN }),
  addressTaken: (name: string): Refusal =>
    refuse("duplicate", `This address already belongs to “${name}”.`, { hint: `Change “${name}” instead.`, field: "address" }),
  nameTaken: (name: string): Refusal =>
    refuse("name-taken", `There is a target “${name}” already.`, { hint: "Choose another name.", field: "name" }),
  tooMany: (most: number): Refusal =>
    refuse("too-many-targets", `There are ${most} targets, which is the most.`, {
      hint: "Remove one, or let a mailing list stand for several people.",
    }),
  secretMissing: refuse("secret-missing", "The secret is missing.", { hint: "It is kept for one address only.", field: "secret" }),
  secretShort: refuse("secret-short", "A secret that signs needs at least 16 characters.", { field: "secret" }),
  inUse: (name: string, alarms: readonly string[]): Refusal =>
    refuse(
      "in-use",
      `${counted(alarms.length, "alarm")} ${alarms.length === 1 ? "tells" : "tell"} “${name}”: ${alarms.slice(0, 5).join(", ")}${alarms.length > 5 ? ", …" : ""}.`,
      {
        hint: "Without it they tell it nothing any more. Remove it all the same, or switch it off.",
      },
    ),
  isOff: (name: string): Refusal => refuse("target-off", `“${name}” is switched off.`, { hint: "Switch it on first." }),
  sealedElsewhere: refuse("sealed-elsewhere", "The worker can not open this secret.", {
    hint: "It was sealed for another key, or moved in the database. Type it again.",
    field: "password",
  }),

  unreadable: "A note of another version of Regent",
  serverFails: (host: string, problem: string): string => `The mail server ${host} fails: ${problem} What is to be told waits.`,
  serverWorks: (host: string): string => `The mail server ${host} works again. What waited is being sent.`,
  targetFails: (name: string, problem: string): string => `“${name}” can not be told: ${problem}`,
  targetWorks: (name: string): string => `“${name}” can be told again.`,
  failingTitle: "Somebody can not be told",
  dead: (name: string, notes: number, answer: string): string =>
    `What was to be told to “${name}” was given up after 24 hours (${counted(notes, "note")}): ${answer}`,
  fault: (reference: string): Refusal =>
    refuse("fault", `Regent failed inside itself. Reference ${reference}.`, {
      hint: "The worker's log has the cause under this reference.",
    }),
} as const;
