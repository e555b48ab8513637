import type { Metadata } from "next";
import { LinksPage } from "@/components/wall/links/links-page";
import { EmptyState } from "@/components/ui/empty-state";
import { requireUser } from "@/lib/auth";
import { permissionRefusal, permits } from "@/lib/domain/permissions";
import { WALL_LINKS } from "@/lib/messages/wall";
import { wallLinks } from "@/lib/services/wall/list";

export const metadata: Metadata = { title: "Wall links · Settings" };

export default async function WallLinksPage() {
  const { role } = await requireUser();
  if (permits(role, "wall.manage")) return <LinksPage links={await wallLinks()} />;
  const { reason, hint } = permissionRefusal("wall.manage");
  return (
    <EmptyState title={reason}>
      {WALL_LINKS.help} {hint}
    </EmptyState>
  );
}
