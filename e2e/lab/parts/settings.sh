# Names, places and sizes of the lab. Everything the lab makes carries a name from here, so that `down` can find it again.

NET=${REGENT_LAB_NET:-10.77.0}                      # the first three numbers of the lab's /24; two labs on one machine need two of them
CACHE=${REGENT_LAB_CACHE:-/var/cache/regent-lab}    # layers survive here from run to run
MIRROR=${REGENT_LAB_MIRROR:-http://deb.debian.org/debian}
SUITE=trixie

ID=${NET//./-}
LAB=regent-lab-$ID                                  # the control groups
VETH=rl-$ID                                         # the console's end of the cable, the only link in the machine's own network
RUN=/run/regent-lab/$ID                             # state: pids, specs, console logs
DISKS=$CACHE/disks-$ID                              # what the running hosts write
CG=/sys/fs/cgroup

BOOT_TIMEOUT_S=90
WHOLE_BOOT_TIMEOUT_S=240                            # its processor is translated instruction by instruction
WHOLE_EXTRA_MIB=700                                 # what QEMU holds beside a whole machine's own memory
STOP_TIMEOUT_S=20

say() { echo "lab: $*"; }
die() { echo "lab: $*" >&2; exit 1; }

# now: seconds with milliseconds, for the figures printed
now() { date +%s.%3N; }
since() { awk -v a="$1" -v b="$(now)" 'BEGIN { printf "%.1f s", b - a }'; }
