"use client";

import { usePageNews } from "@/components/shell/use-page-news";

/** Reads the page anew when anybody has changed something: what nobody has typed into shows it. */
export function FollowChanges() {
  usePageNews(({ events }) => events);
  return null;
}
