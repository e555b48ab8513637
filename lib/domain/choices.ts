/** What a person chooses between, in words. Apart from their shapes in preferences.ts, which the browser need not load. */
export const DENSITIES = { comfortable: "Comfortable", default: "Default", compact: "Compact" } as const;
export type Density = keyof typeof DENSITIES;

export const TIME_ZONES = { local: "This browser's", utc: "UTC" } as const;
export type TimeZone = keyof typeof TIME_ZONES;
