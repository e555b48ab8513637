"use client";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { testMail } from "@/lib/actions/notify";
import { NOTIFY } from "@/lib/messages/notify";
import { refusalAt } from "@/lib/outcome";
import { TestResult } from "./test-result";
import { useTest } from "./use-test";

/** Sends a mail to somebody, and shows what the server said to it. */
export function MailTest() {
  const { run, ...test } = useTest();
  const wrong = refusalAt("address", test.refusal);
  const shown = wrong && test.dialogue.length === 0 ? null : <TestResult {...test} success={NOTIFY.tested} />;
  return (
    <form
      noValidate
      className="grid grid-cols-[minmax(0,1fr)] max-w-3xl gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        const address = String(new FormData(event.currentTarget).get("address"));
        if (test.state !== "running") void run((key) => testMail({ address }, key));
      }}
    >
      <div className="flex flex-wrap items-start gap-2">
        <div className="w-80 max-w-full">
          <Field label={NOTIFY.testTo} error={test.dialogue.length === 0 ? wrong : null}>
            {(control) => <Input {...control} name="address" type="email" autoComplete="email" />}
          </Field>
        </div>
        <Button type="submit" busy={test.state === "running"} className="mt-6">
          {NOTIFY.test}
        </Button>
      </div>
      {shown}
    </form>
  );
}
