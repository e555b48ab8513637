# A BMC of its own for a host (ipmi_sim of OpenIPMI): it stands beside the host on the switch and has power when the host has none.

BMC_USER=admin
BMC_PASSWORD=lab-bmc-secret

bmc_address() { echo "$NET.$((100 + $1))"; }

bmc_up() { # bmc_up NN[:PASSWORD] — anew, when there is one already
  local n=${1%%:*} password=$BMC_PASSWORD dir; [ "$n" = "$1" ] || password=${1#*:}
  known "$n"; [ "$n" -le 150 ] || die "a host with a BMC has a number up to 150."
  [[ $password =~ ^[A-Za-z0-9-]{1,20}$ ]] || die "the password of a BMC has 1 to 20 letters, digits and -."
  dir=$RUN/bmcs/$n; bmc_down "$n"; rm -rf "$dir"; mkdir -p "$dir/state"
  make_group "$LAB/bmc$n"
  cat >"$dir/lan.conf" <<C
name "node$n"
set_working_mc 0x20
startlan 1
  addr $(bmc_address "$n") 623
  priv_limit admin
  allowed_auths_user md5
  allowed_auths_operator md5
  allowed_auths_admin md5
  guid $(printf 'a123456789abcdefa1234567%08x' "$n")
endlan
chassis_control "$dir/chassis"
user 1 false "" "" user 10 none md5
user 2 true "$BMC_USER" "$password" admin 10 md5
C
  printf 'mc_setbmc 0x20\nmc_add 0x20 0 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02 persist_sdr\nsel_enable 0x20 1000 0x0a\nmc_enable 0x20\n' >"$dir/sim.emu"
  printf '#!/bin/bash\nexport REGENT_LAB_NET=%s REGENT_LAB_CACHE=%s\nexec %q chassis %s "$@"\n' "$NET" "$CACHE" "$HERE/lab.sh" "$n" >"$dir/chassis"
  chmod +x "$dir/chassis"
  # In a network namespace of its own, and nowhere else: what it does to the host's power is done from outside the rack.
  # shellcheck disable=SC2016
  BMC=$(bmc_address "$n") PORT=b$n SWITCH=$(rack_pid) DIR=$dir setsid bash -c "$ENTER" "$LAB/bmc$n" unshare --net bash -euc '
    nsenter --target "$SWITCH" --net -- ip link del "$PORT" 2>/dev/null || true
    ip link set lo up
    nsenter --target "$SWITCH" --net -- ip link add "$PORT" type veth peer name mgmt0 netns $$
    nsenter --target "$SWITCH" --net -- ip link set dev "$PORT" master br0 up
    ip link set mgmt0 up; ip addr add "$BMC/24" dev mgmt0
    exec ipmi_sim -n -c "$DIR/lan.conf" -f "$DIR/sim.emu" -s "$DIR/state"' >"$dir/log" 2>&1 </dev/null 9>&- &
  for _ in $(seq 100); do
    IPMI_PASSWORD=$password ipmitool -I lanplus -C 3 -H "$(bmc_address "$n")" -N 1 -R 1 -U "$BMC_USER" -E chassis power status >/dev/null 2>&1 && return
    sleep 0.05
  done
  die "the BMC of host $n did not answer: $(tail -n 1 "$dir/log")"
}

bmc_down() { [ -z "$(group_pids "bmc$1")" ] || end_group "bmc$1" || die "the BMC of host $1 does not end."; }

bmc_signal() { # bmc_signal NN SIGNAL
  local pid
  [ -e "$RUN/bmcs/$1" ] || die "host $1 has no BMC; \`bmc $1\` gives it one."
  for pid in $(group_pids "bmc$1"); do kill "-$2" "$pid" 2>/dev/null || true; done
}

chassis() { # called by ipmi_sim: NN get WHAT… | NN set WHAT VALUE…
  local n=$1 op=$2 dir=$RUN/bmcs/$1 pid; shift 2
  exec 2>>"$dir/chassis.log"; echo "$(date +%T) $op $*" >&2
  while [ $# -gt 0 ]; do
    if [ "$op" = get ]; then
      case $1 in power) if host_pid "$n" >/dev/null; then echo power:1; else echo power:0; fi ;; *) echo "$1:0" ;; esac
      shift; continue
    fi
    case $1:$2 in
      power:0) power_cut "$n" >&2 ;;
      power:1) host_pid "$n" >/dev/null || power_on "$n" >&2 ;;
      reset:*) power_cut "$n" >&2; power_on "$n" >&2 ;;
      shutdown:*) ! pid=$(host_pid "$n") || kill -RTMIN+4 "$pid" ;;   # systemd takes it as the power button
    esac
    shift 2
  done
}
