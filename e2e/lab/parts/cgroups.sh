# Control groups (version 1, with the version 2 tree beside it for the hosts' systemd): limits, walls, and the list of what to end.

CONTROLLERS="memory cpu cpuacct cpuset blkio pids devices unified"

# What a host may open: null, zero, full, random, urandom, tty, console, ptmx, pts, net/tun. Never a disk of the machine.
HOST_DEVICES=("c 1:3" "c 1:5" "c 1:7" "c 1:8" "c 1:9" "c 5:0" "c 5:1" "c 5:2" "c 136:*" "c 10:200")

only_devices() { # only_devices GROUP RULE… — closes everything, then opens the rules
  local group=$CG/devices/$1 rule; shift
  echo a >"$group/devices.deny"
  for rule in "$@"; do echo "$rule rwm" >"$group/devices.allow"; done
}

make_group() { # make_group PATH [CPU-LIST]
  local c
  for c in $CONTROLLERS; do mkdir -p "$CG/$c/$1"; done
  cat "$CG/cpuset/cpuset.mems" >"$CG/cpuset/$1/cpuset.mems"
  echo "${2:-$(cat "$CG/cpuset/cpuset.cpus")}" >"$CG/cpuset/$1/cpuset.cpus"
}

lab_groups() { # the lab's own group; a child can never get a device back that its parent has lost
  [ -d "$CG/pids/$LAB/rack" ] && return
  make_group "$LAB"
  only_devices "$LAB" "${HOST_DEVICES[@]}" "c 10:229"   # fuse, for the rack's lxcfs
  make_group "$LAB/rack"
}

host_group() { # host_group NN MiB CPUS
  local last=$(($3 - 1)) most; most=$(($(nproc --all) - 1))
  [ "$last" -le "$most" ] || last=$most
  make_group "$LAB/$1" "0-$last"
  echo $(($2 << 20)) >"$CG/memory/$LAB/$1/memory.limit_in_bytes"
  only_devices "$LAB/$1" "${HOST_DEVICES[@]}"
}

# A process enters its group itself before it does anything else: if `down` has removed the group meanwhile, it ends here.
ENTER='for c in '$CONTROLLERS'; do echo $$ >'$CG'/$c/$0/cgroup.procs || exit 1; done; exec "$@"'
in_group() { local group=$1; shift; bash -c "$ENTER" "$LAB/$group" "$@"; }

group_pids() { # group_pids [NN|rack] — everything that lives in the lab, or in one part of it
  local c
  for c in $CONTROLLERS; do
    [ -d "$CG/$c/$LAB${1:+/$1}" ] && find "$CG/$c/$LAB${1:+/$1}" -name cgroup.procs -exec cat {} + 2>/dev/null
  done | sort -un
}

ENDED=
end_group() { # end_group [NN|rack] — ends all of it and removes the group; an error when something survives
  local deadline=$((SECONDS + STOP_TIMEOUT_S)) pids c left
  while :; do
    pids=$(group_pids "${1:-}" | grep -vx 0 || true)
    # shellcheck disable=SC2086
    [ -z "$pids" ] || kill -9 $pids 2>/dev/null || true
    ENDED="$ENDED $pids"
    left=
    for c in $CONTROLLERS; do
      [ -d "$CG/$c/$LAB${1:+/$1}" ] || continue
      find "$CG/$c/$LAB${1:+/$1}" -depth -type d -exec rmdir {} + 2>/dev/null || left=1
    done
    [ -n "$left" ] || return 0
    [ $SECONDS -lt $deadline ] || return 1
    sleep 0.05
  done
}

await_ended() { # a dead process has left its group but stays in the process list until its parent, at last the machine's init, has noticed
  local pid deadline=$((SECONDS + 5))
  for pid in $ENDED; do
    while [ -e "/proc/$pid" ] && [ $SECONDS -lt $deadline ]; do sleep 0.05; done
  done
}
