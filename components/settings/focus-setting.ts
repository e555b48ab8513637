import type { SettingPath } from "@/lib/domain/settings-table";

/** Gives the focus to the field of a setting, where one stands on the page. */
export const focusSetting = (path: SettingPath): void =>
  document.getElementById(path)?.querySelector<HTMLElement>("input, select")?.focus();
