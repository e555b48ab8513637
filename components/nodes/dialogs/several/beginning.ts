import { pushAddress, useQuery, withQuery } from "@/components/shell/address";

/** What Add several begins with, as the address has it: an operation whose failed lines are tried again, or a first line. */
export function useBeginning(): { againId: string | null; first: string } {
  const search = useQuery();
  return { againId: search.get("again"), first: search.get("first") ?? "" };
}

/** Opens Add several with the lines of an operation that failed. Their password is typed again. */
export function openAgain(operationId: string): void {
  const next = new URLSearchParams(location.search);
  for (const key of ["node", "nodes", "op", "first"]) next.delete(key);
  next.set("do", "several");
  next.set("again", operationId);
  pushAddress(withQuery(next));
}
