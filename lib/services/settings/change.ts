import type { SettingPath, SettingValue } from "../../domain/settings-table";

/** What a request would change, as it is stored. */
export type Changes = { path: SettingPath; before: SettingValue; after: SettingValue }[];

/** `id` says which danger of which size was confirmed: when it has grown since, it is said again. */
export type Danger = { id: string; sentence: string };
