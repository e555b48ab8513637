"use client";

import { useRef, useState, type ChangeEvent } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { SEVERAL } from "@/lib/messages/several";
import { SeveralFaults } from "./faults";
import { SeveralPreview } from "./preview";
import { readTextFile } from "./read-text-file";
import type { SeveralWizard } from "./use-several";

/** The first step: what was pasted, and what Regent understood of it. */
export function SeveralServers({ wizard }: { wizard: SeveralWizard }) {
  const { text, read, checked } = wizard;
  const [unread, setUnread] = useState<string | null>(null);
  return (
    <div className="grid gap-4">
      <Field label={SEVERAL.servers} required help={SEVERAL.serversHelp} error={unread}>
        {(control) => (
          <Textarea
            {...control}
            mono
            rows={6}
            wrap="off"
            autoComplete="off"
            placeholder={SEVERAL.example}
            value={text}
            onChange={(event) => {
              setUnread(null);
              wizard.setText(event.target.value);
            }}
          />
        )}
      </Field>
      <ChooseFile onText={wizard.setText} onUnread={setUnread} />
      <Checkbox
        label={SEVERAL.suggest}
        description={SEVERAL.suggestHelp}
        checked={wizard.suggest}
        onChange={(event) => wizard.setSuggest(event.target.checked)}
      />
      {read.refusal && (
        <Callout kind="danger" role="alert" title={read.refusal.reason}>
          {read.refusal.hint}
        </Callout>
      )}
      {read.ignored.length > 0 && <p className="text-muted wrap-anywhere">{SEVERAL.ignored(read.ignored)}</p>}
      {read.lines.length > 0 && (
        <>
          <SeveralFaults wizard={wizard} />
          {checked !== "read" && <p className="text-sm text-muted">{checked === "reading" ? SEVERAL.checking : SEVERAL.unchecked}</p>}
          <SeveralPreview lines={read.lines} faults={wizard.faults} />
        </>
      )}
    </div>
  );
}

type ChooseFileProps = { onText: (text: string) => void; onUnread: (why: string | null) => void };

/** The file is read here and never sent: what is sent is what was read from it. */
function ChooseFile({ onText, onUnread }: ChooseFileProps) {
  const input = useRef<HTMLInputElement>(null);
  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const { currentTarget } = event;
    const file = currentTarget.files?.[0];
    if (!file) return;
    const text = await readTextFile(file);
    // The same file, mended, can be chosen again.
    currentTarget.value = "";
    onUnread(text.ok ? null : text.reason);
    if (text.ok) onText(text.value);
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
        onChange={(event) => void choose(event)}
      />
      <Button className="w-fit" onClick={() => input.current?.click()}>
        {SEVERAL.file}
      </Button>
    </>
  );
}
