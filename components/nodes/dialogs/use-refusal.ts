import { useConsole } from "@/components/shell/console-context";
import { refusal, type CommandName } from "@/lib/domain/lifecycle";
import type { NodeRole } from "@/lib/domain/roles";
import type { Refusal } from "@/lib/outcome";
import type { NodeDetail } from "@/lib/services/nodes/read";

/** Why a command is not possible on this node now, in the words the server would use. */
export function useRefusal(command: CommandName, node: NodeDetail, joinRole?: NodeRole): Refusal | null {
  const { user, settings, region } = useConsole();
  const rest = joinRole ? { joinRole } : {};
  return refusal(command, node, { role: user.role, now: new Date(), settings, region, activeOperation: node.operation, ...rest });
}
