"use client";

import { useEffect, useRef } from "react";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { testTarget } from "@/lib/actions/notify";
import { NOTIFY_PAGE } from "@/lib/messages/notify-page";
import type { TargetView } from "@/lib/services/notify/read";
import { TestResult } from "./test-result";
import { useTest } from "./use-test";

/** Tells a target that this is a test, and shows what came of it. */
export function TestTargetDialog({ target: { id, name }, onClose }: { target: TargetView; onClose: () => void }) {
  const { run, ...test } = useTest();
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void run((key) => testTarget({ targetId: id }, key));
  });
  return (
    <Dialog open onClose={onClose} title={NOTIFY_PAGE.testTitle(name)} footer={<DialogCancel>{NOTIFY_PAGE.close}</DialogCancel>}>
      <TestResult {...test} success={NOTIFY_PAGE.testOk} />
    </Dialog>
  );
}
