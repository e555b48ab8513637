/**
 * What is read every few seconds on a kept connection. Regent writes a line, the script answers and waits for the next; when the
 * connection ends, so does the script, and nothing of it is left behind.
 */
import { CARDS } from "@/lib/machines/scripts/cards";
import { HEALTH } from "@/lib/machines/scripts/health";
import { MOUNTS } from "@/lib/machines/scripts/mounts";
import { PRELUDE } from "@/lib/machines/scripts/prelude";
import { VMS } from "@/lib/machines/scripts/vms";

/**
 * Counters of the kernel by the shell's own words alone: no process is started, whatever the interval. One write an answer, so that
 * it travels as one packet.
 */
export const SAMPLE_SCRIPT = `
LC_ALL=C; export LC_ALL
exec 2>/dev/null
${CARDS}
link() {
  rx=; tx=; up=
  read -r rx <$1/statistics/rx_bytes
  read -r tx <$1/statistics/tx_bytes
  read -r up <$1/carrier
  o="$o
n \${1##*/} $rx $tx $up"
}
while read -r line; do
  [ "$line" = sample ] || exit 64
  w=; c=; up=; x=; boot=; load=; k=; mt=; ma=
  read -r up x </proc/uptime
  read -r w c </proc/stat
  read -r boot </proc/sys/kernel/random/boot_id
  read -r load x </proc/loadavg
  { read -r k mt x; read -r k x; read -r k ma x; } </proc/meminfo
  [ "$k" = MemAvailable: ] || ma=
  o="@@sample 1
t $up
b $boot
c $c
m $mt $ma
l $load"
  cards link
  for f in /sys/block/sd*/stat /sys/block/nvme*n*/stat /sys/block/vd*/stat /sys/block/xvd*/stat /sys/block/mmcblk*/stat; do
    [ -e "$f" ] || continue
    rs=; ws=; ms=
    read -r x x rs x x x ws x x ms x <"$f"
    f=\${f%/stat}
    o="$o
d \${f##*/} $rs $ws $ms"
  done
  printf '%s\\n@@end\\n' "$o"
done
`;

/** What changes slowly or costs a process: free space, what each service uses, what is broken, the virtual machines. Asked once a minute, on a channel of its own, so that a dead file server or a hypervisor that hangs never delays a sample. */
export const SURVEY_SCRIPT = `${PRELUDE}
exec 2>/dev/null
# A file server that is gone must not cost the answer its time; the next one is asked again.
spent() { now=$begun; read -r now x </proc/uptime; now=\${now%.*}; [ $((now - begun)) -ge 8 ]; }
S=
STATES=active,reloading,activating,deactivating,failed
${MOUNTS}${VMS}${HEALTH}
# One hierarchy of control groups (microseconds), or the older one for each controller (nanoseconds). Instances of a template (an OSD of
# Ceph, a cluster of PostgreSQL) have a slice of their own below.
services() {
  G=/sys/fs/cgroup
  read -r k x </proc/uptime && echo "up $k"
  for f in $G/*.slice/*.service/cpu.stat $G/*.slice/*.slice/*.service/cpu.stat; do
    [ -e "$f" ] || continue
    d=\${f%/cpu.stat}; k=; us=; mem=
    read -r k us <"$f"
    read -r mem <"$d/memory.current"
    printf '%s\n' "\${d##*/} $us $mem"
  done
  C=$G/cpu,cpuacct
  for f in $C/*.slice/*.service/cpuacct.usage $C/*.slice/*.slice/*.service/cpuacct.usage; do
    [ -e "$f" ] || continue
    d=\${f%/cpuacct.usage}; ns=0; mem=
    read -r ns <"$f"
    read -r mem <"$G/memory/\${d#"$C/"}/memory.usage_in_bytes"
    printf '%s\n' "\${d##*/} $((ns / 1000)) $mem"
  done
}
while read -r line; do
  [ "$line" = survey ] || exit 64
  begun=0; read -r begun x </proc/uptime; begun=\${begun%.*}
  echo "@@survey 1"
  smart
  echo "@@partitions"
  has df && here
  echo "@@services"
  services
  echo "@@units"
  has systemctl && units=$($T systemctl list-units --type=service --state=$STATES --no-legend --plain --no-pager) && {
    printf '%s\\n' "$units" | cut -c1-200 | sed -e 's/^@@/ @@/' -e 's/^\\( *[^ ]* *[^ ]* *[^ ]* *[^ ]*\\).*/\\1/' -e 1000q
    echo answered
  }
  echo "@@links"
  links
  echo "@@disks"
  disks
  echo "@@pools"
  pools
  echo "@@vms"
  has virsh && vms | sed -e 's/^@@/ @@/'
  echo "@@end"
done
`;
