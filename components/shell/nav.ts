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

export const isCurrent = (pathname: string, href: string): boolean => pathname === href || pathname.startsWith(`${href}/`);
