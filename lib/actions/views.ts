"use server";

import { z } from "zod";
import { deleteView as remove } from "../services/views/delete";
import { listViews as list } from "../services/views/list";
import { saveView as save } from "../services/views/save";
import { action } from "./action";
import { DeleteViewInput, SaveViewInput } from "./inputs";

export const listViews = action(z.strictObject({}), "node.read", list);
export const saveView = action(SaveViewInput, "view.save", save);
export const deleteView = action(DeleteViewInput, "view.save", remove);
