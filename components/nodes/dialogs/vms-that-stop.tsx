import { counted } from "@/lib/messages/counted";
import type { DialogNode } from "./node-of";

/** What would be hit: the virtual machines that were last seen running there. */
export function VmsThatStop({ node }: { node: DialogNode }) {
  const running = (node.inventory?.vms ?? []).filter(({ state }) => state !== "shut off" && state !== "crashed");
  if (running.length === 0) return <p>No virtual machine was last seen running on it.</p>;
  return (
    <p>
      {counted(running.length, "virtual machine")} {running.length === 1 ? "was" : "were"} last seen running on it:{" "}
      <bdi className="font-medium">{running.map(({ name }) => name).join(", ")}</bdi>.
    </p>
  );
}
