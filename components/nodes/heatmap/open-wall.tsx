import { Presentation } from "lucide-react";
import Link from "next/link";
import { useQuery } from "@/components/shell/address";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { useConsole } from "@/components/shell/console-context";
import { canonicalAddress } from "@/lib/domain/list-address";
import { permissionRefusal, permits } from "@/lib/domain/permissions";
import { HEATMAP } from "@/lib/messages/heatmap";

/** To where a link for a screen is made, with what is shown now as its view. */
export function OpenWall() {
  const { user } = useConsole();
  const search = useQuery();
  const label = (
    <>
      <Presentation aria-hidden size={14} /> {HEATMAP.openWall}
    </>
  );
  if (!permits(user.role, "wall.manage"))
    return (
      <Button size="small" disabledReason={permissionRefusal("wall.manage").reason}>
        {label}
      </Button>
    );
  const href = `/settings/wall?${new URLSearchParams({ view: canonicalAddress(search.toString()) })}`;
  return (
    // Not fetched ahead: every choice on this page would fetch it once more.
    <Link href={href} prefetch={false} className={buttonClass("ghost", "small")}>
      {label}
    </Link>
  );
}
