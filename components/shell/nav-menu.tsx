"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Menu, MenuLink } from "@/components/ui/menu";
import { isCurrent, NAV } from "./nav";

/** The pages of the console in a menu, where there is no room for links. */
export function NavMenu({ trigger, count }: { trigger: ReactNode; count: ReactNode }) {
  const pathname = usePathname();
  return (
    <Menu trigger={trigger} defaultOpen>
      {NAV.map(({ href, label }) => (
        <MenuLink key={href}>
          <Link href={href} aria-current={isCurrent(pathname, href) ? "page" : undefined}>
            {label}
            {href === "/alarms" && count}
          </Link>
        </MenuLink>
      ))}
    </Menu>
  );
}
