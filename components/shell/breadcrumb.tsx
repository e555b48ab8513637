import Link from "next/link";
import { SECTION } from "./nav";

export type Crumb = { label: string; href?: string };

/** "Region Management › Nodes › compute-west-05". The last one is where you are. */
export function Breadcrumb({ crumbs }: { crumbs: readonly Crumb[] }) {
  const all: readonly Crumb[] = [{ label: SECTION }, ...crumbs];
  return (
    <nav aria-label="Breadcrumb" className="no-print">
      <ol className="flex flex-wrap items-center gap-x-1.5 text-sm text-muted">
        {all.map(({ label, href }, index) => (
          <li key={label} className="flex min-w-0 items-center gap-x-1.5">
            {index > 0 && (
              <span aria-hidden className="rtl:-scale-x-100">
                ›
              </span>
            )}
            <CrumbText label={label} href={href} last={index === all.length - 1} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

function CrumbText({ label, href, last }: { label: string; href: string | undefined; last: boolean }) {
  if (last) {
    return (
      <span aria-current="page" className="truncate text-ink">
        {label}
      </span>
    );
  }
  if (!href) return <span>{label}</span>;
  return (
    <Link href={href} className="inline-flex min-h-6 items-center rounded-sm hover:text-ink hover:underline">
      {label}
    </Link>
  );
}
