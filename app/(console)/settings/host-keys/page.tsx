import type { Metadata } from "next";
import { HostKeys } from "@/components/settings/host-keys";
import { requireUser } from "@/lib/auth";
import { HOST_KEYS } from "@/lib/messages/host-keys";
import { hostKeys } from "@/lib/services/settings/host-keys";

export const metadata: Metadata = { title: `${HOST_KEYS.title} · Settings` };

export default async function HostKeysPage() {
  const { role } = await requireUser();
  return <HostKeys keys={await hostKeys(role)} />;
}
