import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { LoginFrame } from "@/components/shell/login-frame";
import { PasswordForm } from "@/components/shell/password-form";
import { currentUser } from "@/lib/auth";

export const metadata: Metadata = { title: "Sign in" };

export default async function LoginPage() {
  if (await currentUser()) redirect("/nodes");
  return (
    <LoginFrame title="Sign in">
      <PasswordForm />
    </LoginFrame>
  );
}
