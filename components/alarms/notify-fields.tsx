"use client";

import Link from "next/link";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { FieldError } from "@/components/ui/field";
import { Table, Td, Th } from "@/components/ui/table";
import { TableFrame } from "@/components/ui/table-frame";
import type { AlarmState } from "@/lib/domain/alarms/choices";
import { ALARM_FORM } from "@/lib/messages/alarm-form";
import type { Recipient } from "@/lib/services/alarms/recipients";
import type { FieldsProps } from "./form-section";

const STATES = Object.keys(ALARM_FORM.notifyStates) as AlarmState[]; // the keys of a record are its type

/** Who is told of which state: a row for each recipient, a column for each state. */
export function NotifyFields({ typed, set, errorAt, recipients }: FieldsProps & { recipients: readonly Recipient[] }) {
  const error = errorAt("actions", ...STATES.map((state) => `actions.${state}`));
  const toggle = (state: AlarmState, id: string, told: boolean) => {
    const others = typed.actions[state].filter((one) => one !== id);
    set({ actions: { ...typed.actions, [state]: told ? [...others, id] : others } });
  };
  return (
    <>
      {recipients.length === 0 ? (
        <Callout title={ALARM_FORM.noRecipients}>
          {ALARM_FORM.noRecipientsHelp}{" "}
          <Link href="/settings/notifications" className="link">
            {ALARM_FORM.openSettings}
          </Link>
        </Callout>
      ) : (
        <TableFrame label={ALARM_FORM.notify}>
          <Table>
            <thead>
              <tr>
                <Th>{ALARM_FORM.recipient}</Th>
                {STATES.map((state) => (
                  <Th key={state}>{ALARM_FORM.notifyStates[state]}</Th>
                ))}
              </tr>
            </thead>
            <tbody>
              {recipients.map(({ id, name, address, enabled, problem }) => (
                <tr key={id}>
                  <Th scope="row" className="max-w-64 font-normal! whitespace-normal!">
                    <bdi className="font-medium text-ink">{name}</bdi>
                    {address !== name && <bdi className="block truncate text-xs text-muted">{address}</bdi>}
                    {!enabled && <span className="block text-xs">{ALARM_FORM.off}</span>}
                    {enabled && problem !== null && (
                      <span className="block text-xs text-danger" title={problem}>
                        {ALARM_FORM.failing}
                      </span>
                    )}
                  </Th>
                  {STATES.map((state) => (
                    <Td key={state}>
                      <Checkbox
                        label={ALARM_FORM.notifyOne(ALARM_FORM.notifyStates[state], name)}
                        labelHidden
                        checked={typed.actions[state].includes(id)}
                        onChange={(event) => toggle(state, id, event.target.checked)}
                      />
                    </Td>
                  ))}
                </tr>
              ))}
            </tbody>
          </Table>
        </TableFrame>
      )}
      {error && <FieldError id="actions-error">{error}</FieldError>}
      <Checkbox
        label={ALARM_FORM.actionsOff}
        description={ALARM_FORM.actionsOffHelp}
        checked={!typed.actionsEnabled}
        onChange={(event) => set({ actionsEnabled: !event.target.checked })}
      />
    </>
  );
}
