# One host: its group, its board (power), and the questions one may ask it.

KINDS="bare hv light mail"

parse_spec() { # parse_spec NN[:KIND[:MiB[:CPUS]]] — sets N KIND MIB CPUS or ends with one sentence
  IFS=: read -r N KIND MIB CPUS <<<"$1"
  KIND=${KIND:-bare} MIB=${MIB:-2048} CPUS=${CPUS:-2}
  [[ $N =~ ^[0-9]+$ && $N -ge 10 && $N -le 250 ]] || die "\"$1\": a host has a number from 10 to 250, as in 11:bare or 12:hv:4096:2."
  [[ " $KINDS " == *" $KIND "* ]] || die "\"$1\": the kind is one of $KINDS."
  [[ $MIB =~ ^[0-9]+$ && $MIB -ge 64 && $CPUS =~ ^[1-9][0-9]*$ ]] || die "\"$1\": memory is in MiB (64 or more), then a number of CPUs."
}

known() { [[ $1 =~ ^[0-9]+$ ]] && [ -e "$RUN/hosts/$1/spec" ] || die "there is no host $1; \`status\` lists them."; }

host_pid() { # the host's own process 1 as the machine counts it: third pid namespace down, number 1 there
  local pid
  for pid in $(cat "$CG/pids/$LAB/$1/cgroup.procs" 2>/dev/null); do
    awk '/^NSpid:/ { exit !(NF == 4 && $NF == 1) }' "/proc/$pid/status" 2>/dev/null && { echo "$pid"; return; }
  done
  return 1
}

at_host() { # at_host NN COMMAND… — as root on the host, without its SSH
  local n=$1 pid; shift
  pid=$(host_pid "$n") || die "host $n is off."
  in_group "$n" nsenter --target "$pid" --mount --uts --ipc --net --pid --cgroup --root --wd -- \
    /usr/bin/env -i HOME=/root LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
}

power_on() { # power_on NN — with the disk it had, if it had one
  local n=$1 kind mib cpus dir=$RUN/hosts/$1
  [ -z "$(group_pids "$n")" ] || end_group "$n" || die "host $n does not end."
  read -r kind mib cpus <"$dir/spec"
  mkdir -p "$DISKS/$n"
  host_group "$n" "$mib" "$cpus"
  N=$n KIND=$kind NET=$NET RUN=$RUN DISK=$DISKS/$n LOWER=$(cat "$dir/layers") setsid bash -c "$ENTER" "$LAB/$n" \
    nsenter --target "$(rack_pid)" --pid --mount --net -- unshare --net bash "$HERE/inside/board" \
    >>"$dir/console.log" 2>&1 </dev/null 9>&- &
}

power_cut() { end_group "$1" || die "host $1 does not end."; in_rack ip link del "p$1" 2>/dev/null || true; in_rack ip link del "q$1" 2>/dev/null || true; }

banner() { # one attempt to read the SSH banner over the lab's network
  timeout 2 bash -c 'exec 3<>"/dev/tcp/$0/22" && read -r -t 1 line <&3 && [[ $line == SSH-* ]]' "$NET.$1" 2>/dev/null 9>&-
}

last_words() { [ ! -s "$RUN/hosts/$1/console.log" ] || echo " Its console said: $(tail -n 3 "$RUN/hosts/$1/console.log" | tr '\n' ' ')"; }

await() { # await NN… — until SSH answers on each
  local n deadline=$((SECONDS + BOOT_TIMEOUT_S))
  for n in "$@"; do
    until banner "$n"; do
      [ $SECONDS -lt $deadline ] || die "host $n did not answer on $NET.$n:22 within $BOOT_TIMEOUT_S s.$(last_words "$n")"
      [ -n "$(group_pids "$n")" ] || die "host $n went off while it booted.$(last_words "$n")"
      sleep 0.1
    done
    touch "$RUN/hosts/$n/answered"
  done
}

host_up() { # host_up SPEC — starts it unless it runs already with the same spec
  local N KIND MIB CPUS dir; parse_spec "$1"; dir=$RUN/hosts/$N
  if [ -e "$dir/answered" ] && [ "$(cat "$dir/spec")" = "$KIND $MIB $CPUS" ] && host_pid "$N" >/dev/null; then return; fi
  power_cut "$N"; rm -rf "$dir" "$DISKS/${N:?}"; mkdir -p "$dir"
  lower_dirs "$KIND" >"$dir/layers"   # a recipe may change under a host that runs: it keeps what it was made of
  echo "$KIND $MIB $CPUS" >"$dir/spec"
  power_on "$N"
}

