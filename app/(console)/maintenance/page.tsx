import type { Metadata } from "next";
import { Suspense } from "react";
import { PlanButton } from "@/components/maintenance/plan-button";
import { PlansList } from "@/components/maintenance/plans-list";
import { PageFrame } from "@/components/shell/page-frame";
import { requireUser } from "@/lib/auth";
import { PLAN } from "@/lib/messages/plan";
import { nodesInMaintenance } from "@/lib/services/maintenance/now";
import { planList } from "@/lib/services/maintenance/plan/read";

export const metadata: Metadata = { title: PLAN.title };

export default async function MaintenancePage() {
  await requireUser();
  const [now, plans] = await Promise.all([nodesInMaintenance(), planList()]);
  return (
    <PageFrame
      crumbs={[{ label: PLAN.title }]}
      title={PLAN.title}
      actions={
        <Suspense>
          <PlanButton />
        </Suspense>
      }
    >
      <PlansList now={now} {...plans} />
    </PageFrame>
  );
}
