/**
 * What one condition of the filter language asks of a row. A property without data answers neither yes nor no: it matches no
 * comparison, negated or not, and is asked for by "= none" and "!= none".
 */
import { done, refuse, type Outcome, type Refusal } from "../outcome";
import { blockStart, ipv4Number, parseIPv4 } from "./address";
import { exampleOf, FAMILIES, OPERATORS_OF, propertyOf, type Operator, type Property, type PropertyName } from "./node-query-properties";
import { ipNumber, type RowFacts } from "./row-facts";

export type Condition = { property: PropertyName; operator: Operator; value: string };

/** null: there is no data to judge. */
type Test = (row: RowFacts, now: number) => boolean | null;

const wrong = (reason: string): Refusal => refuse("bad-condition", reason);
const none = (value: string): boolean => value.toLowerCase() === "none";

/** The items of a list, "Active, Failed". */
export const listed = (value: string): string[] =>
  value
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean);

export function compile({ property: name, operator, value }: Condition): Outcome<Test> {
  const property = propertyOf(name);
  const allowed = OPERATORS_OF[property.kind];
  if (!allowed.includes(operator))
    return wrong(`${name} is not asked with “${operator}” but with ${allowed.join(", ")}: write it as in ${exampleOf(name)}.`);
  if (!value.trim() || (operator === "in" && !listed(value).length))
    return wrong(`${name} ${operator} has no value: write it as in ${exampleOf(name, operator)}.`);
  if (property.kind === "number") return ofNumber(name, property, operator, value);
  if (property.kind === "choice") return ofChoice(name, property, operator, value);
  if (property.kind === "ip") return ofAddress(property, operator, value);
  if (property.kind === "text") return done(ofTexts((row) => [lower(property.read(row))], operator, value, lower));
  if (none(value) && operator !== ":") return done((row) => (property.read(row).length === 0) === (operator !== "!="));
  const spelt = property.kind === "macs" ? macText : lower;
  return done(ofTexts((row) => property.read(row).map(spelt), operator, value, spelt));
}

const lower = (text: string): string => text.toLowerCase();
/** The digits of a MAC address in any notation, so that b8ce.f601 finds b8:ce:f6:01. */
const macText = (text: string): string => text.toLowerCase().replace(/[:.\s-]/g, "");

/** A node without tags has none of them, so "tag != gpu" finds it: an empty list is known, not missing. */
function ofTexts(read: (row: RowFacts) => string[], operator: Operator, value: string, spelt: (text: string) => string): Test {
  const wanted = operator === "in" ? listed(value).map(spelt) : [spelt(value)];
  if (operator === ":") return (row) => read(row).some((text) => text.includes(wanted[0] ?? ""));
  return (row) => read(row).some((text) => wanted.includes(text)) === (operator !== "!=");
}

/** "In maintenance", "in-maintenance" and "InMaintenance" are one. */
const choiceText = (text: string): string => text.toLowerCase().replace(/[\s_-]/g, "");

function ofChoice(name: PropertyName, property: Property & { kind: "choice" }, operator: Operator, value: string): Outcome<Test> {
  const choices = Object.entries(property.choices);
  const meant = (text: string) =>
    choices.filter(([id, label]) =>
      operator === ":" ? choiceText(label).includes(choiceText(text)) : [choiceText(id), choiceText(label)].includes(choiceText(text)),
    );
  const asked = operator === "in" ? listed(value) : [value];
  const unknown = asked.find((text) => !meant(text).length);
  if (unknown !== undefined) return wrong(`${name} is never “${unknown}”: it is one of ${choices.map(([, label]) => label).join(", ")}.`);
  const ids = new Set(asked.flatMap((text) => meant(text).map(([id]) => id)));
  return done((row) => ids.has(property.read(row)) === (operator !== "!="));
}

