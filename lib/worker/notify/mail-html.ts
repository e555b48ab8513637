/**
 * A mail as HTML that every reader shows: tables, styles on each element, no image, no script, nothing to fetch. Colours for dark readers
 * stand in one block, which those that know no dark colours leave out. Whatever is written into it passes `escape`.
 */
import { MAIL } from "../../messages/mail";
import type { Block, Tone } from "./blocks";
import type { Frame } from "./mail-text";

/** More rows than anybody reads one by one; the rest stand below them, a line each. */
const MOST_ROWS = 60;

const FONT = `-apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif`;
const INK = "#12161c";
const MUTED = "#545d6b";
const LINE = "#e3e6eb";
const ACCENT = "#2454d6";

/** Text and ground of a badge; the class gives a dark reader its own. */
const TONES: Record<Tone, { ink: string; ground: string }> = {
  alarm: { ink: "#a32a00", ground: "#fdebe4" },
  noData: { ink: "#6b4300", ground: "#fdf1d8" },
  good: { ink: "#1f6b2c", ground: "#e4f4e6" },
  notice: { ink: "#1d3f9c", ground: "#e8eefb" },
};
const SECTIONS: readonly Tone[] = ["alarm", "noData", "notice", "good"];
/** A value and its threshold stay on one line, unless they are too long for any. */
const FIGURE_CHARACTERS = 30;

const DARK = `
  :root { color-scheme: light dark; supported-color-schemes: light dark; }
  @media (prefers-color-scheme: dark) {
    .page { background-color: #0b0e14 !important; }
    .card { background-color: #12161e !important; border-color: #2a313c !important; }
    .ink { color: #eef1f5 !important; }
    .muted { color: #a3adba !important; }
    .line { border-color: #2a313c !important; }
    .accent { color: #8fb0ff !important; }
    .button { background-color: #8fb0ff !important; color: #0b0e14 !important; }
    .alarm { color: #ffb3a6 !important; background-color: #3d1a14 !important; }
    .noData { color: #fdd58a !important; background-color: #362808 !important; }
    .good { color: #9fdcaa !important; background-color: #12301a !important; }
    .notice { color: #b3c9ff !important; background-color: #18244a !important; }
  }
  @media (max-width: 480px) {
    .pad { padding-left: 20px !important; padding-right: 20px !important; }
    .label { width: 96px !important; }
  }`;

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
export const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

