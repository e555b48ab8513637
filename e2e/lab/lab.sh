#!/bin/bash
# The lab: real servers on this one machine. Each host has namespaces of its own over a Debian tree, with systemd, OpenSSH and libvirt.
#
#   lab build                               make the layers (once; needs the Debian mirror)
#   lab up [NN[:KIND[:MiB[:CPUS]]]…]        start hosts at 10.77.0.NN and wait for their SSH; KIND is bare (default), hv, light or mail
#   lab status [--json]                     hosts, power, host key fingerprints as each host computes them
#   lab at NN COMMAND…                      run a command on the host as root, without its SSH
#   lab fault NN cut|mend|crash|boot|silent|speak|rekey|memory:MiB|bmc-silent|bmc-speak
#   lab bmc NN[:PASSWORD]…                  a BMC for each host on 10.77.0.(100+NN); log in as admin with lab-bmc-secret
#   lab guest NN NAME MiB linux|bios [ADDRESS]
#   lab check                               whether this machine can run the lab; one sentence when not
#   lab down                                remove everything, whatever state it is in
#
# Log in with `ssh admin@10.77.0.NN` (lab-secret, may sudo) or `ssh plain@10.77.0.NN` (lab-plain, may not).
# REGENT_LAB_NET=10.78.0 moves the network, REGENT_LAB_CACHE the layers, REGENT_LAB_MIRROR names another Debian mirror.
set -euo pipefail
HERE=$(dirname "$(readlink -f "$0")")
for part in settings cgroups layers rack hosts bmcs guests; do . "$HERE/parts/$part.sh"; done
[[ $NET =~ ^[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}$ ]] || die "REGENT_LAB_NET is the first three numbers of a network, such as 10.77.0."
[[ $CACHE == /?* ]] || die "REGENT_LAB_CACHE is an absolute path."

lock() { # one command at a time changes the lab; the lock is gone with the process that held it, so no crash can leave it behind
  mkdir -p /run/lock; exec 9>"/run/lock/$LAB"
  flock -w 180 9 || die "another lab command is still running."
}

up() {
  local spec started hosts=() N KIND MIB CPUS; started=$(now)
  for spec in "$@"; do parse_spec "$spec"; hosts+=("$N"); done
  "$HERE/prepare" 9>&-
  lock; build
  if ! rack_pid >/dev/null || [ ! -e "/sys/class/net/$VETH" ]; then lab_down; rack_up; fi
  for spec in "$@"; do host_up "$spec"; done
  await "${hosts[@]}"
  say "up in $(since "$started"): $(for N in "${hosts[@]}"; do printf '%s.%s ' "$NET" "$N"; done)"
}

command=${1:-}; [ $# = 0 ] || shift
case $command in build | up | down | status | at | fault | guest | bmc | chassis) [ "$(id -u)" = 0 ] || exec "$HERE/prepare" --check ;; esac
case $command in
  build) "$HERE/prepare"; build; say "layers are in $CACHE." ;;
  up) [ $# -gt 0 ] || set -- 11:bare 12:hv; up "$@" ;;
  down) lock; lab_down; say "down." ;;
  status) if [ "${1:-}" = --json ]; then status_json; else status; fi ;;
  at) [ $# -ge 2 ] || die "at NN COMMAND…"; known "$1"; at_host "$@" ;;
  bmc) [ $# -gt 0 ] || die "bmc NN[:PASSWORD]…"; lock; for bmc in "$@"; do bmc_up "$bmc"; done ;;
  chassis) chassis "$@" ;;
  fault) [ $# = 2 ] || die "fault NN cut|mend|crash|boot|silent|speak|rekey|memory:MiB|bmc-silent|bmc-speak"; lock; fault "$@" ;;
  guest) [ $# -ge 2 ] || die "guest NN NAME MiB linux|bios [ADDRESS]"; lock; guest "$@" ;;
  check) "$HERE/prepare" --check ;;
  *) sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//p}' "$0"; exit 2 ;;
esac
