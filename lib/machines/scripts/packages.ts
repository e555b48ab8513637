/** Which packages and units of a profile are there, and putting packages on with the host's own package manager. */
import { PRELUDE } from "@/lib/machines/scripts/prelude";

/** `installed NAME` succeeds when the package is there and whole (a killed installation leaves one that is not). */
const INSTALLED = `
if has dpkg-query; then installed() { case $(dpkg-query -W -f '\${db:Status-Abbrev}' "$1" 2>/dev/null) in ii*) ;; *) return 1 ;; esac; }
elif has rpm; then installed() { rpm -q --whatprovides "$1" >/dev/null 2>&1; }
else installed() { return 1; }
fi
`;

/** Input: lines `package NAME` and `unit NAME`. */
export const PROFILE_STATE_SCRIPT = `${PRELUDE}${INSTALLED}
echo "@@profile 1"
echo "@@manager"
for m in apt-get dnf yum zypper; do if has $m; then echo $m; break; fi; done
echo "@@state"
while read -r kind name; do
  case $name in '' | [!a-z0-9]* | *[!a-zA-Z0-9.+@_-]*) continue ;; esac
  case $kind in
    package) if installed "$name"; then echo "package $name installed"; else echo "package $name missing"; fi ;;
    unit)
      load=; active=; file=
      for pair in $(has systemctl && $T systemctl show --no-pager -p LoadState,ActiveState,UnitFileState -- "$name" 2>/dev/null </dev/null); do
        case $pair in LoadState=*) load=\${pair#*=} ;; ActiveState=*) active=\${pair#*=} ;; UnitFileState=*) file=\${pair#*=} ;; esac
      done
      case $load in '' | not-found) echo "unit $name absent" ;; *) echo "unit $name \${active:-unknown} \${file:-unknown}" ;; esac ;;
  esac
done
echo "@@end"
`;

/**
 * Input: package names, one a line. Prints `@@progress` lines as it goes. A closed connection does not kill the package
 * manager half way (SIGPIPE and SIGHUP are ignored, and children inherit that), and what an earlier run left half
 * configured is repaired first (`--fix-broken`: half unpacked, too; nothing is ever removed). Packages in the host's own cache are used before the network is asked.
 */
export const INSTALL_PACKAGES_SCRIPT = `${PRELUDE}${INSTALLED}
trap '' PIPE HUP
names
exec </dev/null
absent() { gone=; for n in $list; do installed "$n" || gone="$gone $n"; done; [ -n "$gone" ]; }
# An earlier run may still be at work on what is there, or have left it half done: then that is waited for, and repaired.
whole() { ! has dpkg || [ -z "$(dpkg --audit 2>/dev/null)" ]; }
report() { echo "@@state"; for n in $list; do if installed "$n"; then echo "package $n installed"; else echo "package $n missing"; fi; done; echo "@@end"; }
# Of what the package manager prints, the lines that tell how far it is and what went wrong.
tell() {
  code=1
  while IFS= read -r l; do
    case $l in
      "@@code "*) code=\${l#@@code } ;;
      Get:* | Unpacking* | "Setting up"* | Processing* | Installing* | *Installing:* | Retrieving* | "Waiting for"*) progress "$l" ;;
      E:* | Err:* | *rror:* | *rror\\ * | "No match"* | *"not found"* | "Unable to"*) printf '@@error %s\\n' "$l" ;;
    esac
  done
  return "$code"
}
told() { { "$@" 2>&1; echo "@@code $?"; } | tell; }
debian() {
  export DEBIAN_FRONTEND=noninteractive DEBIAN_PRIORITY=critical NEEDRESTART_SUSPEND=1 UCF_FORCE_CONFFOLD=1
  apt() { told apt-get -q -y -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold \\
    -o APT::Install-Recommends=false -o Acquire::Retries=1 -o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20 "$@"; }
  n=0
  while ! whole && [ $n -lt 40 ]; do
    progress "Repairing an interrupted installation"
    told dpkg --configure -a --force-confdef --force-confold
    [ $? = 2 ] || break # 2: another package manager holds the lock
    n=$((n + 1)); sleep 3
  done
  # What was cut off while it was unpacked has to be put there anew: dpkg asks for that, and --fix-broken does not do it by itself.
  torn=$(dpkg-query -W -f '\${db:Status-Eflag} \${binary:Package}\\n' 2>/dev/null | sed -n 's/^reinstreq //p')
  if [ -n "$torn" ]; then
    again="--reinstall --fix-broken --no-remove $torn"
    apt install --no-download $again || { apt update; apt install $again; }
  fi
  absent || return 0
  progress "Looking in the package cache of the host"
  apt install --no-download --fix-broken --no-remove $list && return
  progress "Reading the package lists"
  apt update
  apt install --fix-broken --no-remove $list
}
redhat() { told "$1" -y --setopt=install_weak_deps=False install $list || told "$1" -y -C install $list; }
suse() { told zypper --non-interactive refresh; told zypper --non-interactive install --no-recommends $list; }

echo "@@packages 1"
echo "@@run"
if ! absent && whole; then report; exit 0; fi
[ -z "$gone" ] || progress "Installing$gone"
if has apt-get; then debian; elif has dnf; then redhat dnf; elif has yum; then redhat yum; elif has zypper; then suse
else echo "@@error no apt-get, dnf, yum or zypper on this host"; fi
report
`;
