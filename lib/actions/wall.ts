"use server";

import { makeWallLink as make } from "../services/wall/make";
import { revokeWallLink as revoke } from "../services/wall/revoke";
import { action } from "./action";
import { MakeWallLinkInput, RevokeWallLinkInput } from "./inputs";

export const makeWallLink = action(MakeWallLinkInput, "wall.manage", make);
export const revokeWallLink = action(RevokeWallLinkInput, "wall.manage", revoke);
