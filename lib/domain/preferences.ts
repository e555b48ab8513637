/** How one person likes the console. Stored as JSON with the user; whatever is absent or not understood has its default. */
import { z } from "zod";

export const DENSITIES = { comfortable: "Comfortable", default: "Default", compact: "Compact" } as const;
export type Density = keyof typeof DENSITIES;

export const TIME_ZONES = { local: "This browser's time zone", utc: "UTC" } as const;
export type TimeZone = keyof typeof TIME_ZONES;

const id = z.string().min(1).max(40);

export const Preferences = z.object({
  density: z.enum(["comfortable", "default", "compact"]).catch("default"),
  timeZone: z.enum(["local", "utc"]).catch("local"),
  /** Shortcuts of one letter can be switched off (WCAG 2.1.4). */
  singleKeys: z.boolean().catch(true),
  /** The Nodes list: columns that are shown in their order (null: as delivered), widths in px of those that were resized. */
  listColumns: z.array(id).max(40).nullable().catch(null),
  listWidths: z.record(id, z.number().int().min(40).max(1200)).catch({}),
});
export type Preferences = z.infer<typeof Preferences>;

/** Reads what is stored; never fails. */
export const parsePreferences = (stored: unknown): Preferences =>
  Preferences.parse(typeof stored === "object" && stored !== null ? stored : {});
