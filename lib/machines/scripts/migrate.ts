/** Moving a running virtual machine to another node. */
import { DEED } from "@/lib/machines/scripts/deed";

/** Below the limits of the command, so that the script itself says what was late. */
const WAIT_SECONDS = 600;
const MIGRATE_SECONDS = 1800;

/**
 * Input, one a line: the VM's UUID, the peer's address, `copy` or `shared`, the operation's id, and which attempt of it this is.
 *
 * Two locks. Attempts of an operation are numbered, and a lower one than was seen is refused: a worker that slept through the start of
 * its successor does nothing any more. And a VM is moved by one at a time: who comes while an earlier attempt's virsh still works
 * (the connection to Regent broke) waits for its end, and finds the VM on the peer.
 *
 * Never --p2p, which hides every cause; always the address, because a host's own name for itself need not be known to others.
 *
 * Disks that are copied need a file on the peer. libvirt makes it in a pool of the same folder: such a pool is found, or made for the
 * time of the move. A file that is there already is refused, unless an attempt for this very VM left it: libvirt would write over it.
 * After the move the source's files are renamed to FILE.moved: they are old from then on, and the VM can come back.
 */
export const MIGRATE_SCRIPT = `${DEED}
read -r uuid; is_uuid "$uuid"
read -r ip; is_ip "$ip"
read -r how; case $how in copy | shared) ;; *) bad ;; esac
read -r op; is_uuid "$op"
read -r attempt; is_number "$attempt"
exec </dev/null
has flock || end refused no-tool flock
mkdir -p $R
fence() {
  (
    flock -w 20 9 || exit 1
    seen=0; [ ! -e $R/attempt-$op ] || read -r seen <$R/attempt-$op
    case $seen in '' | *[!0-9]*) seen=0 ;; esac
    [ "$attempt" -ge "$seen" ] || exit 3
    [ "$attempt" = "$seen" ] || { echo "$attempt" >$R/attempt-$op.new && mv -f $R/attempt-$op.new $R/attempt-$op; }
  ) 9>>$R/attempts.lock
  case $? in 0) ;; 3) end refused superseded ;; *) end refused busy ;; esac
}
fence
exec 8>>$R/vm-$uuid.lock
flock -w ${WAIT_SECONDS} 8 || end refused under-way
fence
peer "$ip"
state_here "$uuid"
on_peer() { there=$(far domstate "$uuid" 2>&1); there=$(printf '%s\\n' "$there" | head -n 1 | cut -c1-300); }
if [ "$here" = absent ]; then
  on_peer
  case $there in running | paused) end done present ;; esac
  said=$there; end refused gone
fi
case $here in running | paused) ;; *) end refused not-running "$here" ;; esac

# The files of the disks that are copied: as libvirt chooses them, those that are neither read-only nor shared by the guest's own wish.
copied() {
  $V dumpxml "$uuid" | awk '
    /^    <disk /{ on = 1; file = ""; if ($0 ~ /device=.cdrom/) on = 0 }
    on && /^      <(readonly|shareable)/ { on = 0 }
    on && /^      <source file=/ { file = $0; sub(/^      <source file=./, "", file); sub(/\\047.*/, "", file) }
    /^    <\\/disk>/ { if (on && file != "") print file; on = 0 }' |
    sed -e 's/&lt;/</g' -e 's/&gt;/>/g' -e 's/&quot;/"/g' -e "s/&apos;/'/g" -e 's/&amp;/\\&/g'
}
made=$R/copies-$uuid; temporary=; opts=
prepare() {
  files=$(copied)
  ids=$(far pool-list --all --uuid 2>&1) || { said=$ids; end refused failed "$here"; }
  ask=; for u in $ids; do case $u in *[!0-9a-f-]*) ;; *) ask="\${ask:+$ask; }pool-dumpxml $u" ;; esac; done
  pools=; [ -z "$ask" ] || pools=$(far "$ask" | awk '/^  <uuid>/ { u = $0; gsub(/ *<\\/?uuid>/, "", u) } /^    <path>/ { p = $0; gsub(/^ *<path>|<\\/path>$/, "", p); print u, p }')
  while IFS= read -r folder; do
    [ -n "$folder" ] || continue
    id=$(printf '%s\\n' "$pools" | awk -v f="$folder" 'substr($0, index($0, " ") + 1) == f { print $1; exit }')
    if [ -n "$id" ]; then
      far "pool-start $id" >/dev/null 2>&1
      try far pool-refresh "$id" || end refused pool "$folder"
    else
      name=regent-$(printf '%s' "$folder" | cksum | cut -d' ' -f1)
      try far pool-create-as "$name" dir --target "$folder" --build || end refused pool "$folder"
      temporary="$temporary $name"
    fi
  done <<X
$(printf '%s\\n' "$files" | sed 's|/[^/]*$||' | sort -u)
X
  while IFS= read -r file; do
    [ -n "$file" ] || continue
    if far vol-name "$file" >/dev/null 2>&1; then
      grep -qxF -e "$ip $file" $made 2>/dev/null || { tidy; said=; end refused file-there "$file"; }
    else echo "$ip $file" >>$made; fi
  done <<X
$files
X
  opts=--copy-storage-all
}
tidy() { for name in $temporary; do far pool-destroy "$name" >/dev/null 2>&1; done; temporary=; }
# Only what this VM's attempts have made, and only while the VM runs here and not there.
undo() {
  [ -e $made ] || return
  while read -r at file; do
    [ "$at" = "$ip" ] && far vol-delete "$file" >/dev/null 2>&1 || echo "$at $file"
  done <$made >$made.new
  mv -f $made.new $made; [ -s $made ] || rm -f $made
}
# QEMU itself would wait a quarter of an hour for a peer whose cable was pulled.
watch() {
  missed=0
  while sleep 5 && kill -0 $$; do
    if [ -n "$(ssh-keyscan -T 5 -p "$port" "$ip")" ]; then missed=0; else missed=$((missed + 1)); fi
    [ $missed -lt 3 ] || { : >$lost; $V domjobabort "$uuid"; missed=0; }
  done
}
[ "$how" = shared ] || prepare
auto=$($V dominfo "$uuid" | sed -n 's/^Autostart: *//p')
fence
lost=$R/lost-$uuid; rm -f $lost
watch >/dev/null 2>&1 8>&- & watcher=$!
try timeout -s INT -k 60 ${MIGRATE_SECONDS} $V migrate --live --persistent --undefinesource --auto-converge $opts --migrateuri "tcp://$ip" "$uuid" "$U"
code=$?; why=$said
kill $watcher 2>/dev/null
before=$here; state_here "$uuid"; said=$why
on_peer
case $here,$there in
  absent,running | absent,paused)
    [ "$auto" != enable ] || far autostart "$uuid" >/dev/null 2>&1
    if [ -n "$opts" ]; then
      tidy; rm -f $made
      printf '%s\\n' "$files" | while IFS= read -r file; do [ ! -f "$file" ] || mv -f -- "$file" "$file.moved"; done
    fi
    said=; end done moved ;;
  absent,*) tidy; [ -n "$said" ] || said=$there; end refused dead "$there" ;;
esac
case $there in running | paused) ;; *) undo ;; esac
tidy
# Both wait for the other's word: the connection broke at the very moment of the switch.
[ "$here" != paused ] || [ "$before" = paused ] || end refused unclear "$there"
[ ! -e $lost ] || { rm -f $lost; end refused peer-lost; }
# timeout ends what takes too long with 124, or 137 when it does not listen.
case $code in 124 | 137) end refused too-long "$here" ;; esac
end refused failed "$here"
`;
