import { clsx } from "clsx";

export type ButtonVariant = "primary" | "secondary" | "danger" | "ghost";
export type ButtonSize = "small" | "medium" | "icon";

const BASE =
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap select-none no-underline " +
  "transition-colors aria-disabled:cursor-default aria-disabled:border-dashed aria-disabled:border-control aria-disabled:bg-transparent " +
  "aria-disabled:text-muted aria-busy:border-solid";

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
export const buttonClass = (variant: ButtonVariant = "secondary", size: ButtonSize = "medium", className?: string): string =>
  clsx(BASE, VARIANTS[variant], SIZES[size], className);
