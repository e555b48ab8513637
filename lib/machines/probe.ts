/**
 * The probe: one POSIX sh script that prints what a machine is and writes nothing on it. It only collects: sections of raw
 * text headed `@@name` and closed by `@@end`; lib/machines/parse.ts gives them meaning. Runs in dash, bash and busybox ash,
 * as root, with `sudo -n`, or with no privilege at all (and then says so), and goes on when a tool is missing.
 *
 * Two guards keep one section from posing as another: lines of `grep -H` begin with their path, and what a tool prints
 * passes a filter which indents a leading `@@`. Two guards keep it short: each tool has 5 s, and after 13 s no further tool
 * is begun. Privileged tools stand inside sudo, with `timeout` innermost: an ordinary user may not signal a root process.
 */
import { MOUNTS } from "@/lib/machines/scripts/mounts";
import { VMS } from "@/lib/machines/scripts/vms";

export const PROBE_SCRIPT = `
LC_ALL=C; PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; export LC_ALL PATH
exec </dev/null 2>/dev/null
umask 077
begun=0; read -r begun rest </proc/uptime; begun=\${begun%.*}
late=
T=; for t in "timeout -k 1 5" "timeout 5" "timeout -t 5"; do if $t sh -c :; then T=$t; break; fi; done
S=; who=none
if [ "$(id -u)" = 0 ]; then who=root; elif $T sudo -n sh -c :; then S="sudo -n"; who=sudo; fi

has() { command -v "$1" >/dev/null; }
spent() { now=$begun; read -r now rest </proc/uptime; now=\${now%.*}; [ $((now - begun)) -ge 13 ]; }
run() {
  name=$1; shift
  if spent; then late="$late $name"; return; fi
  echo "@@$name"
  "$@" | sed -e 's/^@@/ @@/' -e 20000q
}

echo "@@probe 1"
echo "@@privilege"; echo $who
run clock date +%s
run kernel uname -srm

N="/sys/class/net/*"; B="/sys/block/[!lrz]*"; P=
has lspci || P="/sys/bus/pci/devices/*"
# The lists of paths stay unquoted on purpose: the shell expands them.
run files $T grep -sH . /proc/sys/kernel/hostname /proc/sys/kernel/random/boot_id /proc/uptime /etc/machine-id \\
  /etc/os-release /usr/lib/os-release /sys/devices/system/cpu/online \\
  $N/address $N/addr_assign_type $N/carrier $N/duplex $N/speed $N/mtu $N/operstate $N/flags $N/type $N/tun_flags $N/uevent \\
  $N/bridge/bridge_id $N/bonding/mode $N/bonding_slave/perm_hwaddr \\
  $B/size $B/queue/rotational $B/device/model $B/device/vendor $B/device/serial $B/serial $B/device/wwid \\
  \${P:+$P/class $P/vendor $P/device $P/subsystem_vendor $P/subsystem_device}
run counters $T grep -sHE '^(MemTotal|btime)' /proc/meminfo /proc/stat
run symlinks $T ls -ld $N $N/master $N/lower_* $N/device/driver /sys/block/* /sys/bus/pci/devices/*/driver /sys/bus/pci/devices/*/iommu_group

siblings() { $T grep -sh . /sys/devices/system/cpu/cpu[0-9]*/topology/thread_siblings_list | sort -u; }
packages() { $T grep -sh . /sys/devices/system/cpu/cpu[0-9]*/topology/physical_package_id | sort -u; }
run siblings siblings
run packages packages
run cpuinfo sed '/^$/q' /proc/cpuinfo
run processors grep -c '^processor' /proc/cpuinfo
grep -q '^model name' /proc/cpuinfo || { has lscpu && run lscpu $T lscpu; }

D=/sys/class/dmi/id
run dmi $S $T grep -sH . $D/product_uuid $D/product_serial $D/sys_vendor $D/product_name
tree() { for f in model serial-number; do [ -r /proc/device-tree/$f ] && { printf '%s ' $f; tr -d '\\000\\n' </proc/device-tree/$f; echo; }; done; }
[ -d /proc/device-tree ] && run devicetree tree

has lsblk && run disks $T lsblk -b -d -P -o NAME,TYPE,SIZE,MODEL,SERIAL,ROTA,TRAN,VENDOR,WWN
if [ $who != none ] && has smartctl; then
  d=; n=0
  for f in /sys/block/sd* /sys/block/nvme*n*; do [ -e "$f" ] && [ $n -lt 32 ] && { d="$d \${f##*/}"; n=$((n + 1)); }; done
  # -n standby: a probe does not wake a sleeping disk
  [ -n "$d" ] && run smart $S $T sh -c 'for d; do echo "disk $d"; smartctl -n standby -H "/dev/$d"; done' sh $d
fi

if has ip; then
  run addresses $T ip -o addr
  details() { $T ip -d -o link || spent || $T ip -o link; }
  # cut: a card with many virtual functions prints them all on its one line
  short() { details | cut -c1-1000; }
  run linkdetails short
fi
permanent() {
  for f in $N/device; do
    spent && return
    how=; read -r how <"\${f%/device}/addr_assign_type" || continue
    f=\${f%/device}; [ "$how" = 3 ] && { echo "link \${f##*/}"; $T ethtool -P "\${f##*/}"; }
  done
}
has ethtool && run permanent permanent
[ -e /proc/net/vlan/config ] && run vlans $S $T cat /proc/net/vlan/config
has lspci && run pci $T lspci -Dvmmnnk

${VMS}
if has virsh; then
  run virsh $T virsh --version
  run libvirt $S $T virsh -r -q -c qemu:///system version
  run vms vms
fi
for q in qemu-system-$(uname -m) qemu-kvm /usr/libexec/qemu-kvm; do has "$q" && { run qemu $T "$q" --version; break; }; done

if has systemctl && spent; then late="$late services"
elif has systemctl; then
  units=; n=0
  for u in $($T systemctl list-units --type=service --state=running,failed --no-legend --plain --no-pager); do
    case $u in *.service) [ $n -lt 500 ] && { units="$units $u"; n=$((n + 1)); } ;; esac
  done
  run services $T systemctl show --no-pager -p Id,LoadState,ActiveState,SubState,CPUUsageNSec,MemoryCurrent,NRestarts,ControlGroup -- $units \\
    libvirtd.service virtqemud.service ssh.service sshd.service chrony.service chronyd.service systemd-timesyncd.service
  # Without memory accounting systemd says "[not set]": the sum over the processes of the unit stands in for it.
  if [ -n "$units" ] && [ ! -e /sys/fs/cgroup/system.slice/memory.current ]; then
    C="/sys/fs/cgroup/system.slice /sys/fs/cgroup/systemd/system.slice"
    groups() { for c in $C; do $T grep -sH . $c/*.service/cgroup.procs $c/*/*/cgroup.procs; done; }
    run groups groups
    run rss $T grep -sH '^VmRSS' /proc/[0-9]*/status
  fi
fi

${MOUNTS}
has df && run partitions here

echo "@@notes"
[ -n "$T" ] || echo "no timeout"
for t in lsblk lspci ip systemctl smartctl df; do has $t || echo "no $t"; done
for t in $late; do echo "late $t"; done
echo "@@end"
`;
