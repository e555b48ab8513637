import { useConsole } from "@/components/shell/console-context";
import { permissionRefusal, permits } from "@/lib/domain/permissions";

/** Why this person may not manage alarms; undefined: he may. */
export function useAlarmsRefused(): string | undefined {
  const { user } = useConsole();
  return permits(user.role, "alarm.manage") ? undefined : permissionRefusal("alarm.manage").reason;
}
