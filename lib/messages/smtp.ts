/** What goes wrong on the way to a mail server. `said` are the server's own words, on one line. */
import { refuse, type Refusal } from "../outcome";

export type MailPlace = { host: string; port: number };

const at = ({ host, port }: MailPlace): string => `${host}, port ${port}`;
const words = (said: string): string => (said ? ` It says: “${said}”` : "");

const CHECK_PLACE = "Check host and port in Settings, Notifications, and that a firewall lets the worker through.";

export const SMTP = {
  noServer: refuse("no-mail-server", "No mail server is set, so no mail can be sent.", {
    hint: "An Admin sets it: Settings, Notifications.",
  }),
  clearPassword: (host: string): Refusal =>
    refuse("clear-password", `The password would travel in clear to ${host}.`, {
      hint: "Choose STARTTLS or TLS, or leave the user empty.",
      field: "security",
    }),
  noName: ({ host }: MailPlace): Refusal =>
    refuse("mail-name", `The mail server's name ${host} has no address.`, {
      hint: "Check how it is written, and the worker's name server.",
      field: "host",
    }),
  nameServer: ({ host }: MailPlace): Refusal =>
    refuse("mail-name-server", `The address of ${host} could not be found out: the worker's name server does not answer.`, {
      hint: "Check the name server of the machine where the worker runs.",
    }),
  refused: (place: MailPlace): Refusal =>
    refuse("mail-refused", `Nothing listens at ${at(place)}: the connection was refused.`, { hint: CHECK_PLACE, field: "port" }),
  unreachable: (place: MailPlace): Refusal =>
    refuse("mail-unreachable", `There is no route to ${at(place)}.`, { hint: CHECK_PLACE, field: "host" }),
  noAnswer: (place: MailPlace, seconds: number): Refusal =>
    refuse("mail-no-answer", `The mail server at ${at(place)} did not take the connection within ${seconds} s.`, {
      hint: CHECK_PLACE,
      field: "host",
    }),
  noGreeting: (place: MailPlace, seconds: number): Refusal =>
    refuse("mail-no-greeting", `The mail server at ${at(place)} took the connection and sent no greeting within ${seconds} s.`, {
      hint: "Where it speaks TLS from the start, as on port 465, choose TLS. It may also wait for a name server of its own.",
      field: "security",
    }),
  silent: (place: MailPlace, seconds: number): Refusal =>
    refuse("mail-silent", `The mail server at ${at(place)} stopped answering for ${seconds} s.`, {
      hint: "Look at its log. Regent tries again.",
    }),
  closed: (place: MailPlace, said: string): Refusal =>
    refuse("mail-closed", `The mail server at ${at(place)} closed the connection before it had taken the mail.${words(said)}`, {
      hint: "Look at its log. Regent tries again.",
    }),
  notSmtp: (place: MailPlace, said: string): Refusal =>
    refuse("mail-greeting", `What listens at ${at(place)} does not greet like a mail server.${words(said)}`, {
      hint: CHECK_PLACE,
      field: "port",
    }),
  noStartTls: (place: MailPlace, said: string): Refusal =>
    refuse("mail-no-starttls", `The mail server at ${at(place)} does not offer STARTTLS, so nothing was sent.${words(said)}`, {
      hint: "Switch TLS on at the server, or choose the port where it offers it. Regent never falls back to plain text.",
      field: "security",
    }),
  notTls: (place: MailPlace): Refusal =>
    refuse("mail-not-tls", `The mail server at ${at(place)} does not speak TLS from the start.`, {
      hint: "Choose STARTTLS, as on port 587.",
      field: "security",
    }),
  tlsFailed: (place: MailPlace, said: string): Refusal =>
    refuse("mail-tls", `No encrypted connection to ${at(place)} could be made: ${said}.`, {
      hint: "The server may only know protocols that are no longer safe. Regent asks for TLS 1.2 or newer.",
      field: "security",
    }),
  selfSigned: (place: MailPlace): Refusal =>
    refuse("mail-certificate-unknown", `The certificate of ${at(place)} was signed by itself or by an authority that is not known here.`, {
      hint: "Paste the certificate of its authority (PEM) as the authority of the mail server, if it is yours.",
      field: "authority",
    }),
  expired: (place: MailPlace): Refusal =>
    refuse("mail-certificate-expired", `The certificate of ${at(place)} has expired.`, { hint: "Renew it on the mail server." }),
  notYet: (place: MailPlace): Refusal =>
    refuse("mail-certificate-future", `The certificate of ${at(place)} is not valid yet.`, { hint: "Check the clocks of both machines." }),
  wrongName: (place: MailPlace, said: string): Refusal =>
    refuse("mail-certificate-name", `The certificate of ${at(place)} belongs to another name${said ? `: ${said}` : ""}.`, {
      hint: "Write the host as it stands in the certificate.",
      field: "host",
    }),
  noLogin: (place: MailPlace): Refusal =>
    refuse("mail-no-login", `The mail server at ${at(place)} offers no login on this connection.`, {
      hint: "Leave the user empty, or choose the port for authenticated mail (587 or 465).",
      field: "login",
    }),
  wrongLogin: (place: MailPlace, said: string): Refusal =>
    refuse("mail-login", `The mail server at ${at(place)} rejected the user or password.${words(said)}`, {
      hint: "Set the right ones. Some providers want an app password.",
      field: "password",
    }),
  loginLater: (place: MailPlace, said: string): Refusal =>
    refuse("mail-login-later", `The mail server at ${at(place)} takes no login at present.${words(said)}`, { hint: "Regent tries again." }),
  sender: (sender: string, said: string): Refusal =>
    refuse("mail-sender", `The mail server does not take mail from ${sender}.${words(said)}`, {
      hint: "Choose a sender that this login may use.",
      field: "sender",
    }),
  recipient: (recipient: string, said: string): Refusal =>
    refuse("mail-recipient", `The mail server does not take mail for ${recipient}.${words(said)}`, {
      hint: "Check the address. Servers also refuse to pass mail on for those who have not logged in.",
      field: "address",
    }),
  later: (recipient: string, said: string): Refusal =>
    refuse("mail-later", `The mail server does not take mail for ${recipient} yet.${words(said)}`, {
      hint: "Servers put off who is new to them (greylisting). Regent tries again.",
    }),
  tooBig: (said: string): Refusal =>
    refuse("mail-too-big", `The mail server refused the message as too big.${words(said)}`, {
      hint: "Raise the server's limit for messages.",
    }),
  message: (said: string): Refusal =>
    refuse("mail-message", `The mail server refused the message itself.${words(said)}`, {
      hint: "Look at the server's log, for instance its spam filter.",
    }),
  messageLater: (said: string): Refusal =>
    refuse("mail-message-later", `The mail server did not take the message now.${words(said)}`, { hint: "Regent tries again." }),
  other: (place: MailPlace, said: string): Refusal =>
    refuse("mail-failed", `The mail server at ${at(place)} failed.${words(said)}`, { hint: "Look at its log. Regent tries again." }),
} as const;
