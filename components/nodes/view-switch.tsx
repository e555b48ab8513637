"use client";

import { Segments } from "@/components/ui/segments";
import { LIST } from "@/lib/messages/list";
import { useListAddress } from "./use-list-address";

/** The same nodes as rows or as cells. */
export function ViewSwitch() {
  const { view, set } = useListAddress();
  return <Segments quiet legend={LIST.view} options={LIST.views} value={view} onChoose={(to) => set({ view: to })} />;
}
