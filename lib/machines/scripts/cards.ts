/**
 * The word `cards`: does a word for each network card, given as its folder of sysfs. By the shell's own words alone: it is asked every
 * few seconds. A machine without network cards (a container) has virtual links, of which those count that carry no other.
 */
export const CARDS = `
N=/sys/class/net
there() { [ -e "$1" ]; }
cards() {
  found=
  for f in $N/*/device; do
    [ -e "$f" ] || continue
    # A virtual function's traffic is counted by its card, and so is that of its representor on a card that switches by itself.
    [ -e "$f/physfn" ] && continue
    port=; read -r port <"\${f%/device}/phys_port_name"
    case $port in pf*vf* | pf*sf*) continue ;; esac
    found=1; $1 "\${f%/device}"
  done
  [ -z "$found" ] || return 0
  for f in $N/*; do
    [ "$f" = $N/lo ] || [ -e "$f/tun_flags" ] || [ -e "$f/bridge" ] || [ -e "$f/bonding" ] && continue
    there "$f"/lower_* || $1 "$f"
  done
}
`;
