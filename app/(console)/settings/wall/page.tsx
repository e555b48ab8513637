import type { Metadata } from "next";
import { LinksPage } from "@/components/wall/links/links-page";
import { EmptyState } from "@/components/ui/empty-state";
import { requireUser } from "@/lib/auth";
import { clientAddress } from "@/lib/client-address";
import { canonicalAddress } from "@/lib/domain/list-address";
import { permissionRefusal, permits } from "@/lib/domain/permissions";
import { WALL_LINKS } from "@/lib/messages/wall";
import { wallLinks } from "@/lib/services/wall/list";

export const metadata: Metadata = { title: "Wall links · Settings" };

type Props = { searchParams: Promise<{ view?: string | string[] }> };

export default async function WallLinksPage({ searchParams }: Props) {
  const [{ role }, { view }] = [await requireUser(), await searchParams];
  const shown = typeof view === "string" ? canonicalAddress(view) : null;
  // Another view is another page: its dialog begins anew.
  if (permits(role, "wall.manage")) return <LinksPage key={shown} links={await wallLinks()} shown={shown} here={clientAddress()} />;
  const { reason, hint } = permissionRefusal("wall.manage");
  return (
    <EmptyState title={reason}>
      {WALL_LINKS.help} {hint}
    </EmptyState>
  );
}
