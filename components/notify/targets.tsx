"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { onDemand } from "@/components/ui/on-demand";
import { toast } from "@/components/ui/toast";
import { enableTarget } from "@/lib/actions/notify";
import { NOTIFY } from "@/lib/messages/notify";
import { NOTIFY_PAGE } from "@/lib/messages/notify-page";
import type { Refusal } from "@/lib/outcome";
import type { TargetView } from "@/lib/services/notify/read";
import type { TargetAsk } from "./target-menu";
import { TargetsTable } from "./targets-table";

const TargetDialog = onDemand(() => import("./target-dialog").then((module) => module.TargetDialog));
const RemoveTargetDialog = onDemand(() => import("./remove-target-dialog").then((module) => module.RemoveTargetDialog));
const TestTargetDialog = onDemand(() => import("./test-target-dialog").then((module) => module.TestTargetDialog));
const DeliveriesDialog = onDemand(() => import("./deliveries-dialog").then((module) => module.DeliveriesDialog));

type Asked = { what: "add"; kind: TargetView["kind"] } | { what: Exclude<TargetAsk, "enable">; target: TargetView };

/** Who can be told, and how that goes. */
export function Targets({ targets }: { targets: readonly TargetView[] }) {
  const router = useRouter();
  const [asked, setAsked] = useState<Asked | null>(null);
  const ask = async (what: TargetAsk, target: TargetView) => {
    if (what !== "enable") return setAsked({ what, target });
    const { id, name, enabled } = target;
    const outcome = await enableTarget({ targetId: id, enabled: !enabled }).catch((): Refusal => NOTIFY_PAGE.unreached);
    router.refresh();
    if (outcome.ok) toast.success(enabled ? NOTIFY_PAGE.disabled(name) : NOTIFY_PAGE.enabled(name));
    else toast.error([outcome.reason, outcome.hint].filter(Boolean).join(" "), { duration: Infinity });
  };
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-lg font-semibold">{NOTIFY.targets}</h2>
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => setAsked({ what: "add", kind: "webhook" })}>{NOTIFY_PAGE.addWebhook}</Button>
          <Button variant="primary" onClick={() => setAsked({ what: "add", kind: "email" })}>
            {NOTIFY_PAGE.addEmail}
          </Button>
        </div>
      </div>
      {targets.length ? (
        <TargetsTable targets={targets} onAsk={(what, target) => void ask(what, target)} />
      ) : (
        <EmptyState title={NOTIFY.noTargets} />
      )}
      {asked && <Asking asked={asked} onClose={() => setAsked(null)} />}
    </>
  );
}

function Asking({ asked, onClose }: { asked: Asked; onClose: () => void }) {
  if (asked.what === "add") return <TargetDialog kind={asked.kind} target={null} onClose={onClose} />;
  const { target } = asked;
  switch (asked.what) {
    case "change":
      return <TargetDialog kind={target.kind} target={target} onClose={onClose} />;
    case "test":
      return <TestTargetDialog target={target} onClose={onClose} />;
    case "remove":
      return <RemoveTargetDialog target={target} onClose={onClose} />;
    case "deliveries":
      return <DeliveriesDialog target={target} onClose={onClose} />;
  }
}
