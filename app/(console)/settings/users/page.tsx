import type { Metadata } from "next";
import { EmptyState } from "@/components/ui/empty-state";
import { UsersPage } from "@/components/users/users-page";
import { requireUser } from "@/lib/auth";
import { permissionRefusal, permits } from "@/lib/domain/permissions";
import { USERS } from "@/lib/messages/users";
import { readPeople } from "@/lib/services/users/list";

export const metadata: Metadata = { title: `${USERS.title} · Settings` };

export default async function UsersSettings() {
  const { role } = await requireUser();
  if (permits(role, "user.manage")) return <UsersPage {...await readPeople()} />;
  const { reason, hint } = permissionRefusal("user.manage");
  return (
    <EmptyState title={reason}>
      {USERS.notAdmin} {hint}
    </EmptyState>
  );
}
