/**
 * The filter language of the Nodes list, as it stands in the address:
 * `cpu > 80% and tag = rack-A and ip in 10.20.1.0/24 and not tag = gpu and "free words"`.
 * A condition that is not understood keeps its text and says why; the others still filter.
 */
import { compile, type Condition } from "./node-query-conditions";
import { OPERATORS, propertyNamed, type Operator } from "./node-query-properties";
import { quoted, segmentsOf, unquoted } from "./node-query-text";
import { macFragment, searchText } from "./node-query-words";
import type { RowFacts } from "./row-facts";

export type Token =
  | ({ kind: "condition"; negated: boolean } & Condition)
  /** Searched in name, IP, MAC and tags. */
  | { kind: "words"; negated: boolean; text: string }
  | { kind: "invalid"; text: string; reason: string };

/** Where in the text (from 0, `end` not included) something is not understood; `reason` is one sentence. */
export type Problem = { start: number; end: number; reason: string };

export type Query = { tokens: Token[]; problems: Problem[] };

/** Never fails, and reads each character a fixed number of times. */
export function parseQuery(text: string): Query {
  const tokens: Token[] = [];
  const problems: Problem[] = [];
  for (const { start, end, text: part } of segmentsOf(text)) {
    const token = part ? tokenOf(part) : null;
    if (!token) continue;
    tokens.push(token);
    if (token.kind === "invalid") problems.push({ start, end, reason: token.reason });
  }
  return { tokens, problems };
}

/** "At 14: “80kg” is not a percentage: …". */
export const problemText = ({ start, reason }: Problem): string => `At ${start + 1}: ${reason}`;

/** A property and its operator. Each part ends where the next can begin, so nothing is read twice. */
const HEAD = /^([a-z][a-z-]*)(?:\s*(!=|>=|<=|=|>|<|:)|\s+(in)(?=[\s"]|$))\s*/i;

/** The property, the operator and where the value begins, of text that has both. */
export function headOf(text: string): { property: string; operator: Operator; length: number } | null {
  const [matched, property, sign, word] = HEAD.exec(text) ?? [];
  const operator = OPERATORS.find((known) => known === (sign ?? word?.toLowerCase()));
  return matched === undefined || !property || !operator ? null : { property, operator, length: matched.length };
}

const NOT = /^not\s+/i;

/** Text without its leading "not". */
export function withoutNot(text: string): { negated: boolean; rest: string } {
  const rest = text.replace(NOT, "");
  return { negated: rest !== text, rest };
}

function tokenOf(text: string): Token | null {
  const { negated, rest } = withoutNot(text);
  const head = headOf(rest);
  if (!head || macFragment(rest)) {
    const words = unquoted(rest);
    return words.trim() ? { kind: "words", negated, text: words } : null;
  }
  const property = propertyNamed(head.property);
  const invalid = (reason: string): Token => ({ kind: "invalid", text, reason });
  if (!property)
    return invalid(
      `There is no property “${head.property}”: choose one of the list, or write the words in quotation marks to search for them.`,
    );
  const condition = { property, operator: head.operator, value: unquoted(rest.slice(head.length)) };
  const compiled = compile(condition);
  return compiled.ok ? { kind: "condition", negated, ...condition } : invalid(compiled.reason);
}

/** The text of tokens, which parses to the same tokens. */
export const formatQuery = (tokens: readonly Token[]): string => tokens.map(formatToken).join(" and ");

export function formatToken(token: Token): string {
  if (token.kind === "invalid") return token.text;
  const not = token.negated ? "not " : "";
  if (token.kind === "condition") return `${not}${token.property} ${token.operator} ${quoted(token.value)}`;
  const plain = !headOf(token.text) || macFragment(token.text) !== null;
  return `${not}${quoted(token.text, !plain)}`;
}

/** Whether a row is shown; conditions that are not understood hide nothing. Made once, asked for every row. */
export function matcher(tokens: readonly Token[], now: Date): (row: RowFacts) => boolean {
  const at = now.getTime();
  const tests = tokens.map(testOf).filter((test) => test !== null);
  return (row) => tests.every((test) => test(row, at));
}

type RowTest = (row: RowFacts, now: number) => boolean;

function testOf(token: Token): RowTest | null {
  if (token.kind === "invalid") return null;
  const wanted = !token.negated;
  if (token.kind === "words") {
    const found = searchText(token.text);
    return (row) => found(row) === wanted;
  }
  const compiled = compile(token);
  if (!compiled.ok) return null;
  const test = compiled.value;
  // No data is null, which is neither: a negated comparison does not find it by accident.
  return (row, now) => test(row, now) === wanted;
}
