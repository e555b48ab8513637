"use client";

import { acceptInvitation, readInvitation } from "@/lib/actions/set-up";
import { INVITATION } from "@/lib/messages/sign-in";
import { NewPasswordForm } from "./new-password-form";

export function InvitationForm() {
  return (
    <NewPasswordForm words={INVITATION} read={readInvitation} spend={acceptInvitation}>
      {({ name, role }) => (
        <>
          <p className="text-lg font-medium wrap-anywhere">
            <bdi>{name}</bdi>
          </p>
          <p className="text-muted">{INVITATION.help(role)}</p>
        </>
      )}
    </NewPasswordForm>
  );
}
