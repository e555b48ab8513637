"use server";

import { makeWallLink as make } from "../services/wall/make";
import { moveWallLink as move } from "../services/wall/move";
import { revokeWallLink as revoke } from "../services/wall/revoke";
import { action } from "./action";
import { MakeWallLinkInput, MoveWallLinkInput, RevokeWallLinkInput } from "./inputs";

export const makeWallLink = action(MakeWallLinkInput, "wall.manage", make);
export const moveWallLink = action(MoveWallLinkInput, "wall.manage", move);
export const revokeWallLink = action(RevokeWallLinkInput, "wall.manage", revoke);
