import type { Metadata } from "next";
import { InvitationForm } from "@/components/shell/invitation-form";
import { LoginFrame } from "@/components/shell/login-frame";
import { INVITATION } from "@/lib/messages/sign-in";

export const metadata: Metadata = { title: INVITATION.title };

export default function InvitationPage() {
  return (
    <LoginFrame title={INVITATION.title}>
      <InvitationForm />
    </LoginFrame>
  );
}
