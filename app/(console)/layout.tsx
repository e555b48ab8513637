import { Suspense, type ReactNode } from "react";
import { NodeDialogs } from "@/components/nodes/dialogs";
import { ConsoleContext } from "@/components/shell/console-context";
import { Header } from "@/components/shell/header";
import { LiveBanner } from "@/components/shell/live-banner";
import { LiveIndicator } from "@/components/shell/live-indicator";
import { LiveUpdates } from "@/components/shell/live-updates";
import { SignOut } from "@/components/shell/sign-out";
import { requireUser } from "@/lib/auth";
import { USER_ROLES } from "@/lib/domain/permissions";
import { consoleRegion } from "@/lib/services/nodes/console-region";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const user = await requireUser();
  const { name, settings, region } = await consoleRegion();
  return (
    <ConsoleContext facts={{ user: { id: user.id, name: user.name, role: user.role }, settings, region }}>
      <LiveUpdates>
        <Header
          region={name}
          user={{ name: user.name, role: USER_ROLES[user.role].label }}
          live={<LiveIndicator />}
          signOut={<SignOut />}
        />
        <LiveBanner />
        {children}
        <Suspense>
          <NodeDialogs />
        </Suspense>
      </LiveUpdates>
    </ConsoleContext>
  );
}
