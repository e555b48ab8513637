/** File systems that more than one host can have open, as `df` calls them; `*` stands for any ending. */
export const SHARED_FILESYSTEMS = [
  "nfs",
  "nfs4",
  "cifs",
  "smb*",
  "ceph",
  "gfs",
  "gfs2",
  "ocfs2",
  "lustre",
  "gpfs",
  "glusterfs",
  "beegfs",
  "afs",
  "vxfs",
  "acfs",
  "panfs",
  "pvfs2",
  "wekafs",
  "quobyte",
  "fuse.glusterfs",
  "fuse.ceph*",
  "fuse.mfs",
  "fuse.moosefs",
  "fuse.quobyte",
  "fuse.vstorage",
  "fuse.juicefs",
  "fuse.sshfs",
] as const;

const PATTERN = new RegExp(`^(${SHARED_FILESYSTEMS.map((name) => name.replace(".", "\\.").replace("*", ".*")).join("|")})$`);

export const isSharedFilesystem = (name: string): boolean => PATTERN.test(name);
