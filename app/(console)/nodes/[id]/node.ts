import { cache } from "react";
import { z } from "zod";
import { nodeDetail } from "@/lib/services/nodes/read";

/** The node of the address, read once for the title, the frame and the tab; null when there is none. */
export const readNode = cache(async (id: string) => (z.uuid().safeParse(id).success ? nodeDetail(id) : null));
