"use client";

import { useState } from "react";
import { FormDialog } from "@/components/shell/form-dialog";
import { useMade } from "@/components/shell/use-made";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioCards } from "@/components/ui/radio-cards";
import { inviteUser } from "@/lib/actions/users";
import type { UserRole } from "@/lib/domain/permissions";
import { INVITE, USERS } from "@/lib/messages/users";
import { refusalAt } from "@/lib/outcome";
import type { InvitationRow } from "@/lib/services/users/list";
import { LifeField } from "./life-field";
import { MadeLinkDialog } from "./made-link-dialog";
import { ROLE_CARDS } from "./role-cards";

/** Asks who comes and what the person may do, and then gives the link once. `again` is the invitation that this one replaces. */
export function InviteDialog({ again, onClose }: { again: InvitationRow | null; onClose: () => void }) {
  const { busy, refusal, send } = useMade(USERS.unreached);
  const [made, setMade] = useState<{ name: string; token: string; minutes: number } | null>(null);
  if (made)
    return (
      <MadeLinkDialog
        title={INVITE.made(made.name)}
        name={INVITE.link}
        path="/login/invitation"
        token={made.token}
        minutes={made.minutes}
        onClose={onClose}
      />
    );
  const invite = async (form: FormData) => {
    const [name, minutes] = [String(form.get("name")).trim(), Number(form.get("minutes"))];
    // The cards are the roles.
    const invited = { email: String(form.get("email")), name, role: String(form.get("role")) as UserRole, minutes };
    const link = await send(() => inviteUser(invited));
    if (link) setMade({ name, minutes, token: link.token });
  };
  return (
    <FormDialog
      title={INVITE.title}
      submit={INVITE.submit}
      busy={busy}
      refusal={refusal}
      onSubmit={(form) => void invite(form)}
      onClose={onClose}
    >
      <div className="grid gap-4">
        <Field label={INVITE.email} required help={INVITE.emailHelp} error={refusalAt("email", refusal)}>
          {(control) => <Input {...control} name="email" type="email" autoComplete="off" defaultValue={again?.email} />}
        </Field>
        <Field label={INVITE.name} required help={INVITE.nameHelp} error={refusalAt("name", refusal)}>
          {(control) => <Input {...control} name="name" maxLength={80} autoComplete="off" defaultValue={again?.name} />}
        </Field>
        <RadioCards legend={INVITE.role} name="role" options={ROLE_CARDS} defaultValue={again?.role ?? "viewer"} />
        <LifeField />
      </div>
    </FormDialog>
  );
}
