import { REGION_PAGES } from "@/lib/domain/settings-pages";

/** The pages of the settings, in their order. */
export const SETTINGS_PAGES = [
  { href: "/settings/appearance", label: "Appearance" },
  { href: "/settings/account", label: "Account" },
  { href: "/settings/users", label: "Users" },
  REGION_PAGES.nodes,
  REGION_PAGES.maintenance,
  REGION_PAGES.fencing,
  REGION_PAGES.monitoring,
  REGION_PAGES.notifications,
  { href: "/settings/host-keys", label: "Host keys" },
  { href: "/settings/wall", label: "Wall links" },
  { href: "/settings/about", label: "About" },
] as const;
