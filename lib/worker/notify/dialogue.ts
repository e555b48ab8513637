/** What was said between Regent and a mail server, line by line, without what must not be read. */
import { format } from "node:util";
import { plainLine } from "../../domain/plain-text";
import type { Secret } from "../../secrets";

const LINE_CHARACTERS = 500;
const HIDDEN = "***";

/** Takes the password out of a text, also as it travels: servers have been seen to repeat what they were sent. */
export function hideSecrets(login: string, password: Secret | null): (text: string) => string {
  const plain = password?.reveal() ?? "";
  if (!plain) return (text) => text;
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  const forms = [plain, base64(plain), base64(`\0${login}\0${plain}`), base64(`${login}\0${login}\0${plain}`)];
  return (text) => forms.reduce((rest, form) => rest.replaceAll(form, HIDDEN), text);
}

/** Lines of a login; what follows a question of the server (334) is one as well. */
const VERB = /^(EHLO|HELO|STARTTLS|AUTH|MAIL FROM:|RCPT TO:|DATA|RSET|QUIT|NOOP)/i;

/** Passes each line on as "C: …" or "S: …"; "-- …" is what happened. */
export function dialogueLogger(hide: (text: string) => string, onLine: ((line: string) => void) | undefined) {
  const hear = (data: unknown, ...message: unknown[]) => {
    if (!onLine) return;
    const { tnx } = (typeof data === "object" && data !== null ? data : {}) as { tnx?: string };
    const text = hide(format(...message));
    for (const line of text.split(/\r?\n/).filter((part) => part.trim() !== "")) {
      if (tnx === "client") onLine(`C: ${clientLine(line)}`);
      else if (tnx === "server") onLine(`S: ${plainLine(line, LINE_CHARACTERS)}`);
      else if (tnx === "network") onLine(`-- ${plainLine(line, LINE_CHARACTERS)}`);
    }
  };
  return { trace: hear, debug: hear, info: hear, warn: hear, error: hear, fatal: hear };
}

function clientLine(line: string): string {
  const [, mechanism] = /^AUTH\s+(\S+)/i.exec(line) ?? [];
  if (mechanism) return `AUTH ${plainLine(mechanism, 20)} ${HIDDEN}`;
  return VERB.test(line) ? plainLine(line, LINE_CHARACTERS) : HIDDEN;
}
