import { createContext, useContext } from "react";

/** Where menus and tooltips are drawn. Inside a modal dialog it is the dialog, because nothing outside can lie above it. */
export const PortalContext = createContext<HTMLElement | null>(null);

export const usePortal = (): HTMLElement | null => useContext(PortalContext);
