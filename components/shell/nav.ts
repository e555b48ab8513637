/** The main navigation, in its order. Breadcrumbs read the same words. */
export const NAV = [
  { href: "/nodes", label: "Nodes" },
  { href: "/maintenance", label: "Maintenance" },
  { href: "/alarms", label: "Alarms" },
  { href: "/events", label: "Events" },
  { href: "/settings", label: "Settings" },
] as const;

/** What the whole console is about: the first word of every breadcrumb. */
export const SECTION = "Region Management";

export const SETTINGS_PAGES = [
  { href: "/settings/appearance", label: "Appearance" },
  { href: "/settings/notifications", label: "Notifications" },
  { href: "/settings/wall", label: "Wall links" },
  { href: "/settings/about", label: "About" },
] as const;

export const isCurrent = (pathname: string, href: string): boolean => pathname === href || pathname.startsWith(`${href}/`);
