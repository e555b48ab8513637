const FIELDS = "input:not([type=hidden]):not([readonly]):not([aria-disabled=true]), select, textarea";

/** The first thing a person fills in, else the title, so that the dialog is read from its top. */
export const focusFirst = (dialog: HTMLElement, title: HTMLElement | null): void => {
  const wanted = dialog.querySelector<HTMLElement>("[data-autofocus]") ?? dialog.querySelector<HTMLElement>(FIELDS);
  (wanted ?? title)?.focus();
};

/** Where focus goes back to. A menu item is gone by then: its menu's button stands for it. */
export const openerOf = (active: Element | null): HTMLElement | null => {
  const menuButton = active?.closest("[role=menu]")?.getAttribute("aria-labelledby");
  if (menuButton) return document.getElementById(menuButton);
  return active instanceof HTMLElement && active !== document.body ? active : null;
};

/** Unless something has taken the focus meanwhile. */
export const giveBack = (opener: HTMLElement | null): void => {
  const active = document.activeElement;
  if (active && active !== document.body && !active.closest("dialog")) return;
  (opener?.isConnected ? opener : document.getElementById("main"))?.focus();
};