export function mailHtml(blocks: readonly Block[], frame: Frame): string {
  const [only] = blocks;
  const body = only && blocks.length === 1 ? whole(only) : digest(blocks, frame.heading);
  const changeable = blocks.some(({ numbers }) => numbers !== "") ? `${escape(MAIL.change)} ` : "";
  return `<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escape(frame.heading)}</title>
<style>${DARK}
</style>
</head>
<body class="page" style="margin:0;padding:0;background-color:#f4f5f7;">
<div style="display:none;max-height:0;overflow:hidden;">${escape(previewOf(blocks))}</div>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color:#f4f5f7;">
<tr><td align="center" style="padding:24px 12px 32px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;">
<tr><td class="pad muted" style="padding:0 28px 12px;${font(13, MUTED)}"><span class="ink" style="font-weight:600;color:${INK};">Regent</span>&nbsp; ${escape(frame.region)}</td></tr>
<tr><td class="card" style="background-color:#ffffff;border:1px solid ${LINE};border-radius:10px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
${body}
</table>
</td></tr>
<tr><td class="pad muted" style="padding:16px 28px 0;${font(12, MUTED)}">${changeable}${escape(MAIL.why(frame.recipient, frame.region))}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}

const font = (size: number, color: string): string =>
  `font-family:${escape(FONT)};font-size:${size}px;line-height:${Math.round(size * 1.5)}px;color:${color};`;

/** What a list of mails shows beside the subject. */
const previewOf = (blocks: readonly Block[]): string =>
  blocks
    .slice(0, 3)
    .map(({ badge, title, text }) => (blocks.length === 1 ? text : `${badge}: ${title}`))
    .join(" · ");

const badgeOf = ({ tone, badge }: Block): string =>
  `<span class="${tone}" style="display:inline-block;padding:2px 8px;border-radius:4px;font-size:11px;line-height:16px;font-weight:700;letter-spacing:0.04em;color:${TONES[tone].ink};background-color:${TONES[tone].ground};">${escape(badge)}</span>`;

const WRAP = "overflow-wrap:anywhere;word-break:break-word;";

const whole = (block: Block): string => `<tr><td class="pad" style="padding:28px 28px 8px;${font(15, INK)}${WRAP}">
${badgeOf(block)}
<h1 class="ink" style="margin:12px 0 0;font-size:22px;line-height:30px;font-weight:650;letter-spacing:-0.01em;color:${INK};">${escape(block.title)}</h1>
${block.figure ? `<p class="ink" style="margin:4px 0 0;font-size:17px;line-height:26px;font-weight:500;color:${INK};font-variant-numeric:tabular-nums;">${escape(block.figure)}</p>` : ""}
<p class="muted" style="margin:8px 0 0;font-size:15px;line-height:23px;color:${MUTED};">${escape(block.text)}</p>
</td></tr>
<tr><td class="pad" style="padding:12px 28px 0;">${factsOf(block)}</td></tr>
<tr><td class="pad" style="padding:20px 28px 28px;${font(14, ACCENT)}">${buttons(block)}</td></tr>`;

const factsOf = ({ facts }: Block): string => `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
${facts.map(([label, value]) => `<tr><td class="label muted line" width="128" valign="top" style="padding:9px 12px 9px 0;border-top:1px solid ${LINE};${font(13, MUTED)}${WRAP}">${escape(label)}</td><td class="ink line" valign="top" style="padding:9px 0;border-top:1px solid ${LINE};${font(14, INK)}${WRAP}font-variant-numeric:tabular-nums;">${escape(value)}</td></tr>`).join("\n")}
</table>`;

const buttons = ({ links }: Block): string =>
  links
    .map(({ label, href }, index) =>
      index === 0
        ? `<a class="button" href="${escape(href)}" style="display:inline-block;padding:9px 16px;border-radius:6px;background-color:${ACCENT};color:#ffffff;font-weight:600;text-decoration:none;">${escape(label)}</a>`
        : `<a class="accent" href="${escape(href)}" style="display:inline-block;padding:9px 16px;color:${ACCENT};font-weight:500;text-decoration:none;">${escape(label)}</a>`,
    )
    .join("");

function digest(blocks: readonly Block[], heading: string): string {
  const rest = blocks.slice(MOST_ROWS);
  const sections = SECTIONS.map((tone) =>
    section(
      tone,
      blocks.slice(0, MOST_ROWS).filter((block) => block.tone === tone),
    ),
  );
  return `<tr><td class="pad" style="padding:28px 28px 8px;${font(15, INK)}">
<h1 class="ink" style="margin:0;font-size:22px;line-height:30px;font-weight:650;letter-spacing:-0.01em;color:${INK};">${escape(heading)}</h1>
</td></tr>
${sections.join("")}
${rest.length ? `<tr><td class="pad muted" style="padding:16px 28px 0;${font(13, MUTED)}${WRAP}"><p class="ink" style="margin:0 0 4px;font-weight:600;color:${INK};">${escape(MAIL.more(rest.length))}</p>${rest.map(({ badge, title, aside, numbers }) => escape(MAIL.brief(badge, title, aside, numbers))).join("<br>\n")}</td></tr>` : ""}
<tr><td style="padding:0 0 20px;font-size:1px;line-height:1px;">&nbsp;</td></tr>`;
}

const section = (tone: Tone, blocks: readonly Block[]): string =>
  blocks.length === 0
    ? ""
    : `<tr><td class="pad muted" style="padding:16px 28px 2px;${font(12, MUTED)}font-weight:600;">${escape(MAIL.sections[tone])}</td></tr>
${blocks.map(row).join("\n")}`;

const row = (
  block: Block,
): string => `<tr><td class="pad" style="padding:0 28px;"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td class="line" style="padding:11px 0;border-top:1px solid ${LINE};${font(14, INK)}${WRAP}">
${badgeOf(block)} &nbsp;${titleLink(block)}${block.figure ? `&nbsp; <span class="ink" style="color:${INK};font-variant-numeric:tabular-nums;${block.figure.length > FIGURE_CHARACTERS ? "" : "white-space:nowrap;"}">${escape(block.figure)}</span>` : ""}
<div class="muted" style="margin-top:3px;font-size:13px;line-height:19px;color:${MUTED};">${[block.text, block.aside].filter(Boolean).map(escape).join("<br>")}</div>
</td></tr></table></td></tr>`;

function titleLink({ title, links: [link] }: Block): string {
  const style = `font-weight:600;color:${INK};text-decoration:none;`;
  return link
    ? `<a class="ink" href="${escape(link.href)}" style="${style}">${escape(title)}</a>`
    : `<span class="ink" style="${style}">${escape(title)}</span>`;
}
