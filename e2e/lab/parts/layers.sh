# The layers: Debian trees built once and kept outside the checkout, each under a name that carries the hash of its recipe.
# A changed recipe is another name; a build that dies leaves only a folder in .building, which the next build removes.

WORKER_PACKAGES="libvirt-daemon-system libvirt-clients qemu-system-x86 qemu-utils"

recipe_base() { # $1: the empty folder to fill
  mmdebstrap --quiet --variant=minbase --mode=root --components=main --dpkgopt=force-unsafe-io \
    --include=systemd,systemd-sysv,dbus,libpam-systemd,udev,openssh-server,sudo,iproute2,iputils-ping,ethtool,pciutils,dmidecode,procps,kmod,numactl,netcat-openbsd,busybox-static,ca-certificates \
    "$SUITE" "$1" "$MIRROR"
  chroot "$1" bash -euc '
    useradd -m -s /bin/bash admin; echo admin:lab-secret | chpasswd; echo "admin ALL=(ALL) NOPASSWD:ALL" >/etc/sudoers.d/lab
    useradd -m -s /bin/bash plain; echo plain:lab-plain | chpasswd
    rm -f /etc/ssh/ssh_host_*
    printf "PasswordAuthentication yes\nUseDNS no\nMaxStartups 100:30:200\n" >/etc/ssh/sshd_config.d/lab.conf
    # no hardware events, clock, consoles, timers or kernel settings on a kernel that is shared
    systemctl mask -q systemd-udevd systemd-udevd-kernel.socket systemd-udevd-control.socket systemd-udev-trigger systemd-udev-settle \
      systemd-modules-load systemd-sysctl systemd-timesyncd systemd-remount-fs systemd-networkd getty.target console-getty systemd-binfmt \
      proc-sys-fs-binfmt_misc.automount dev-hugepages.mount sys-kernel-debug.mount sys-kernel-tracing.mount sys-fs-fuse-connections.mount \
      apt-daily.timer apt-daily-upgrade.timer fstrim.timer e2scrub_all.timer dpkg-db-backup.timer libvirt-guests 2>/dev/null
    systemctl set-default -q multi-user.target'
}

recipe_debs() { # what a join installs: lists and packages are there, nothing is installed
  chroot "$1" bash -euc 'apt-get -qq update; apt-get -qq -y -d --no-install-recommends install '"$WORKER_PACKAGES"' >/dev/null'
}

recipe_hv() { # and an exporter of measurements that is not ours, for whoever starts it
  chroot "$1" bash -euc 'apt-get -qq -y --no-install-recommends install '"$WORKER_PACKAGES"' prometheus-node-exporter >/dev/null
    usermod -aG libvirt admin; systemctl disable -q prometheus-node-exporter'
}

recipe_mail() { # a mail server that is not ours (OpenSMTPD); whoever starts it says how, see e2e/lab/mail.test.ts
  chroot "$1" bash -euc 'echo "opensmtpd opensmtpd/mailname string lab.test" | debconf-set-selections
    apt-get -qq update; apt-get -qq -y --no-install-recommends install opensmtpd openssl >/dev/null; systemctl disable -q opensmtpd'
}

recipe_guest() { # a kernel and an initramfs (busybox and the virtio modules) for Linux guests
  local dir=$1/var/lib/regent-lab kernel work m modules="virtio_ring virtio virtio_pci_legacy_dev virtio_pci_modern_dev virtio_pci failover net_failover virtio_net virtio_balloon"
  mkdir -p "$dir"; work=$(mktemp -d "$1/tmp/guest.XXXX"); mkdir -p "$work"/i/{bin,proc,sys,dev,lib}
  kernel=$(chroot "$1" apt-cache depends linux-image-cloud-amd64 | awk '/Depends: linux-image/ { print $2; exit }')
  chroot "$1" bash -euc 'cd "$0"; apt-get -qq -o APT::Sandbox::User=root download "$1"' "${work#"$1"}" "$kernel"
  dpkg-deb -x "$work/$kernel"*.deb "$work/k"
  cp "$1/usr/bin/busybox" "$work/i/bin/"; cp "$HERE/inside/guest-init" "$work/i/init"; chmod +x "$work/i/init"
  for m in $modules; do find "$work/k" -name "$m.ko*" -exec cp {} "$work/i/lib/" \;; done
  find "$work/i/lib" -name '*.xz' -exec xz -d {} +
  (cd "$work/i"; find . | bin/busybox cpio -o -H newc 2>/dev/null | gzip -6) >"$dir/guest.img"
  cp "$work"/k/boot/vmlinuz-* "$dir/vmlinuz"; rm -rf "$work"
}

