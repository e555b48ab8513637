/** Mail servers and mailboxes, as far as they can be judged by how they are written. */
import { z } from "zod";

export const SECURITIES = { starttls: "STARTTLS", tls: "TLS from the start", none: "None" } as const;
export type Security = keyof typeof SECURITIES;
export const USUAL_PORTS = { starttls: 587, tls: 465, none: 25 } as const satisfies Record<Security, number>;

/** The longest address that fits between the brackets of RCPT TO, RFC 5321. */
const MAILBOX_CHARACTERS = 254;

/** One address without a name, a comment or anything that could end a header's line. */
export const Mailbox = z
  .string()
  .trim()
  .max(MAILBOX_CHARACTERS, `An e-mail address has at most ${MAILBOX_CHARACTERS} characters.`)
  .regex(/^[!-~]+$/, "An e-mail address has only letters, digits and signs of ASCII, and no spaces.")
  .pipe(z.email("This is not an e-mail address."));

/** "mail.example.com", "10.20.0.25", "::1": without port, brackets or user. */
export const isHost = (text: string): boolean => /^(?!-)[A-Za-z0-9.-]{1,253}$/.test(text) || /^[0-9A-Fa-f:.]{2,45}$/.test(text);

/** What stays on this machine may travel in clear. */
export const isLoopbackHost = (host: string): boolean => host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
