"use client";

import { onDemand } from "@/components/ui/on-demand";

// Mail seldom fails: no page loads the words for it until it does.
export const NotifyBanner = onDemand(() => import("./notify-banner").then((module) => module.NotifyBanner));
