"use server";

import { saveSettings as save } from "../services/settings/save";
import { action } from "./action";
import { SaveSettingsInput } from "./settings-inputs";

export const saveSettings = action(SaveSettingsInput, "settings.manage", save);
