import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { InventoryTab } from "@/components/nodes/tabs/inventory-tab";
import { requireUser } from "@/lib/auth";
import type { KnownInventory, NodeDetail } from "@/lib/services/nodes/read";
import { readNode } from "./node";

/** A tab that shows a part of the inventory, which is all that goes to the browser. */
export const inventoryPage = (show: (inventory: KnownInventory, node: Omit<NodeDetail, "inventory">) => ReactNode | Promise<ReactNode>) =>
  async function InventoryPage({ params }: { params: Promise<{ id: string }> }) {
    await requireUser();
    const node = await readNode((await params).id);
    if (!node) notFound();
    const { inventory, ...row } = node;
    return <InventoryTab node={row}>{inventory && (await show(inventory, row))}</InventoryTab>;
  };
