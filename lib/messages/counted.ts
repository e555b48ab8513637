const PLURAL = new Intl.PluralRules("en");
export const NUMBER = new Intl.NumberFormat("en-GB");

/** "1 node", "1,000 nodes". */
export const counted = (count: number, noun: string): string =>
  `${NUMBER.format(count)} ${noun}${PLURAL.select(count) === "one" ? "" : "s"}`;
