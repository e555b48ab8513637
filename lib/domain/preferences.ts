/** How one person likes the console. Stored as JSON with the user; whatever is absent or not understood has its default. */
import { z } from "zod";
import type { Density, TimeZone } from "./choices";

const COLUMNS_MAX = 40;
const id = z.string().regex(/^[A-Za-z0-9-]{1,40}$/);

const shape = {
  density: z.enum(["comfortable", "default", "compact"] satisfies Density[]),
  timeZone: z.enum(["local", "utc"] satisfies TimeZone[]),
  /** Shortcuts of one letter can be switched off (WCAG 2.1.4). */
  singleKeys: z.boolean(),
  /** The Nodes list: columns that are shown in their order (null: as delivered), widths in px of those that were resized. */
  listColumns: z.array(id).max(COLUMNS_MAX).nullable(),
  listWidths: z
    .record(id, z.number().int().min(40).max(1200))
    .refine((widths) => Object.keys(widths).length <= COLUMNS_MAX, `At most ${COLUMNS_MAX} columns have a width.`),
};

const Stored = z.object({
  density: shape.density.catch("default"),
  timeZone: shape.timeZone.catch("local"),
  singleKeys: shape.singleKeys.catch(true),
  listColumns: shape.listColumns.catch(null),
  listWidths: shape.listWidths.catch({}),
});
export type Preferences = z.infer<typeof Stored>;

/** What a person changes at once; the rest stays as it is. */
export const PreferencesPatch = z.strictObject(shape).partial();
export type PreferencesPatch = z.infer<typeof PreferencesPatch>;

export const DEFAULT_PREFERENCES: Preferences = Stored.parse({});

/** Reads what is stored; never fails. */
export const parsePreferences = (stored: unknown): Preferences => Stored.safeParse(stored).data ?? DEFAULT_PREFERENCES;
