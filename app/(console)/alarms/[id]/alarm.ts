import { cache } from "react";
import { z } from "zod";
import { alarmDetail } from "@/lib/services/alarms/read";

/** The alarm of the address with all that it watches; null when there is none. Read once for page and title. */
export const readAlarm = cache(async (id: string) => (z.uuid().safeParse(id).success ? alarmDetail(id) : null));
