/** How every kind of storage pool on a host is, by whatever is installed there. Nothing is repaired, and no disk is woken for it. */
import { PRELUDE } from "@/lib/machines/scripts/prelude";

/** Each part is headed by its name; what a tool says follows, errors too, and `exit N` in the end. */
export const STORAGE_POOLS_SCRIPT = `${PRELUDE}
exec </dev/null 2>/dev/null
[ -z "$T" ] || T="timeout 10"
part() { p=$1; shift; echo "@@$p"; out=$("$@" 2>&1); c=$?; [ -z "$out" ] || printf '%s\\n' "$out" | cut -c1-1000 | sed -e 's/^@@/ @@/' -e 2000q; echo "exit $c"; }
pools() {
  V="virsh -r -q -c qemu:///system"
  ids=$($T $V pool-list --all --uuid) || return
  ask=; for u in $ids; do case $u in *[!0-9a-f-]*) ;; *) ask="\${ask:+$ask; }pool-info $u" ;; esac; done
  [ -z "$ask" ] || $T $V "$ask"
}
btrfs_all() {
  seen=
  while read -r dev mnt type x; do
    [ "$type" = btrfs ] || continue
    case "$seen " in *" $dev "*) continue ;; esac
    case $mnt in *\\\\*) continue ;; esac
    seen="$seen $dev"
    echo "mount $mnt"
    $T btrfs filesystem show -- "$mnt" || echo "failed show"
    $T btrfs device stats -- "$mnt" || echo "failed stats"
  done </proc/mounts
}
zfs_all() {
  $T zpool list -H -o name,health || return
  $T zpool status | sed -nE 's/^ *(pool|status|errors): */\\1 /p'
}
ceph_all() {
  ids=; for d in /var/lib/ceph/osd/ceph-* /var/lib/ceph/*/osd.*; do
    n=\${d##*[-.]}; case $n in '' | *[!0-9]*) ;; *) [ ! -d "$d" ] || ids="$ids $n" ;; esac
  done
  [ -n "$ids" ] || return 0
  echo "osds$ids"
  for q in ok-to-stop safe-to-destroy; do echo "asked $q"; $T ceph --connect-timeout 8 osd $q $ids; echo "answered $?"; done
}
echo "@@pools 1"
has virsh && part libvirt pools
[ -e /proc/mdstat ] && part md cat /proc/mdstat
has vgs && part vgs $T vgs --noheadings --separator '|' -o vg_name,vg_missing_pv_count
has lvs && part lvs $T lvs --noheadings --separator '|' -o vg_name,lv_name,lv_health_status
has btrfs && part btrfs btrfs_all
has zpool && part zfs zfs_all
has ceph && part ceph ceph_all
echo "@@end"
`;
