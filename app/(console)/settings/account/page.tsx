import type { Metadata } from "next";
import { AccountPage } from "@/components/account/account-page";
import { requireUser } from "@/lib/auth";
import { ACCOUNT } from "@/lib/messages/account";
import { readAccount } from "@/lib/services/users/account";

export const metadata: Metadata = { title: `${ACCOUNT.title} · Settings` };

export default async function AccountSettings() {
  const { id, sessionHash } = await requireUser();
  return <AccountPage {...await readAccount(id, sessionHash)} />;
}
