"use server";

import { z } from "zod";
import { verifyEventLog } from "../services/events/verify";
import { action } from "./action";

export const verifyEvents = action(z.strictObject({}), "event.read", verifyEventLog);
