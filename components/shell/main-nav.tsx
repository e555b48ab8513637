"use client";

import { clsx } from "clsx";
import { Menu as MenuGlyph } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { OnAsk } from "@/components/ui/on-ask";
import { onDemand } from "@/components/ui/on-demand";
import { isCurrent, NAV } from "./nav";

const NavMenu = onDemand(() => import("./nav-menu").then((module) => module.NavMenu));

/** Links from 1152 px up, one menu below. */
export function MainNav({ count }: { count: ReactNode }) {
  const pathname = usePathname();
  return (
    <nav aria-label="Main" className="no-print">
      <ul className="hidden gap-1 min-[72rem]:flex">
        {NAV.map(({ href, label }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={isCurrent(pathname, href) ? "page" : undefined}
              className={clsx(
                "flex min-h-8 items-center rounded-md border border-transparent px-2.5 forced-colors:not-aria-[current=page]:border-[Canvas] text-muted transition-colors hover:text-ink",
                "aria-[current=page]:bg-hover aria-[current=page]:font-medium aria-[current=page]:text-ink",
              )}
            >
              {label}
              {href === "/alarms" && count}
            </Link>
          </li>
        ))}
      </ul>
      <div className="min-[72rem]:hidden">
        <OnAsk
          haspopup="menu"
          button={
            <Button variant="ghost" size="icon" aria-label="Navigation">
              <MenuGlyph aria-hidden size={18} />
            </Button>
          }
        >
          {(trigger) => <NavMenu trigger={trigger} count={count} />}
        </OnAsk>
      </div>
    </nav>
  );
}
