import { clsx } from "clsx";

export type ButtonVariant = "primary" | "secondary" | "danger" | "ghost";
export type ButtonSize = "small" | "medium" | "icon";

const BASE =
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap no-underline select-none " +
  "transition-colors aria-busy:cursor-progress";

/** A refused button is dashed and quiet whatever its variant: it invites nobody, yet it can be read. */
const REFUSED = "cursor-default border-dashed border-control bg-transparent text-muted";

const VARIANTS: Record<ButtonVariant, string> = {
  primary: "border-accent bg-accent text-on-accent hover:border-accent-strong hover:bg-accent-strong",
  secondary: "border-control bg-page text-ink hover:border-ink hover:bg-hover",
  danger: "border-danger bg-danger text-on-danger hover:border-danger-strong hover:bg-danger-strong",
  ghost: "border-transparent bg-transparent text-ink hover:bg-hover",
};

const SIZES: Record<ButtonSize, string> = {
  small: "min-h-6 px-2 text-xs",
  medium: "min-h-8 px-3 py-1",
  icon: "size-8 p-0",
};

/** The look of a button, for links which act as one: `<Link className={buttonClass("primary")}>`. */
export const buttonClass = (
  variant: ButtonVariant = "secondary",
  size: ButtonSize = "medium",
  className?: string,
  refused = false,
): string => clsx(BASE, refused ? REFUSED : VARIANTS[variant], SIZES[size], className);
