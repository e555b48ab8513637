import type { Metadata } from "next";
import { LoginFrame } from "@/components/shell/login-frame";
import { SetUpForm } from "@/components/shell/set-up-form";

export const metadata: Metadata = { title: "Set up" };

export default function SetUpPage() {
  return (
    <LoginFrame title="The first administrator">
      <SetUpForm />
    </LoginFrame>
  );
}
