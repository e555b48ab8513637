/** The pages of the region's settings, as an administrator would look for them. Every page of the console knows them, so they stand apart from what is on them. */
export const REGION_PAGES = {
  nodes: { href: "/settings/nodes", label: "Nodes" },
  maintenance: { href: "/settings/maintenance", label: "Maintenance" },
  fencing: { href: "/settings/fencing", label: "Fencing" },
  monitoring: { href: "/settings/monitoring", label: "Monitoring" },
  notifications: { href: "/settings/notifications", label: "Notifications" },
} as const;
export type RegionPage = keyof typeof REGION_PAGES;
