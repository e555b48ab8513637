"use client";

import { Suspense } from "react";
import { Button } from "@/components/ui/button";
import { useConsole } from "@/components/shell/console-context";
import { ADD_CANDIDATE, addRefusal } from "@/lib/domain/lifecycle";
import { useDialogAddress } from "./dialogs/address";

function Opener() {
  const { user } = useConsole();
  const { open } = useDialogAddress();
  return (
    <Button variant="primary" disabledReason={addRefusal(user.role)?.reason} onClick={() => open("add")}>
      {ADD_CANDIDATE.label}
    </Button>
  );
}

export function AddButton() {
  return (
    <Suspense>
      <Opener />
    </Suspense>
  );
}
