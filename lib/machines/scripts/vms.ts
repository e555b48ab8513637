/**
 * The word `vms`: prints what is known of every virtual machine, by two processes of virsh however many there are. It takes the words
 * `S` (sudo, or nothing) and `T` (a deadline) of its script; what it prints is read by lib/machines/parse-vms.ts.
 *
 * Of each description only the lines that are read. Text of a machine's owner (description, metadata) is left out before anything is
 * looked for, and `<` never stands in a value. Then, for each file and device that a disk names: on which file system it lies, or by
 * which wire it comes. The last line is the proof that libvirt answered.
 */
export const VMS = `
facts() {
  sed -nE -e '/<(description|metadata)>.*<\\/(description|metadata)>/d' -e '/<description>/,/<\\/description>/d' -e '/<metadata>/,/<\\/metadata>/d' \\
    -e '/^([a-z][a-z ]*$|<domain |  <(name|uuid|memory|vcpu|cpu)[ >]|    <model )/p' \\
    -e '/^    <(disk|interface|hostdev) /,/^    <\\/(disk|interface|hostdev)>/{/^    <|^      <\\/?source|^      <readonly|^        <address /p;}' | cut -c1-2000
}
plainly() { sed -e 's/&lt;/</g' -e 's/&gt;/>/g' -e 's/&quot;/"/g' -e "s/&apos;/'/g" -e 's/&amp;/\\&/g'; }
# One that hangs ends its virsh, and with it the words about all after it: who is still listed and was not told of must not pass for gone.
all_told() {
  now=$($V list --all --uuid) || return
  for u in $ids; do
    case "$known" in *"<uuid>$u</uuid>"*) continue ;; esac
    case $now in *"$u"*) return 1 ;; esac
  done
}
vms() {
  V="$S $T virsh -r -q -c qemu:///system"
  ids=$($V list --all --uuid) || return
  ask=; n=0; known=
  for u in $ids; do
    case $u in *[!0-9a-f-]*) continue ;; ????????-????-????-????-????????????) ;; *) continue ;; esac
    ask="\${ask:+$ask; }domstate $u; dumpxml $u"; n=$((n + 1))
    # One argument may be 128 KiB long.
    [ $((n % 500)) = 0 ] && { known="$known$($V "$ask" | facts)
"; ask=; }
  done
  [ -z "$ask" ] || known="$known$($V "$ask" | facts)"
  [ "$(printf '%s\\n' "$known" | grep -c '^<domain ')" -ge "$n" ] || all_told || return
  [ -z "$known" ] || printf '%s\\n' "$known"
  named() { printf '%s\\n' "$known" | sed -nE "s/^      <source (.* )?$1='([^']*)'.*/\\2/p" | plainly | sort -u; }
  pools=$(named pool | while IFS= read -r p; do $V pool-dumpxml -- "$p" | sed -nE '/^(<pool type|  <name>|    <path>)/p' | cut -c1-1000; done)
  [ -z "$pools" ] || printf '%s\\n' "$pools"
  files() { named file; printf '%s\\n' "$pools" | sed -n 's/^    <path>\\(.*\\)<\\/path>$/\\1/p' | plainly; }
  files | grep '^/' | grep -v '^/dev/' | $T xargs -r -d '\\n' $S df --output=fstype,file -- | sed 's/^/fs /'
  { named dev; files; } | grep '^/dev/' | sort -u | while IFS= read -r d; do echo "dev $($T lsblk -snro TRAN,NAME -- "$d" | tr '\\n ' ',,') $d"; done
  echo answered
}
`;
