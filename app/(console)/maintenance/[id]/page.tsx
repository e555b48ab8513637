import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { PlanActions } from "@/components/maintenance/plan-actions";
import { PlanPage } from "@/components/maintenance/plan-page";
import { PlanBadge } from "@/components/maintenance/plan-badges";
import { PageFrame } from "@/components/shell/page-frame";
import { requireUser } from "@/lib/auth";
import { PLAN } from "@/lib/messages/plan";
import { planDetail } from "@/lib/services/maintenance/plan/read";

type Props = { params: Promise<{ id: string }> };

const planOf = cache(async (id: string) => (z.uuid().safeParse(id).success ? planDetail(id) : null));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireUser();
  const plan = await planOf((await params).id);
  return { title: plan ? `${plan.name} · ${PLAN.title}` : PLAN.title };
}

/** The permanent link to one planned maintenance. */
export default async function MaintenancePlanPage({ params }: Props) {
  await requireUser();
  const plan = await planOf((await params).id);
  if (!plan) notFound();
  return (
    <PageFrame
      crumbs={[{ label: PLAN.title, href: "/maintenance" }, { label: plan.name }]}
      title={plan.name}
      summary={<PlanBadge state={plan.state} />}
      actions={<PlanActions plan={plan} />}
    >
      <PlanPage plan={plan} />
    </PageFrame>
  );
}
