"use client";

import { readPasswordLink, resetPassword } from "@/lib/actions/set-up";
import { PASSWORD_LINK } from "@/lib/messages/sign-in";
import { NewPasswordForm } from "./new-password-form";

export function PasswordLinkForm() {
  return (
    <NewPasswordForm words={PASSWORD_LINK} read={readPasswordLink} spend={resetPassword}>
      {() => <p className="text-muted">{PASSWORD_LINK.help}</p>}
    </NewPasswordForm>
  );
}
