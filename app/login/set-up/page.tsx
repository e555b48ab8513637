import type { Metadata } from "next";
import { LoginFrame } from "@/components/shell/login-frame";
import { SetUpForm } from "@/components/shell/set-up-form";
import { SET_UP } from "@/lib/messages/sign-in";

export const metadata: Metadata = { title: "Set up" };

export default function SetUpPage() {
  return (
    <LoginFrame title={SET_UP.title}>
      <SetUpForm />
    </LoginFrame>
  );
}
