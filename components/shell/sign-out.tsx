"use client";

import { signOut } from "next-auth/react";
import { Button } from "@/components/ui/button";

export function SignOut() {
  return (
    <Button className="w-full" onClick={() => void signOut({ callbackUrl: "/login" })}>
      Sign out
    </Button>
  );
}
