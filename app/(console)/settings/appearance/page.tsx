import type { Metadata } from "next";
import { Appearance } from "@/components/shell/appearance";
import { requireUser } from "@/lib/auth";

export const metadata: Metadata = { title: "Appearance · Settings" };

export default async function AppearancePage() {
  await requireUser();
  return <Appearance now={new Date().toISOString()} />;
}
