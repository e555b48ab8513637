import { CopyText } from "@/components/ui/copy-text";
import { HELP } from "@/lib/messages/mission";

const FILES: Record<string, string> = { "ssh-ed25519": "ssh_host_ed25519_key.pub", "ssh-rsa": "ssh_host_rsa_key.pub" };

/** How to see the same fingerprint without the network in between. */
export function HostKeyHelp({ type }: { type: string }) {
  const file = FILES[type] ?? "ssh_host_ecdsa_key.pub";
  return (
    <p className="text-sm text-muted">
      {HELP.verifyHostKey} <CopyText name="command" text={`ssh-keygen -lf /etc/ssh/${file}`} />
    </p>
  );
}
