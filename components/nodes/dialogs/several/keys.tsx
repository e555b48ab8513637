"use client";

import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { PasswordInput } from "@/components/ui/password-input";
import { Skeleton } from "@/components/ui/skeleton";
import { FIELDS } from "@/lib/messages/mission";
import { SEVERAL } from "@/lib/messages/several";
import { refusalAt } from "@/lib/outcome";
import { HostKeyHelp } from "../host-key";
import { KeysTable } from "./keys-table";
import type { SeveralWizard } from "./use-several";

/** The second step: the host keys, each of which somebody trusts or not, and the one password. */
export function SeveralKeys({ wizard }: { wizard: SeveralWizard }) {
  const { seen, trusts, trusted, reading } = wizard;
  const keys = seen.flatMap(({ key }) => key ?? []);
  const compared = keys.filter((key) => trusts.get(key) === "verified");
  const others = keys.filter((key) => !trusts.has(key));
  const types = [...new Set(seen.flatMap(({ hostKey }) => hostKey?.type ?? []))];
  const failed = seen.some(({ refusal }) => refusal !== null);
  if (!seen.length) return <Skeleton className="h-24" />;
  return (
    <div className="grid gap-4">
      <p className="text-muted">{SEVERAL.keysHelp}</p>
      {types.map((type) => (
        <HostKeyHelp key={type} type={type} />
      ))}
      {keys.length > 0 && (
        <Checkbox
          label={SEVERAL.allCompared(keys.length)}
          description={SEVERAL.allComparedHelp}
          checked={compared.length === keys.length}
          indeterminate={compared.length > 0 && compared.length < keys.length}
          onChange={(event) => wizard.trust(keys, event.target.checked ? "verified" : null)}
        />
      )}
      <KeysTable seen={seen} trusts={trusts} onTrust={(key, trust) => wizard.trust([key], trust)} />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        {others.length > 0 && (
          <Button size="small" aria-describedby="trust-rest" onClick={() => wizard.trust(others, "unverified")}>
            {SEVERAL.trustRest(others.length)}
          </Button>
        )}
        {failed && !reading && (
          <Button size="small" busy={wizard.sending} onClick={wizard.lookAgain}>
            {SEVERAL.lookAgain}
          </Button>
        )}
        {others.length > 0 && (
          <p id="trust-rest" className="text-sm text-muted">
            {SEVERAL.trustRestHelp}
          </p>
        )}
      </div>
      <Field label={FIELDS.password} required help={SEVERAL.password} error={refusalAt("password", wizard.refused)}>
        {(control) => (
          <PasswordInput
            {...control}
            name="password"
            autoComplete="off"
            value={wizard.password}
            onChange={(event) => wizard.setPassword(event.target.value)}
          />
        )}
      </Field>
      <p role="status">
        {reading ? (
          SEVERAL.stillReading
        ) : (
          <>
            <span className="font-semibold">{SEVERAL.willBe(trusted.length, seen.length)}</span>{" "}
            {trusted.length > 0 && trusted.length < seen.length && SEVERAL.leftOut} {failed && SEVERAL.failedStay}
          </>
        )}
      </p>
    </div>
  );
}
