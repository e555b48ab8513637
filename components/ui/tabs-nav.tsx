"use client";

import { clsx } from "clsx";
import Link from "next/link";
import { usePathname } from "next/navigation";

export type TabLink = { href: string; label: string; count?: number };

/** Tabs that are pages: links, so that each has an address, opens in a new window and is prefetched. */
export function TabsNav({ label, tabs }: { label: string; tabs: readonly TabLink[] }) {
  const pathname = usePathname();
  return (
    <nav aria-label={label} className="no-print relative overflow-x-auto border-b border-line">
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