function ofAddress({ read }: Property & { kind: "ip" }, operator: Operator, value: string): Outcome<Test> {
  if (operator === ":") {
    if (/^[0-9.]+$/.test(value)) return done((row) => read(row).includes(value));
    return wrong(`“${value}” is no part of an IPv4 address: write it as in ip : 10.20.`);
  }
  if (operator !== "in" && value.includes("/")) return wrong(`“${value}” is a network, not one address: write ip in ${value}.`);
  const blocks = (operator === "in" ? listed(value) : [value]).map((text) => ({ text, block: blockOf(text) }));
  const bad = blocks.find(({ block }) => block === null);
  if (bad) return wrong(`“${bad.text}” is not ${operator === "in" ? "a network" : "an IPv4 address"}: ${addressHint(operator)}.`);
  return done((row) => {
    const ip = ipNumber(row);
    return blocks.some(({ block }) => block && blockStart(ip, block.prefix) === block.base) === (operator !== "!=");
  });
}

const addressHint = (operator: Operator): string =>
  operator === "in"
    ? `write it as in ${exampleOf("ip", "in")}`
    : `write all four numbers, as in ip ${operator} 10.20.1.21, or a part with ip : 10.20`;

/** The block of a network, an address counting as a network of one; also when the address written lies inside it. */
function blockOf(text: string): { base: number; prefix: number } | null {
  const [address = "", length = "32", more] = text.split("/");
  const prefix = /^(?:[0-9]|[12][0-9]|3[0-2])$/.test(length) ? Number(length) : null;
  if (parseIPv4(address) === null || prefix === null || more !== undefined) return null;
  return { base: blockStart(ipv4Number(address), prefix), prefix };
}

type Quantity = { from: number; below: number; value: number };

function ofNumber(name: PropertyName, property: Property & { kind: "number" }, operator: Operator, value: string): Outcome<Test> {
  const { read, family } = property;
  if (none(value) && (operator === "=" || operator === "!=")) return done((row, now) => (read(row, now) === null) === (operator === "="));
  const quantities: Quantity[] = [];
  for (const text of operator === "in" ? listed(value) : [value]) {
    const quantity = quantityOf(text, family, `write it as in ${exampleOf(name, operator)}`);
    if (!quantity.ok) return quantity;
    quantities.push(quantity.value);
  }
  const compare = COMPARE[operator];
  return done((row, now) => {
    const measured = read(row, now);
    return measured === null ? null : quantities.some((quantity) => compare(measured, quantity)) === (operator !== "!=");
  });
}

const same = (measured: number, { from, below }: Quantity): boolean => measured >= from && measured < below;

const COMPARE: Record<Operator, (measured: number, quantity: Quantity) => boolean> = {
  "=": same,
  "!=": same,
  in: same,
  ":": same,
  ">": (measured, { value }) => measured > value,
  ">=": (measured, { value }) => measured >= value,
  "<": (measured, { value }) => measured < value,
  "<=": (measured, { value }) => measured <= value,
};

const NUMBER = /^([0-9]{1,15})(?:\.([0-9]{1,6}))?\s*([a-z%/]{0,8})$/i;

/**
 * A number with its unit. What equals it is whatever is shown by it: 20% is everything that rounds to 20%, and 88d the whole of
 * the 88th day, because times are shown rounded down.
 */
function quantityOf(text: string, family: keyof typeof FAMILIES, hint: string): Outcome<Quantity> {
  const { what, units, bare } = FAMILIES[family];
  const [, whole, decimals = "", unit = ""] = NUMBER.exec(text) ?? [];
  if (whole === undefined) return wrong(`“${text}” is not ${what}: ${hint}.`);
  const number = Number(decimals ? `${whole}.${decimals}` : whole);
  const size = sizeOf(unit, units) ?? (unit === "" && (bare || number === 0) ? (Object.values(units)[0] ?? 1) : undefined);
  if (size === undefined) {
    const names = Object.keys(units).join(", ") || "none";
    return wrong(unit ? `“${unit}” is not a unit of ${what} (${names}): ${hint}.` : `“${text}” has no unit (${names}): ${hint}.`);
  }
  // Sizes and rates are shown with one decimal below a hundred: 1TiB is not 768 GiB.
  const shown = (family === "bytes" || family === "rate") && number < 100 ? 1 : 0;
  const step = size * 10 ** -Math.max(decimals.length, shown);
  const value = number * size;
  return done(family === "span" ? { value, from: value, below: value + step } : { value, from: value - step / 2, below: value + step / 2 });
}

const sizeOf = (unit: string, units: Readonly<Record<string, number>>): number | undefined =>
  Object.entries(units).find(([name]) => name.toLowerCase() === unit.toLowerCase())?.[1];
