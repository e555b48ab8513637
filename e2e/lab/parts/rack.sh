# The rack: one process that holds the lab's pid, mount and network namespaces (its network is the switch).
# Every host lives inside it, so ending it ends all of them, and the machine's own mount table and `ip netns` never see the lab.

rack_pid() { # the rack's first process as the machine counts it; nothing when there is none
  local pid; pid=$(cat "$RUN/rack.pid" 2>/dev/null) || return 1
  grep -qx "$pid" "$CG/pids/$LAB/rack/cgroup.procs" 2>/dev/null || return 1
  echo "$pid"
}

in_rack() { nsenter --target "$(rack_pid)" --pid --mount --net -- "$@"; }

collision() { # somebody else's addresses in the lab's network
  ip -4 -o addr show | awk -v veth="$VETH" -v net="$NET." '{ sub(/@.*/, "", $2) } $2 != veth && index($4, net) == 1 { print $2; exit }'
}

rack_up() {
  local other i child; other=$(collision)
  [ -z "$other" ] || die "$NET.0/24 is in use on $other; choose another network with REGENT_LAB_NET, for example REGENT_LAB_NET=10.78.0."
  mkdir -p "$RUN/hosts" "$DISKS"; lab_groups
  LXCFS=$(layer_path lxcfs) RUN=$RUN setsid bash -c "$ENTER" "$LAB/rack" \
    unshare --net --mount --pid --fork --kill-child=SIGKILL --propagation private --mount-proc bash "$HERE/inside/rack" \
    >"$RUN/rack.log" 2>&1 </dev/null 9>&- &
  child=$!
  for i in $(seq 100); do
    [ -e "$RUN/rack.ready" ] && break
    kill -0 $child 2>/dev/null || break
    sleep 0.05
  done
  [ -e "$RUN/rack.ready" ] || die "the switch did not start: $(tail -n 1 "$RUN/rack.log")"
  tr -d ' ' <"/proc/$child/task/$child/children" >"$RUN/rack.pid"
  ip link add "$VETH" type veth peer name console netns "$(cat "$RUN/rack.pid")"
  in_rack ip link set dev console master br0 up
  ip addr add "$NET.1/24" dev "$VETH"; ip link set "$VETH" up
}

lab_down() { # whatever state the lab is in
  local failed=
  end_group || failed="processes ($(group_pids | tr '\n' ' '))"
  ip link del "$VETH" 2>/dev/null || true
  [ ! -e "/sys/class/net/$VETH" ] || failed="$failed link $VETH"
  await_ended
  rm -rf "$RUN" "$DISKS" || failed="$failed files in $RUN or $DISKS"
  rmdir "$(dirname "$RUN")" 2>/dev/null || true
  [ -z "$failed" ] || die "could not remove $failed."
}