sshd_signal() { # sshd_signal NN SIGNAL — to the processes of that host's group which are its sshd
  local pid
  for pid in $(cat "$CG/pids/$LAB/$1/cgroup.procs"); do
    [[ $(cat "/proc/$pid/comm" 2>/dev/null) == sshd* ]] && kill "-$2" "$pid" 2>/dev/null
  done
  return 0
}

memory_limit() { # memory_limit NN MiB — as if memory was taken out: what is over the limit is swapped to nowhere, and at last killed
  [[ $2 =~ ^[1-9][0-9]{1,6}$ ]] || die "memory:MiB is at least memory:10."
  echo $(($2 << 20)) >"$CG/memory/$LAB/$1/memory.limit_in_bytes" || die "host $1 uses more than $2 MiB and can not give it back."
}

fault() { # fault NN cut|mend|crash|boot|silent|speak|rekey|memory:MiB|bmc-silent|bmc-speak
  local n=$1; known "$n"
  case ${2:-} in cut | mend | silent | speak | rekey | memory:*) host_pid "$n" >/dev/null || die "host $n is off." ;; esac
  case ${2:-} in
    cut) in_rack ip link set "p$n" down ;;
    mend) in_rack ip link set "p$n" up ;;
    crash) power_cut "$n" ;;
    boot) host_pid "$n" >/dev/null || { power_on "$n"; await "$n"; } ;;
    silent) sshd_signal "$n" STOP ;;
    speak) sshd_signal "$n" CONT ;;
    bmc-silent) bmc_signal "$n" STOP ;;
    bmc-speak) bmc_signal "$n" CONT ;;
    rekey) at_host "$n" sh -c "$REKEY"; await "$n" ;;
    memory:*) memory_limit "$n" "${2#memory:}" ;;
    *) die "a fault is one of cut, mend, crash, boot, silent, speak, rekey, memory:MiB, bmc-silent, bmc-speak." ;;
  esac
}
# A light host has no systemd: its sshd is process 1 and reads its keys again on a HUP.
REKEY='rm -f /etc/ssh/ssh_host_*; for t in ed25519 ecdsa; do ssh-keygen -q -t $t -N "" -C "$(hostname)" -f /etc/ssh/ssh_host_${t}_key; done
if [ -d /run/systemd/system ]; then systemctl restart ssh; else kill -HUP 1; sleep 0.3; fi'

FINGERPRINTS='for f in /etc/ssh/ssh_host_*_key.pub; do read -r type _ <"$f"; set -- $(ssh-keygen -lf "$f"); echo "$type $2"; done'

status_json() {
  local dir n kind mib cpus power keys between=
  printf '{"network":"%s.0/24","console":"%s.1","hosts":[' "$NET" "$NET"
  for dir in "$RUN"/hosts/*/; do
    [ -e "$dir/spec" ] || continue
    n=$(basename "$dir"); read -r kind mib cpus <"$dir/spec"; power=off keys=
    if host_pid "$n" >/dev/null; then
      power=on keys=$(at_host "$n" sh -c "$FINGERPRINTS" | awk '{ printf "%s{\"type\":\"%s\",\"sha256\":\"%s\"}", s, $1, $2; s = "," }')
    fi
    printf '%s{"number":%d,"name":"node%d","ip":"%s.%d","kind":"%s","memoryMiB":%d,"cpus":%d,"power":"%s","mac":"52:54:00:77:00:%02x","hostKeys":[%s]}' \
      "$between" "$n" "$n" "$NET" "$n" "$kind" "$mib" "$cpus" "$power" "$n" "$keys"
    between=,
  done
  printf ']}\n'
}

status() {
  local dir n kind mib cpus
  rack_pid >/dev/null || { say "down."; return; }
  for dir in "$RUN"/hosts/*/; do
    [ -e "$dir/spec" ] || continue
    n=$(basename "$dir"); read -r kind mib cpus <"$dir/spec"
    if host_pid "$n" >/dev/null; then
      echo "node$n  $NET.$n  $kind  on   $(awk '{ printf "%d MB in use", $1 / 1e6 }' "$CG/memory/$LAB/$n/memory.usage_in_bytes")"
      at_host "$n" sh -c "$FINGERPRINTS" | sed 's/^/  /'
    else echo "node$n  $NET.$n  $kind  off"; fi
  done
}
