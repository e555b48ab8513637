import type { Metadata } from "next";
import { LinkForm } from "@/components/shell/link-form";
import { LoginFrame } from "@/components/shell/login-frame";

export const metadata: Metadata = { title: "Sign in by link" };

export default function LinkPage() {
  return (
    <LoginFrame title="Sign in by link">
      <LinkForm />
    </LoginFrame>
  );
}
