import { createContext, useContext } from "react";

/** Where menus and tooltips are drawn. Inside a modal dialog it is the dialog, because nothing outside can lie above it. */
export const PortalContext = createContext<HTMLElement | null>(null);

/**
 * Outside a dialog it is the page's `<main>`, so that nothing stands outside the landmarks. Looked up on each opening,
 * because `<main>` is another element after navigation.
 */
export function usePortal(open: boolean): HTMLElement | null {
  const dialog = useContext(PortalContext);
  return dialog ?? (open ? document.querySelector("main") : null);
}
