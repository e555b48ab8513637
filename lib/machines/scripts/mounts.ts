/**
 * The word `here`: prints the file systems that hold data, and how full they are, as `df` counts. It asks the word `spent` of its script
 * whether there is time left for a server that may be gone.
 */
export const MOUNTS = `
here() {
  set --; far=
  while read -r dev mnt type rest; do
    case $mnt in *\\\\*) continue ;; esac
    [ "$type" = autofs ] && continue
    case "$type $mnt" in
      nfs*\\ /mnt/data | nfs*\\ /mnt/containers | nfs*\\ /var/log | ceph\\ /mnt/* | fuse.*\\ /mnt/data | fuse.*\\ /mnt/containers) far="$far $mnt" ;;
      ext[234]\\ * | xfs\\ * | btrfs\\ * | zfs\\ * | f2fs\\ * | bcachefs\\ * | jfs\\ * | vfat\\ * | ntfs3\\ * | *\\ / | *\\ /var/log | *\\ /mnt/data | *\\ /mnt/containers)
        [ $# -lt 256 ] && set -- "$@" "$mnt" ;;
      *) continue ;;
    esac
    echo "mount $type $mnt $dev"
  done </proc/mounts
  [ $# -gt 0 ] && $T df -kP "$@"
  # Apart from the local ones: a server that is gone must not hide them.
  for mnt in $far; do spent || $T df -kP "$mnt"; done
}
`;
