/** A mail as plain text: what it says, without a line that a reader would have to decode. */
import { MAIL } from "../../messages/mail";
import type { Block } from "./blocks";

export type Frame = { region: string; recipient: string; heading: string };

export function mailText(blocks: readonly Block[], { region, recipient, heading }: Frame): string {
  const body = blocks.length === 1 ? blocks.map(whole) : [heading, ...blocks.map(brief)];
  const changeable = blocks.some(({ numbers }) => numbers !== "") ? [MAIL.change] : [];
  return `${[...body, [...changeable, MAIL.why(recipient, region)].join("\n")].join("\n\n")}\n`;
}

const titleOf = ({ badge, title, figure }: Block): string => `${badge}: ${title}${figure ? ` (${figure})` : ""}`;
const linksOf = ({ links }: Block): string[] => links.map(({ label, href }) => `${label}: ${href}`);

const whole = (block: Block): string =>
  [titleOf(block), block.text, "", ...block.facts.map(([label, value]) => `${label}: ${value}`), "", ...linksOf(block)]
    .join("\n")
    .trimEnd();

const brief = (block: Block): string =>
  [
    titleOf(block),
    `  ${block.aside}`,
    ...(block.text ? [`  ${block.text}`] : []),
    ...block.links.slice(0, 1).map(({ href }) => `  ${href}`),
  ].join("\n");
