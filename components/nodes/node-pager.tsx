"use client";

import { ArrowLeft, ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useState } from "react";
import { buttonClass } from "@/components/ui/button-class";
import type { Neighbour, Neighbours } from "@/lib/services/nodes/neighbours";
import { beside, LIST_KEY, parseList, type ListMemory } from "./list-memory";

/** The keyboard's owner says which; `[` and `]` are its keys. */
const SHORTCUT = "regent:shortcut";
const NOBODY: Neighbours = { previous: null, next: null };

/** Back to the list as it was left, and to the nodes beside this one in it. Without such a list, in the order of names. */
export function NodePager({ id }: { id: string }) {
  const router = useRouter();
  const pathname = usePathname();
  const [search, setSearch] = useState("");
  const [{ previous, next }, setBeside] = useState(NOBODY);
  useEffect(() => {
    const list = storedList();
    setSearch(list?.search ?? "");
    const asked = new AbortController();
    void readNeighbours(id, list, asked.signal).then(setBeside, () => undefined); // without them the page is whole
    return () => asked.abort();
  }, [id]);

  // The same tab of the other node.
  const hrefOf = (node: Neighbour) => pathname.replace(/^\/nodes\/[^/]+/, `/nodes/${node.id}`);
  const follow = useEffectEvent((event: Event) => {
    const which: unknown = event instanceof CustomEvent ? event.detail : null;
    const node = which === "previous" ? previous : which === "next" ? next : null;
    if (node) router.push(hrefOf(node));
  });
  useEffect(() => {
    const listen = (event: Event) => follow(event);
    addEventListener(SHORTCUT, listen);
    return () => removeEventListener(SHORTCUT, listen);
  }, []);

  return (
    <nav aria-label="Between nodes" className="no-print flex items-center gap-1 max-sm:-ms-2">
      <Link href={`/nodes${search}`} className={buttonClass("ghost", "small")}>
        <ArrowLeft aria-hidden size={14} className="rtl:-scale-x-100" />
        <span className="sr-only">Back to </span>Nodes
      </Link>
      <Step label="Previous node" node={previous} href={previous && hrefOf(previous)} glyph={<ChevronLeft aria-hidden size={16} />} />
      <Step label="Next node" node={next} href={next && hrefOf(next)} glyph={<ChevronRight aria-hidden size={16} />} />
    </nav>
  );
}

type StepProps = { label: string; node: Neighbour | null; href: string | null; glyph: React.ReactNode };

/** At an end of the list the arrow keeps its place, so that the other one stays where it is. */
function Step({ label, node, href, glyph }: StepProps) {
  const look = buttonClass("ghost", "small", "min-w-6 px-1! rtl:-scale-x-100");
  if (!node || !href)
    return (
      <span aria-hidden className={`${look} invisible`}>
        {glyph}
      </span>
    );
  const name = `${label}: ${node.name}`;
  return (
    <Link href={href} aria-label={name} title={name} className={look}>
      {glyph}
    </Link>
  );
}

/** A browser may refuse storage altogether. */
function storedList(): ListMemory | null {
  try {
    return parseList(sessionStorage.getItem(LIST_KEY));
  } catch {
    return null;
  }
}

async function readNeighbours(id: string, list: ListMemory | null, signal: AbortSignal): Promise<Neighbours> {
  const seen = beside(list, id);
  const query = seen ? `?${new URLSearchParams({ before: seen.before.join(), after: seen.after.join() })}` : "";
  const answer = await fetch(`/api/v1/nodes/${id}/neighbours${query}`, { signal });
  return answer.ok ? ((await answer.json()) as Neighbours) : NOBODY; // our own server's answer, see the route
}
