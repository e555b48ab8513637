/**
 * The words `links`, `disks` and `pools`, and `smart`, which is to be said some time before `disks`: what of a machine is broken, as cheaply
 * as it can be known. One process of ip and one of virsh; everything else is a file of the kernel's. What they print is read by
 * lib/machines/parse-health.ts. They keep their state in the shell's variables, so they are not to stand in a pipeline.
 */
import { CARDS } from "@/lib/machines/scripts/cards";

/**
 * A card should be up when something stands above it (a bond, a bridge, a VLAN), or when it has an address. systemd-networkd takes the
 * address away when the cable is pulled, so what once was in use stays so, until somebody switches the card off: then it has no carrier
 * to read.
 *
 * SMART is asked every half hour, as smartd does, of a process for each disk that ends with smartctl's own exit status. One that hangs in
 * a broken disk delays neither the survey nor the other disks, and is looked for again the next time. A disk that sleeps is not woken
 * (2); it keeps its word. Without root it is asked by sudo, where that is allowed without a password.
 */
export const HEALTH = `${CARDS}
in_use=" "
card() {
  n=\${1##*/}
  if there "$1"/upper_*; then :; else case "$addresses" in *": $n "*) ;; *) case "$in_use" in *" $n "*) ;; *) return ;; esac ;; esac; fi
  case "$in_use" in *" $n "*) ;; *) in_use="$in_use$n " ;; esac
  c=; read -r c <"$1/carrier"
  [ -z "$c" ] || echo "link $n $c"
}
links() {
  addresses=
  has ip && addresses=$($T ip -o addr show scope global)
  cards card
}

asked=; heard=; due=0
smart() {
  now=0; read -r now x </proc/uptime; now=\${now%.*}
  [ "$now" -ge "$due" ] && has smartctl || return 0
  due=$((now + 1800))
  R=; [ "$(id -u)" = 0 ] || { $T sudo -n sh -c : </dev/null >/dev/null && R="sudo -n"; } || return 0
  count=0
  for f in /sys/block/sd* /sys/block/nvme*n*; do
    n=\${f##*/}
    case $n in nvme*c*n*) continue ;; esac
    case "$asked " in *" $n:"*) continue ;; esac
    [ -e "$f" ] && [ $count -lt 256 ] || continue
    count=$((count + 1))
    $R $T smartctl -n standby -H "/dev/$n" </dev/null >/dev/null &
    asked="$asked $n:$!"
  done
}
# Who has ended is a zombie, or was waited for by the shell meanwhile; then the number may be another's.
listen() {
  left=
  for a in $asked; do
    s=; pp=; read -r x x s pp x <"/proc/\${a#*:}/stat"
    if [ "$pp" = $$ ] && [ "$s" != Z ]; then left="$left $a"; continue; fi
    wait "\${a#*:}"; code=$?; n=\${a%:*}
    [ $code = 2 ] && case "$heard " in *" $n:"*) continue ;; esac
    rest=
    for h in $heard; do [ "\${h%:*}" = "$n" ] || rest="$rest $h"; done
    heard="$rest $n:$code"
  done
  asked=$left
}
disks() {
  listen
  for h in $heard; do [ -e "/sys/block/\${h%:*}" ] && echo "smart \${h%:*} \${h#*:}"; done
  for f in /sys/block/sd*/device/state /sys/block/nvme*n*/device/state; do
    s=; n=\${f#/sys/block/}
    read -r s <"$f" && echo "state \${n%%/*} $s"
  done
  # A file system that found errors and that the kernel took the right to write from; others are read-only on purpose. From
  # Linux 6.15 on its options say "rw" and "emergency_ro"; those of 6.12 to 6.14 do not tell.
  for f in /sys/fs/ext4/*/errors_count; do
    e=0; read -r e <"$f"
    [ "\${e:-0}" -gt 0 ] || continue
    d=\${f%/errors_count}; d=\${d##*/}; at=; read -r at <"/sys/class/block/$d/dev" || continue
    while read -r x x m x x x rest; do
      [ "$m" = "$at" ] && case "$rest," in *"- ext4 "*" ro,"* | *"- ext4 "*,emergency_ro,*) echo "readonly $d"; break ;; esac
    done </proc/self/mountinfo
  done
}

pools() {
  [ -e /proc/mdstat ] && while IFS= read -r l; do printf 'md %.1000s\\n' "$l"; done </proc/mdstat
  for d in /sys/fs/btrfs/*/devinfo; do
    [ -d "$d" ] || continue
    is=ok
    for f in "$d"/*/missing; do v=0; read -r v <"$f"; [ "$v" = 1 ] && is=degraded; done
    for f in "$d"/*/error_stats; do
      [ -e "$f" ] || continue
      while read -r k v; do [ "\${v:-0}" -gt 0 ] && is=degraded; done <"$f"
    done
    d=\${d%/devinfo}; echo "btrfs $is \${d##*/}"
  done
  for f in /proc/spl/kstat/zfs/*/state; do
    s=; d=\${f%/state}
    read -r s <"$f" && echo "zfs $s \${d##*/}"
  done
  has virsh && $T virsh -r -q -c qemu:///system pool-list --all | cut -c1-200 | sed -e '/^ *$/d' -e 's/^/libvirt /' -e 500q
}
`;