recipe_lxcfs() { # the machine's own version, unpacked and not installed: no service of it ever runs outside the lab
  local deb; cd "$1"
  fetch() { apt-get -qq -o APT::Sandbox::User=root download lxcfs "$(apt-cache depends lxcfs | awk '/Depends: libfuse/ { print $2; exit }')"; }
  fetch 2>/dev/null || { apt-get -qq update; fetch; }   # a fresh machine has no package lists yet
  for deb in *.deb; do dpkg-deb -x "$deb" .; rm "$deb"; done
}

below() { case $1 in debs | mail) echo base ;; hv | guest) echo debs base ;; *) ;; esac; }   # a layer is built over these, nearest first
layers_of() { case $1 in light) echo base ;; mail) echo mail base ;; bare) echo guest debs base ;; hv) echo guest hv debs base ;; esac; }   # what a host is made of

layer_key() { # the recipes of the layer and of all that it stands on, and what they read
  local l
  {
    echo "$SUITE $MIRROR $WORKER_PACKAGES"
    declare -f make_layer
    for l in "$1" $(below "$1"); do declare -f "recipe_$l"; done
    case $1 in guest) cat "$HERE/inside/guest-init" ;; lxcfs) grep ^VERSION_ID= /etc/os-release ;; esac
  } | sha256sum | cut -c1-12
}
layer_path() { echo "$CACHE/$1-$(layer_key "$1")"; }
lower_dirs() { local l out=; for l in $(layers_of "$1"); do out=$out${out:+:}$(layer_path "$l"); done; echo "$out"; }

build_layer() { # build_layer NAME — in namespaces of its own that die with this shell, so an interrupted build holds no mount
  local path started tmp; path=$(layer_path "$1"); [ ! -d "$path" ] || { touch "$path"; return; }
  started=$(now); tmp=$CACHE/.building/$1; rm -rf "$tmp"; mkdir -p "$tmp"/{upper,work,root}; chmod 755 "$tmp/upper"
  local lower= l; for l in $(below "$1"); do lower=$lower${lower:+:}$(layer_path "$l"); done
  # shellcheck disable=SC2016
  if ! HERE=$HERE LOWER=$lower TMP=$tmp LAYER=$1 setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child=SIGKILL --propagation private \
    --mount-proc nice bash -euo pipefail -c '. "$HERE/parts/settings.sh"; . "$HERE/parts/layers.sh"; make_layer' >"$CACHE/build.log" 2>&1 </dev/null 9>&- 8>&-; then
    die "the layer \"$1\" could not be built: $(grep . "$CACHE/build.log" | tail -n 1 | cut -c1-300) (all of it: $CACHE/build.log)"
  fi
  mv "$tmp/upper" "$path"; rm -rf "$tmp"
  say "built $1 in $(since "$started"), $(du -sm "$path" | cut -f1) MB."
}

make_layer() { # inside the namespaces
  [ -n "$LOWER" ] || { "recipe_$LAYER" "$TMP/upper"; return; }
  mount -t overlay overlay -o "lowerdir=$LOWER,upperdir=$TMP/upper,workdir=$TMP/work" "$TMP/root"
  mount -t proc proc "$TMP/root/proc"; mount -t tmpfs -o mode=1777 tmpfs "$TMP/root/tmp"
  # Services must not start here, and names must resolve; neither change belongs to the layer.
  touch "$TMP/policy" "$TMP/root/usr/sbin/policy-rc.d"; printf '#!/bin/sh\nexit 101\n' >"$TMP/policy"; chmod +x "$TMP/policy"
  mount --bind "$TMP/policy" "$TMP/root/usr/sbin/policy-rc.d"
  touch "$TMP/root/etc/resolv.conf"; mount --bind "$(readlink -f /etc/resolv.conf)" "$TMP/root/etc/resolv.conf"
  DEBIAN_FRONTEND=noninteractive "recipe_$LAYER" "$TMP/root"
  umount "$TMP/root/usr/sbin/policy-rc.d"; rm -f "$TMP/root/usr/sbin/policy-rc.d"
}

build() {
  local layer started missing=; started=$(now)
  mkdir -p "$CACHE"; exec 8>"$CACHE/lock"
  flock -w 900 8 || die "another build holds $CACHE/lock for 15 minutes already."
  for layer in lxcfs base debs hv guest mail; do [ -d "$(layer_path $layer)" ] || missing=1; done
  rm -rf "$CACHE/.building"
  for layer in lxcfs base debs hv guest mail; do build_layer $layer; done
  rm -rf "$CACHE/.building"; prune
  exec 8>&-
  [ -z "$missing" ] || say "layers built in $(since "$started"), kept in $CACHE."
}

prune() { # layers of recipes that nobody has used for a week
  find "$CACHE" -mindepth 1 -maxdepth 1 -type d -regextype posix-extended -regex '.*/(lxcfs|base|debs|hv|guest|mail)-[0-9a-f]{12}' -mtime +7 -exec rm -rf {} +
}
