"use client";

import { useRouter } from "next/navigation";
import { useContext, useRef, useState } from "react";
import { FormDialog } from "@/components/shell/form-dialog";
import { requestKey } from "@/components/shell/request-key";
import { useConsole } from "@/components/shell/console-context";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { TimeZoneContext } from "@/components/ui/time-zone";
import { toast } from "@/components/ui/toast";
import { planMaintenance } from "@/lib/actions/plans";
import { refusal as refusalOf } from "@/lib/domain/lifecycle";
import { PLAN, PLAN_DIALOG } from "@/lib/messages/plan";
import { refusalAt, type Refusal } from "@/lib/outcome";
import type { NodeRow } from "@/lib/services/nodes/read";
import { AddNode } from "./add-node";
import { MomentField, momentOf, useZoneName } from "@/components/ui/moment-field";
import { PlannedNodes } from "./planned-nodes";
import { usePlannedNodes, useReadiness } from "./use-planned-nodes";

/** Plans a maintenance for the nodes that the address names, and for those that are added. `ids` are separated by commas. */
export function PlanDialog({ ids, onClose }: { ids: string; onClose: () => void }) {
  const planned = usePlannedNodes(ids);
  const { nodes } = planned;
  const readiness = useReadiness(nodes);
  const refused = useRefused(nodes);
  const zone = useContext(TimeZoneContext);
  const zoneName = useZoneName();
  const { busy, refusal, send } = useSend(onClose);
  const [activate, setActivate] = useState(true);
  const possible = nodes.filter(({ id }) => readiness.get(id) === null && !refused.has(id)).length;
  const [wrong] = nodes.filter(({ id }) => refused.has(id));
  const reason = nodes.length === 0 ? PLAN_DIALOG.noNodes : wrong ? PLAN_DIALOG.takeOff(wrong.name) : undefined;
  return (
    <FormDialog
      title={PLAN_DIALOG.title}
      description={PLAN.help}
      size="large"
      submit={PLAN_DIALOG.submit}
      busy={busy}
      disabledReason={planned.loading ? undefined : reason}
      refusal={refusal}
      onSubmit={(form, element) => {
        const text = (name: string) => String(form.get(name) ?? "").trim();
        if (!reason)
          void send({
            name: text("name"),
            reason: text("reason"),
            nodeIds: nodes.map(({ id }) => id),
            from: momentOf(element, "from", zone),
            to: momentOf(element, "to", zone),
            reboot: form.has("reboot"),
            activate,
            bringBack: activate && form.has("bringBack"),
          });
      }}
      onClose={onClose}
    >
      <div className="grid gap-5">
        <Field label={PLAN_DIALOG.name} help={PLAN_DIALOG.nameHelp} required error={refusalAt("name", refusal)}>
          {(control) => <Input {...control} name="name" maxLength={60} autoComplete="off" />}
        </Field>
        <section aria-label={PLAN_DIALOG.nodes} className="grid gap-2">
          <div className="flex flex-wrap items-baseline justify-between gap-x-3">
            <h3 className="font-medium">{PLAN_DIALOG.nodes}</h3>
            {nodes.length > 0 && (
              <p role="status" className="text-sm text-muted">
                {PLAN_DIALOG.couldNow(possible, nodes.length)}
              </p>
            )}
          </div>
          {nodes.length > 0 && (
            <PlannedNodes nodes={nodes} readiness={readiness} refused={refused} onMove={planned.move} onRemove={planned.remove} />
          )}
          <AddNode chosen={nodes} onAdd={planned.add} />
        </section>
        <section aria-label={PLAN_DIALOG.window} className="grid gap-2">
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <MomentField name="from" label={PLAN_DIALOG.from} help={PLAN_DIALOG.fromHelp} error={refusalAt("from", refusal)} />
            <MomentField name="to" label={PLAN_DIALOG.to} help={PLAN_DIALOG.toHelp} error={refusalAt("to", refusal)} />
          </div>
          <p className="text-sm text-muted">{PLAN_DIALOG.zone(zoneName)}</p>
        </section>
        <div className="grid gap-2.5">
          <Checkbox name="reboot" defaultChecked label={PLAN_DIALOG.reboot} description={PLAN_DIALOG.rebootHelp} />
          <Checkbox
            checked={activate}
            onChange={(event) => setActivate(event.target.checked)}
            label={PLAN_DIALOG.activate}
            description={PLAN_DIALOG.activateHelp}
          />
          {activate && (
            <Checkbox
              name="bringBack"
              defaultChecked
              className="ms-6"
              label={PLAN_DIALOG.bringBack}
              description={PLAN_DIALOG.bringBackHelp}
            />
          )}
        </div>
        <Field label={PLAN_DIALOG.reason} help={PLAN_DIALOG.reasonHelp} error={refusalAt("reason", refusal)}>
          {(control) => <Textarea {...control} name="reason" maxLength={500} rows={2} />}
        </Field>
      </div>
    </FormDialog>
  );
}

/** Those that can not be in a plan at all, with the reason that the server would give. */
function useRefused(nodes: readonly NodeRow[]): ReadonlyMap<string, string> {
  const { user, settings, region } = useConsole();
  const context = { role: user.role, now: new Date(), settings, region };
  return new Map(
    nodes.flatMap((node) => {
      const refused = refusalOf("planMaintenance", node, { ...context, activeOperation: node.operation });
      return refused ? [[node.id, refused.reason] as const] : [];
    }),
  );
}

function useSend(onClose: () => void) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const key = useRef(requestKey());
  const send = async (input: Parameters<typeof planMaintenance>[0]) => {
    setBusy(true);
    setRefusal(null);
    const outcome = await planMaintenance(input, key.current).catch((): Refusal => PLAN.unreached);
    setBusy(false);
    // The next press is a new request: this one has been answered.
    if (outcome !== PLAN.unreached) key.current = requestKey();
    if (!outcome.ok) return setRefusal(outcome);
    onClose();
    router.push(`/maintenance/${outcome.value.planId}`);
    toast.success(PLAN_DIALOG.made(input.name));
  };
  return { busy, refusal, send };
}
