"use server";

import { SetUpInput } from "./inputs";
import { openAction } from "./action";
import { setUp } from "../services/access/set-up";

/** The one action without a session: the set-up link is its key. */
export const setUpRegent = openAction(SetUpInput, setUp);
