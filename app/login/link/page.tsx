import type { Metadata } from "next";
import { LinkForm } from "@/components/shell/link-form";
import { LoginFrame } from "@/components/shell/login-frame";
import { SIGN_IN_LINK } from "@/lib/messages/sign-in";

export const metadata: Metadata = { title: SIGN_IN_LINK.title };

export default function LinkPage() {
  return (
    <LoginFrame title={SIGN_IN_LINK.title}>
      <LinkForm />
    </LoginFrame>
  );
}
