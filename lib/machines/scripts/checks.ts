/** The proofs at the end of a join: the hypervisor answers, the links are up. */
import { PRELUDE } from "@/lib/machines/scripts/prelude";

/** Capabilities are a long document: only the kinds of guests the host can run are taken from it. */
export const HYPERVISOR_CHECK_SCRIPT = `${PRELUDE}
exec </dev/null
V="virsh -q -c qemu:///system"
# The first connection starts the daemon, which looks the host over: that takes longer than an answer does.
first() { if [ -n "$T" ]; then timeout 20 $V version; else $V version; fi; }
echo "@@hypervisor 1"
echo "@@version"
has virsh || echo "error: virsh is not installed"
has virsh && first 2>&1 | sed 's/^@@/ @@/'
echo "@@capabilities"
has virsh && $T $V capabilities 2>/dev/null | grep -o "<domain type='[a-z]*'" | sort -u
echo "@@nodeinfo"
has virsh && $T $V nodeinfo 2>/dev/null | sed 's/^@@/ @@/'
echo "@@end"
`;

export const LINK_STATE_SCRIPT = `${PRELUDE}
exec </dev/null 2>/dev/null
N="/sys/class/net/*"
echo "@@linkstate 1"
echo "@@files"
$T grep -sH . $N/address $N/addr_assign_type $N/carrier $N/speed $N/mtu $N/operstate $N/flags $N/bonding_slave/perm_hwaddr
echo "@@symlinks"
$T ls -ld $N/master
echo "@@end"
`;
