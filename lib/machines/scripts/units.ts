/** Starting the units of a profile, and saying how units are. */
import { PRELUDE } from "@/lib/machines/scripts/prelude";

/** `state NAME`: one line of facts, and for a unit that failed the last thing its journal says. */
const STATE = `
S=; if [ "$(id -u)" != 0 ] && $T sudo -n sh -c : >/dev/null 2>&1 </dev/null; then S="sudo -n"; fi
state() {
  load=; active=; sub=; result=
  for pair in $($T systemctl show --no-pager -p LoadState,ActiveState,SubState,Result -- "$1" 2>/dev/null </dev/null); do
    case $pair in LoadState=*) load=\${pair#*=} ;; ActiveState=*) active=\${pair#*=} ;; SubState=*) sub=\${pair#*=} ;; Result=*) result=\${pair#*=} ;; esac
  done
  echo "unit $1 \${load:-unknown} \${active:-unknown} \${sub:-unknown} \${result:-unknown}"
  [ "$active" = failed ] || return 0
  u=$1
  # What systemd says of a socket or service that failed is less than what the service itself said last.
  case $u in *.socket) u="\${u%.socket}.service" ;; esac
  said=$($S $T journalctl -q --no-pager -o cat -n 1 -u "$u" -u "$1" 2>/dev/null </dev/null | tail -n 1)
  [ -z "$said" ] || printf 'journal %s %s\\n' "$1" "$said"
}
`;

/** Input: unit names, one a line. */
export const UNIT_STATE_SCRIPT = `${PRELUDE}${STATE}
names
echo "@@units 1"
echo "@@state"
for n in $list; do state "$n"; done
echo "@@end"
`;

/**
 * Input: unit names, one a line, in the order to start them. A unit that gave up is given a new chance. A socket whose service
 * already runs can not be started beside it: it is enabled for the next boot, and the running service is what counts.
 */
export const START_UNITS_SCRIPT = `${PRELUDE}${STATE}
trap '' PIPE HUP
names
exec </dev/null
T60=; [ -z "$T" ] || T60="timeout 60"
echo "@@units 1"
echo "@@run"
for n in $list; do
  progress "Starting $n"
  systemctl reset-failed "$n" >/dev/null 2>&1
  systemctl enable "$n" >/dev/null 2>&1
  $T60 systemctl start "$n" >/dev/null 2>&1
done
echo "@@state"
for n in $list; do state "$n"; done
for n in $list; do case $n in *.socket) state "\${n%.socket}.service" ;; esac; done
echo "@@end"
`;
