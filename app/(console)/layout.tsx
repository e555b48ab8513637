import { Suspense, type ReactNode } from "react";
import { NodeDialogs } from "@/components/nodes/dialogs/host";
import { ConsoleContext } from "@/components/shell/console-context";
import { Header } from "@/components/shell/header";
import { Keyboard } from "@/components/shell/keyboard";
import { LiveBanner } from "@/components/shell/live-banner";
import { LiveIndicator } from "@/components/shell/live-indicator";
import { LiveUpdates } from "@/components/shell/live-updates";
import { OperationsButton } from "@/components/shell/operations-button";
import { SignOut } from "@/components/shell/sign-out";
import { requireUser } from "@/lib/auth";
import { USER_ROLES } from "@/lib/domain/permissions";
import { buildId } from "@/lib/services/about";
import { readPreferences } from "@/lib/services/access/preferences";
import { consoleRegion } from "@/lib/services/nodes/console-region";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const user = await requireUser();
  const [{ name, settings, region }, preferences] = await Promise.all([consoleRegion(), readPreferences(user.id)]);
  return (
    <ConsoleContext facts={{ user: { id: user.id, name: user.name, role: user.role }, settings, region, preferences, build: buildId() }}>
      <LiveUpdates>
        <Header
          region={name}
          user={{ name: user.name, role: USER_ROLES[user.role].label }}
          live={
            <>
              <Suspense>
                <OperationsButton />
              </Suspense>
              <LiveIndicator />
            </>
          }
          signOut={<SignOut />}
        />
        <LiveBanner />
        {children}
        <Suspense>
          <NodeDialogs />
        </Suspense>
        <Keyboard />
      </LiveUpdates>
    </ConsoleContext>
  );
}
