"use server";

import { PreferencesPatch } from "../domain/preferences";
import { savePreferences as save } from "../services/access/preferences";
import { action } from "./action";

export const savePreferences = action(PreferencesPatch, "self.preferences", save);
