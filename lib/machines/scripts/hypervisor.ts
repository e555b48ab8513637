/** Looking at virtual machines and stopping them. */
import { DEED } from "@/lib/machines/scripts/deed";
import { PRELUDE } from "@/lib/machines/scripts/prelude";
import { VMS } from "@/lib/machines/scripts/vms";

/** Deadlines are for tools that hang; a host under load may need longer than the survey grants. */
export const LIST_VMS_SCRIPT = `${PRELUDE}
exec </dev/null 2>/dev/null
S=; [ -z "$T" ] || T="timeout 20"
${VMS}
echo "@@vms 1"
echo "@@list"
if has virsh; then vms | sed 's/^@@/ @@/'
else
  # Without libvirt there are none, unless somebody runs them by hand.
  guest=
  for f in /proc/[0-9]*/comm; do c=; read -r c <"$f"; case $c in qemu-system* | qemu-kvm* | kvm) guest=1 ;; esac; done
  [ -n "$guest" ] || echo "@@none"
fi
echo "@@end"
`;

/** Where virtual machines get their memory from: the machine's, or less where a control group says so. */
export const MEMORY_SCRIPT = `
LC_ALL=C; export LC_ALL
exec </dev/null 2>/dev/null
G=/sys/fs/cgroup
limit() { most=; now=; read -r most <"$1"; read -r now <"$2"; [ -z "$most" ] || [ -z "$now" ] || echo "limit $most $now"; }
echo "@@memory 1"
echo "@@facts"
while read -r k v x; do case $k in MemTotal: | MemAvailable:) echo "$k $v" ;; esac; done </proc/meminfo
for d in $G $G/machine.slice; do limit $d/memory.max $d/memory.current; done
for d in $G/memory $G/memory/machine.slice; do limit $d/memory.limit_in_bytes $d/memory.usage_in_bytes; done
echo "@@end"
`;

/** Input: the UUID of a VM. */
export const VM_STATE_SCRIPT = `${DEED}
read -r uuid; is_uuid "$uuid"
state_here "$uuid"
end "done $here"
`;

/** Input: the UUID of a VM, then `hard` or `soft`. A soft stop is asked of the guest, which may take its time or not listen. */
export const STOP_VM_SCRIPT = `${DEED}
read -r uuid; is_uuid "$uuid"
read -r how; case $how in hard) verb=destroy ;; soft) verb=shutdown ;; *) bad ;; esac
state_here "$uuid"
case $here in absent | "shut off") end "done $here" ;; esac
try timeout 60 $V $verb "$uuid" && end "done asked"
# It may have stopped by itself meanwhile.
why=$said; state_here "$uuid"; said=$why
case $here in absent | "shut off") end "done $here" ;; esac
end refused failed
`;

/** Input: the UUID of a VM. */
export const MIGRATION_PROGRESS_SCRIPT = `${DEED}
read -r uuid; is_uuid "$uuid"
try timeout 20 $V domjobinfo --rawstats "$uuid" && { facts=$(printf '%s\\n' "$said" | tr '\\n' ' '); said=; end "done $facts"; }
case $said in *"failed to get domain"* | *"Domain not found"* | *"not running"*) said=; end "done absent" ;; esac
end refused failed
`;

/** Input: the UUID of a VM. */
export const ABORT_MIGRATION_SCRIPT = `${DEED}
read -r uuid; is_uuid "$uuid"
try timeout 60 $V domjobabort "$uuid" && { said=; end "done aborted"; }
case $said in *"no job is active"* | *"failed to get domain"* | *"Domain not found"* | *"not running"*) said=; end "done nothing" ;; esac
end refused failed
`;
