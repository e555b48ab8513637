"use client";

import { useContext, useState } from "react";
import { FormDialog } from "@/components/shell/form-dialog";
import { useAsked } from "@/components/shell/use-asked";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { MomentField, momentOf, useZoneName } from "@/components/ui/moment-field";
import { RadioCards } from "@/components/ui/radio-cards";
import { Select } from "@/components/ui/select";
import { TimeZoneContext } from "@/components/ui/time-zone";
import { addMuteWindow } from "@/lib/actions/alarms";
import type { MuteTimes } from "@/lib/domain/alarms/mute";
import { ALARMS } from "@/lib/messages/alarms-page";
import { MUTE_WINDOWS } from "@/lib/messages/mute-windows";
import { refusalAt } from "@/lib/outcome";
import type { AlarmView } from "@/lib/services/alarms/read";
import type { MuteScope } from "@/lib/services/alarms/windows";
import { NodeField, type ChosenNode } from "./node-field";
import { TagField } from "./tag-field";
import { WeeklyFields, weeklyOf } from "./weekly-fields";

type Kind = MuteScope["kind"];
const SCOPES = Object.entries(MUTE_WINDOWS.scopes).map(([value, label]) => ({ value, label }));
const KINDS = Object.entries(MUTE_WINDOWS.kinds).map(([value, label]) => ({ value, label }));

/** A time, once or every week, in which nobody is told of what it names. */
export function AddMuteWindowDialog({ alarms, onClose }: { alarms: readonly Pick<AlarmView, "id" | "name">[]; onClose: () => void }) {
  const { busy, refusal, send } = useAsked(onClose, ALARMS.unreached);
  const zone = useContext(TimeZoneContext);
  const zoneName = useZoneName();
  const [kind, setKind] = useState<Kind>("all");
  const [node, setNode] = useState<ChosenNode | null>(null);
  const [tag, setTag] = useState("");
  const [times, setTimes] = useState<MuteTimes["kind"]>("once");
  const error = (field: string) => refusalAt(field, refusal);
  const scopeOf = (form: FormData): MuteScope => {
    if (kind === "alarm") return { kind, alarmId: String(form.get("alarmId")) };
    if (kind === "node") return { kind, nodeId: node?.id ?? "" };
    return kind === "tag" ? { kind, tag } : { kind };
  };
  const timesOf = (element: HTMLFormElement): MuteTimes =>
    times === "weekly"
      ? weeklyOf(new FormData(element))
      : { kind: "once", from: momentOf(element, "from", zone) ?? "", to: momentOf(element, "to", zone) ?? "" };
  return (
    <FormDialog
      title={MUTE_WINDOWS.add}
      submit={MUTE_WINDOWS.add}
      busy={busy}
      refusal={refusal}
      onSubmit={(form, element) => {
        const name = String(form.get("name"));
        const asked = { name, scope: scopeOf(form), times: timesOf(element) };
        void send(() => addMuteWindow(asked), MUTE_WINDOWS.added(name));
      }}
      onClose={onClose}
    >
      <div className="grid gap-4">
        <Field label={MUTE_WINDOWS.name} help={MUTE_WINDOWS.nameHelp} required error={error("name")}>
          {(control) => <Input {...control} name="name" maxLength={60} autoComplete="off" />}
        </Field>
        <Field label={MUTE_WINDOWS.scope}>
          {(control) => (
            <Select
              {...control}
              options={SCOPES}
              value={kind}
              // The options are the kinds.
              onChange={(event) => setKind(event.target.value as Kind)}
            />
          )}
        </Field>
        {kind === "alarm" && (
          <Field label={MUTE_WINDOWS.alarm} required error={error("scope.alarmId")}>
            {(control) => (
              <Select
                {...control}
                name="alarmId"
                placeholder={MUTE_WINDOWS.chooseAlarm}
                options={alarms.map(({ id, name }) => ({ value: id, label: name }))}
              />
            )}
          </Field>
        )}
        {kind === "node" && <NodeField node={node} onNode={setNode} error={error("scope.nodeId")} />}
        {kind === "tag" && <TagField tag={tag} onTag={setTag} error={error("scope.tag")} />}
        <RadioCards
          legend={MUTE_WINDOWS.kind}
          name="kind"
          options={KINDS}
          value={times}
          // The options are the two kinds.
          onValueChange={(value) => setTimes(value as MuteTimes["kind"])}
        />
        {times === "once" ? (
          <div className="grid gap-1">
            <div className="grid items-start gap-4 sm:grid-cols-2">
              <MomentField name="from" label={MUTE_WINDOWS.from} help="" error={error("times.from")} />
              <MomentField name="to" label={MUTE_WINDOWS.to} help="" error={error("times.to")} />
            </div>
            <p className="text-sm text-muted">{MUTE_WINDOWS.zone(zoneName)}</p>
          </div>
        ) : (
          <WeeklyFields zoneName={zoneName} error={error} />
        )}
      </div>
    </FormDialog>
  );
}
