# Small virtual machines on a host, run by its own libvirt (QEMU without KVM).

guest() { # guest NN NAME MiB linux|bios [ADDRESS] — linux boots in seconds; bios never boots and costs next to nothing
  local n=$1 name=${2:-} mib=${3:-96} kind=${4:-linux} address=${5:-} boot= nic=; known "$n"
  [[ $name =~ ^[a-z0-9-]+$ && $mib =~ ^[0-9]+$ && $kind =~ ^(linux|bios)$ && $address =~ ^[0-9.]*$ ]] ||
    die "guest NN NAME MiB linux|bios [ADDRESS], as in: guest 12 web1 96 linux $NET.201"
  [ "$kind" = bios ] || boot="<kernel>/var/lib/regent-lab/vmlinuz</kernel><initrd>/var/lib/regent-lab/guest.img</initrd><cmdline>console=ttyS0 quiet${address:+ addr=$address}</cmdline>"
  ! at_host "$n" test -e /sys/class/net/br0 || nic="<interface type='bridge'><source bridge='br0'/><model type='virtio'/></interface>"
  at_host "$n" sh -euc 'f=$(mktemp); cat >"$f"; virsh -q define "$f" >/dev/null; rm "$f"; virsh -q start "$0"' "$name" <<X
<domain type='qemu'><name>$name</name><memory unit='MiB'>$mib</memory><vcpu>1</vcpu>
 <os><type arch='x86_64' machine='pc-i440fx-10.0'>hvm</type>$boot</os>
 <features><acpi/><tcg><tb-cache unit='MiB'>32</tb-cache></tcg></features>
 <cpu mode='custom' match='exact' check='none'><model>qemu64</model></cpu>
 <devices><emulator>/usr/bin/qemu-system-x86_64</emulator>$nic
 <serial type='file'><source path='/var/log/libvirt/qemu/$name-console.log'/></serial><memballoon model='virtio'/></devices></domain>
X
}
