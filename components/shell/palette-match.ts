import type { NodeRow } from "@/lib/services/nodes/read";

const wordsOf = (text: string): string[] => text.toLowerCase().split(/\s+/).filter(Boolean);

/** Two letters may be anywhere by chance; from three on they count inside a word, so that "inspect" finds Re-inspect. */
const ANYWHERE_FROM = 3;

/** Whether every word that was typed begins, or is in, a word of the text. */
export function fits(typed: string, text: string): boolean {
  const words = wordsOf(text);
  return wordsOf(typed).every((part) => words.some((word) => (part.length < ANYWHERE_FROM ? word.startsWith(part) : word.includes(part))));
}

/**
 * "rename compute-west-05" asks for a command on a node: the last word names the node, those before it the command. When they name
 * no command, the whole is a text to search for.
 */
export function asked<Command extends string>(
  typed: string,
  labels: Readonly<Record<Command, string>>,
): { text: string; commands: Command[] } {
  const whole = typed.trim();
  const [, verb = "", name = ""] = /^(.*\S)\s+(\S+)$/.exec(whole) ?? [];
  const commands = verb ? (Object.keys(labels) as Command[]).filter((command) => fits(verb, labels[command])) : []; // its own keys
  return commands.length ? { text: name, commands } : { text: whole, commands: [] };
}

/** Whether a node that was found for a shorter text is still one that would be found. */
export function stillNamed({ name, ip, macs, tags }: Pick<NodeRow, "name" | "ip" | "macs" | "tags">, typed: string): boolean {
  const text = typed.toLowerCase();
  const mac = text.replaceAll("-", ":");
  return [name, ip, ...tags].some((fact) => fact.toLowerCase().includes(text)) || macs.some((fact) => fact.includes(mac));
}
