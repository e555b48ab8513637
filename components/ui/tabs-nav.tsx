"use client";

import { clsx } from "clsx";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useLayoutEffect, useRef } from "react";

export type TabLink = { href: string; label: string; count?: number };

/** Tabs that are pages: links, so that each has an address, opens in a new window and is prefetched. */
export function TabsNav({ label, tabs }: { label: string; tabs: readonly TabLink[] }) {
  const pathname = usePathname();
  const bar = useRef<HTMLElement>(null);
  // On a narrow screen the tab of this page may lie out of sight. By its own hand, because the page must not be scrolled with it.
  useLayoutEffect(() => {
    const current = bar.current?.querySelector<HTMLElement>("[aria-current=page]");
    if (bar.current && current) bar.current.scrollLeft = current.offsetLeft - (bar.current.clientWidth - current.offsetWidth) / 2;
  }, [pathname]);
  return (
    <nav ref={bar} aria-label={label} className="no-print relative overflow-x-auto border-b border-line">
      <ul className="flex gap-1">
        {tabs.map(({ href, label: text, count }) => {
          const current = pathname === href || pathname.startsWith(`${href}/`);
          return (
            <li key={href}>
              <Link
                href={href}
                scroll={false}
                aria-current={current ? "page" : undefined}
                className={clsx(
                  "flex min-h-9 items-center gap-1.5 border-b-2 px-2.5 whitespace-nowrap transition-colors focus-visible:-outline-offset-2",
                  current
                    ? "border-accent font-medium text-ink"
                    : "border-transparent text-muted forced-colors:border-[Canvas] hover:border-control hover:text-ink",
                )}
              >
                {text} {count !== undefined && <span className="rounded-full bg-hover px-1.5 text-xs font-normal text-muted">{count}</span>}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
