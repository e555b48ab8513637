import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { LoginFrame } from "@/components/shell/login-frame";
import { PasswordForm } from "@/components/shell/password-form";
import { currentUser } from "@/lib/auth";
import { SIGN_IN } from "@/lib/messages/sign-in";

export const metadata: Metadata = { title: SIGN_IN.submit };

export default async function LoginPage() {
  if (await currentUser()) redirect("/nodes");
  return (
    <LoginFrame title={SIGN_IN.submit}>
      <PasswordForm />
    </LoginFrame>
  );
}
