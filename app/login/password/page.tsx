import type { Metadata } from "next";
import { PasswordLinkForm } from "@/components/shell/password-link-form";
import { LoginFrame } from "@/components/shell/login-frame";
import { PASSWORD_LINK } from "@/lib/messages/sign-in";

export const metadata: Metadata = { title: PASSWORD_LINK.title };

export default function PasswordLinkPage() {
  return (
    <LoginFrame title={PASSWORD_LINK.title}>
      <PasswordLinkForm />
    </LoginFrame>
  );
}
