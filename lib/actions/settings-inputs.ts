/** The shape of a change of the region's settings. Whether a value may be set is for the schema of the settings to say. */
import { z } from "zod";
import { SETTING_GROUPS, SETTING_PATHS, type SettingGroup } from "../domain/settings-table";

const path = z.enum(SETTING_PATHS, "There is no such setting.");
const text = z.string().max(1000, "A value has at most 1,000 characters.");

export const SaveSettingsInput = z.strictObject({
  group: z.enum(Object.keys(SETTING_GROUPS) as SettingGroup[]), // its own keys
  seen: z.partialRecord(path, z.union([z.number(), z.boolean(), text, z.array(text).max(16)])),
  typed: z.partialRecord(path, z.union([z.boolean(), text])),
  confirmed: z.array(z.string().max(200)).max(20),
});
