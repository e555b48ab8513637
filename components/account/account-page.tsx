"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { usePageNews } from "@/components/shell/use-page-news";
import { Button } from "@/components/ui/button";
import { KeyValues } from "@/components/ui/key-values";
import { onDemand } from "@/components/ui/on-demand";
import { SessionsTable } from "@/components/users/sessions-table";
import { USER_ROLES } from "@/lib/domain/permissions";
import { ACCOUNT, SESSIONS } from "@/lib/messages/account";
import type { AccountView } from "@/lib/services/users/account";
import { Factor } from "./factor";
import { Part } from "./part";

const PasswordDialog = onDemand(() => import("./password-dialog").then((module) => module.PasswordDialog));

/** The own password, second factor and sessions. */
export function AccountPage({ name, email, role, hasPassword, factor, sessions }: AccountView) {
  usePageNews(({ access }) => access);
  const router = useRouter();
  const [asked, setAsked] = useState(false);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] max-w-5xl gap-8">
      <KeyValues
        items={[
          { label: ACCOUNT.name, value: <bdi>{name}</bdi> },
          { label: ACCOUNT.email, value: <bdi>{email}</bdi> },
          { label: ACCOUNT.role, value: USER_ROLES[role].label },
        ]}
      />
      <Part title={ACCOUNT.password} help={hasPassword ? ACCOUNT.passwordSet : ACCOUNT.passwordNone}>
        <Button className="w-fit" onClick={() => setAsked(true)}>
          {ACCOUNT.change}
        </Button>
        {asked && <PasswordDialog hasPassword={hasPassword} onClose={() => setAsked(false)} />}
      </Part>
      <Factor factor={factor} hasPassword={hasPassword} />
      <Part title={SESSIONS.title} help={SESSIONS.help}>
        <SessionsTable sessions={sessions} onEnded={() => router.refresh()} />
      </Part>
    </div>
  );
}
