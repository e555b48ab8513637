import { Suspense, type ReactNode } from "react";
import { NodeDialogs } from "@/components/nodes/dialogs/host";
import { ConsoleContext } from "@/components/shell/console-context";
import { Header } from "@/components/shell/header";
import { IsolationBanner } from "@/components/shell/isolation-banner";
import { Keyboard } from "@/components/shell/keyboard";
import { LiveBanner } from "@/components/shell/live-banner";
import { LiveIndicator } from "@/components/shell/live-indicator";
import { LiveUpdates } from "@/components/shell/live-updates";
import { NavCount } from "@/components/shell/nav-count";
import { NotifyBanner } from "@/components/shell/notify-banner";
import { OperationsButton } from "@/components/shell/operations-button";
import { SignOut } from "@/components/shell/sign-out";
import { requireUser } from "@/lib/auth";
import { USER_ROLES } from "@/lib/domain/permissions";
import { buildId } from "@/lib/services/about";
import { readPreferences } from "@/lib/services/access/preferences";
import { alarmsNow } from "@/lib/services/alarms/now";
import { readIsolation } from "@/lib/services/fencing/isolation";
import { consoleRegion } from "@/lib/services/nodes/console-region";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const user = await requireUser();
  const [{ name, settings, region }, preferences, isolation, alarms] = await Promise.all([
    consoleRegion(),
    readPreferences(user.id),
    readIsolation(),
    alarmsNow(),
  ]);
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
          count={<NavCount key={alarms.inAlarm} inAlarm={alarms.inAlarm} failing={alarms.failing !== null} />}
          signOut={<SignOut />}
        />
        <LiveBanner />
        <IsolationBanner initial={isolation} />
        <div role="status">{alarms.failing && <NotifyBanner failing={alarms.failing} />}</div>
        {children}
        <Suspense>
          <NodeDialogs />
        </Suspense>
        <Keyboard />
      </LiveUpdates>
    </ConsoleContext>
  );
}
