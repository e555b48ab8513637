import { SEVERAL_TEXT_MAX } from "@/lib/domain/several";
import { SEVERAL } from "@/lib/messages/several";
import { done, refuse, type Outcome } from "@/lib/outcome";

/** Some spreadsheets write UTF-16, with two bytes for each character and a mark that says so. */
const FILE_MAX_BYTES = 2 * SEVERAL_TEXT_MAX;

/** The text of a file that somebody chose. It stays in the browser. */
export async function readTextFile(file: File): Promise<Outcome<string>> {
  if (file.size > FILE_MAX_BYTES) return refuse("too-long", SEVERAL.fileTooLong);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8";
  try {
    return done(new TextDecoder(encoding, { fatal: true }).decode(bytes));
  } catch {
    return refuse("not-text", SEVERAL.fileUnread); // fatal: its bytes are no text
  }
}
