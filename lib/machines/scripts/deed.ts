import { PRELUDE } from "@/lib/machines/scripts/prelude";

/**
 * How every script begins that does something with the hypervisor. It answers by `end RESULT words…`, once: `done` or `refused CODE`,
 * with the last lines of what the tools said before it, in their own words; lib/machines/parse-deed.ts reads that.
 *
 * What it was begun for it ends, though the connection breaks: PIPE and HUP are ignored, and children inherit that.
 */
export const DEED = `${PRELUDE}
trap '' PIPE HUP
V="virsh -q -c qemu:///system"
D=/etc/regent; R=/run/regent; K=$D/migration_key; H=$D/known_hosts
said=
end() {
  echo "@@deed 1"; echo "@@said"
  printf '%s\\n' "$said" | tail -n 30 | cut -c1-1000 | sed 's/^@@/ @@/'
  echo "@@result"; printf '%s\\n' "$*" | head -n 1 | cut -c1-2000; echo "@@end"
  exit 0
}
try() { said=$("$@" 2>&1 </dev/null); }
bad() { echo "@@refused"; exit 64; }
is_uuid() { case $1 in *[!0-9a-f-]*) bad ;; ????????-????-????-????-????????????) ;; *) bad ;; esac; }
is_number() { case $1 in '' | *[!0-9]* | ??????????*) bad ;; esac; }
is_ip() {
  case $1 in *[!0-9.]* | .* | *. | *..*) bad ;; esac
  OLD=$IFS; IFS=.; set -- $1; IFS=$OLD
  [ $# = 4 ] || bad
  for n; do case $n in ????* | 0?*) bad ;; esac; [ "$n" -le 255 ] || bad; done
}
is_key() { # TYPE BODY
  [ "$1" = ssh-ed25519 ] || bad
  case $2 in *[!A-Za-z0-9+/=]*) bad ;; AAAA*) ;; *) bad ;; esac
  [ \${#2} -lt 200 ] || bad
}
# Reads, changes and writes of one script at a time.
alone() { has flock || end refused no-tool flock; [ -d $R ] || mkdir -p $R; exec 9>>"$R/$1.lock"; flock -w 20 9 || end refused busy; }
# What stands at libvirt for one VM: absent, or its state. Another answer ends the script.
state_here() {
  try timeout 20 $V domstate "$1" && { here=$said; said=; return; }
  case $said in *"failed to get domain"* | *"Domain not found"*) here=absent; said= ;; *) end refused hypervisor-silent ;; esac
}
# peer IP: sets U, where the peer's libvirt is found, and by whose key it is known.
peer() {
  port=$(awk -v a="$1" '$1 == a { print 22; exit } index($1, "[" a "]:") == 1 { sub(/.*:/, "", $1); print $1; exit }' $H 2>/dev/null)
  [ -s $K ] && [ -x $D/ssh ] || end refused no-key
  case $port in '' | *[!0-9]*) end refused peer-unknown ;; esac
  U="qemu+ssh://root@$1:$port/system?command=$D/ssh&no_tty=1"
}
far() { timeout 30 virsh -q -c "$U" "$@" </dev/null; }
`;
