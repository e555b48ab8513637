/**
 * The way from one node's libvirt to another's, for migrations: a key of the node's own, which opens nothing at its peers but their
 * libvirt, and the host keys of the peers as Regent has pinned them. All of it lies in /etc/regent and in root's authorized_keys.
 */
import { DEED } from "@/lib/machines/scripts/deed";

/**
 * All that the key may run, whatever its holder asks for. virt-ssh-helper (libvirt 6.8 and later) finds the daemon's socket by itself,
 * nc is for those before. No double quote may stand in here.
 */
const FORCED =
  "if command -v virt-ssh-helper >/dev/null; then exec virt-ssh-helper qemu:///system; else exec nc -U /run/libvirt/libvirt-sock; fi";

const KEYS = `
MARK=regent-migration
home=~root; F=$home/.ssh/authorized_keys
# rewrite FILE PATTERN [LINE]: leaves out the lines with the fixed text, adds one; whoever reads meanwhile reads the old file or the new.
rewrite() {
  f=$(readlink -f "$1") && cp -p "$f" "$f.regent" 2>/dev/null || return
  { grep -vF -e "$2" "$f"; [ -z "$3" ] || printf '%s\\n' "$3"; } >"$f.regent" 2>/dev/null && mv -f "$f.regent" "$f" || { rm -f "$f.regent"; return 1; }
  ! has restorecon || restorecon "$f" >/dev/null 2>&1
}
`;

/** Answers with the node's public key for migrations, made at the first time. */
export const MIGRATION_KEY_SCRIPT = `${DEED}
exec </dev/null
for t in ssh ssh-keygen ssh-keyscan virsh awk; do has $t || end refused no-tool $t; done
alone trust
mkdir -p $D || end refused not-writable $D
try ssh-keygen -y -P '' -f $K || { rm -f $K $K.pub; try ssh-keygen -q -t ed25519 -N '' -C regent-migration -f $K && try ssh-keygen -y -P '' -f $K; } || end refused not-writable $D
set -- $said; said=
# libvirt starts this as its ssh: nothing of what the host is set to for people counts here, and no other key is taken for the peer's.
cat >$D/ssh.new <<'X' && chmod 700 $D/ssh.new && mv -f $D/ssh.new $D/ssh || end refused not-writable $D
#!/bin/sh
exec ssh -F none -i /etc/regent/migration_key -o IdentitiesOnly=yes -o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=10 \\
  -o StrictHostKeyChecking=yes -o UserKnownHostsFile=/etc/regent/known_hosts -o GlobalKnownHostsFile=/dev/null "$@"
X
end "done $1 $2 regent-migration"
`;

/** Input: the address that the peer comes from, then the peer's public key. */
export const ALLOW_PEER_SCRIPT = `${DEED}${KEYS}
read -r ip; is_ip "$ip"
read -r type body rest; is_key "$type" "$body"
exec </dev/null
if has sshd; then
  case $(sshd -T -C "user=root,host=$ip,addr=$ip" 2>/dev/null) in *"permitrootlogin no"*) end refused root-login ;; esac
fi
line="restrict,from=\\"$ip\\",command=\\"${FORCED}\\" $type $body $MARK"
alone trust
[ -d "$home/.ssh" ] || mkdir "$home/.ssh" 2>/dev/null || end refused not-writable "$home/.ssh"
if grep -qxF -e "$line" "$F" 2>/dev/null; then end done present; fi
new=; [ -e "$F" ] || { new=yes; : >"$F"; } 2>/dev/null || end refused not-writable "$F"
rewrite "$F" "$body" "$line" || end refused not-writable "$F"
[ -z "$new" ] || ! has restorecon || restorecon -R "$home/.ssh" >/dev/null 2>&1
end done allowed
`;

/** Input: the peer's address, port, and the type and fingerprint of its host key, one a line. */
export const KNOW_PEER_SCRIPT = `${DEED}
read -r ip; is_ip "$ip"
read -r port; is_number "$port"
read -r type; case $type in ssh-ed25519) t=ed25519 ;; ecdsa-sha2-nistp256 | ecdsa-sha2-nistp384 | ecdsa-sha2-nistp521) t=ecdsa ;; ssh-rsa) t=rsa ;; *) bad ;; esac
read -r pin; case $pin in SHA256:*[!A-Za-z0-9+/]*) bad ;; SHA256:???????????????????????????????????????????) ;; *) bad ;; esac
exec </dev/null
has ssh-keyscan || end refused no-tool ssh-keyscan
said=$(ssh-keyscan -T 5 -p "$port" -t $t "$ip" 2>&1)
key=$(printf '%s\\n' "$said" | awk -v t="$type" '$1 !~ /^#/ && $2 == t && $3 ~ /^AAAA/ { print $2, $3; exit }')
[ -n "$key" ] || end refused peer-silent
said=
set -- $(printf 'peer %s\\n' "$key" | ssh-keygen -lf - 2>/dev/null)
[ "$2" = "$pin" ] || end refused other-key "$2"
name=$ip; [ "$port" = 22 ] || name="[$ip]:$port"
alone trust
mkdir -p $D
{ awk -v a="$ip" '$1 != a && index($1, "[" a "]:") != 1' $H 2>/dev/null; echo "$name $key"; } >$H.new && mv -f $H.new $H || end refused not-writable $H
end done known
`;

/** Input: the peer's address. */
export const CHECK_PEER_SCRIPT = `${DEED}
read -r ip; is_ip "$ip"
peer "$ip"
try far version || end refused failed
case $said in *"Using API: "*) said= ;; *) end refused failed ;; esac
ms=$(ping -n -q -c 3 -i 0.2 -W 1 "$ip" 2>/dev/null </dev/null | sed -nE 's#^(rtt|round-trip) [^=]*= [0-9.]+/([0-9.]+)/.*#\\2#p')
end "done $ms"
`;

/** Input: the peer's address, then its public key. What is gone already is as good. */
export const FORGET_PEER_SCRIPT = `${DEED}${KEYS}
read -r ip; is_ip "$ip"
read -r type body rest; is_key "$type" "$body"
exec </dev/null
alone trust
if [ -e $H ]; then awk -v a="$ip" '$1 != a && index($1, "[" a "]:") != 1' $H >$H.new && mv -f $H.new $H || end refused not-writable $H; fi
if grep -qF -e "$body" "$F" 2>/dev/null; then rewrite "$F" "$body" || end refused not-writable "$F"; fi
end done forgotten
`;

/**
 * Input: the public key by which Regent logs in. Its own line goes last: what fails before leaves Regent a way in to try again. The
 * login is the one that sudo was asked by.
 */
export const FORGET_REGENT_SCRIPT = `${DEED}${KEYS}
read -r type body rest; is_key "$type" "$body"
exec </dev/null
login=\${SUDO_USER:-root}
own=$(getent passwd "$login" | cut -d: -f6)/.ssh/authorized_keys
alone trust
if grep -q " $MARK\\$" "$F" 2>/dev/null; then
  # Of two lines with the same mark only those that Regent wrote: they name the forced command.
  for b in $(sed -nE 's|^restrict,from="[0-9.]*",command="[^"]*virt-ssh-helper[^"]*" ssh-ed25519 ([A-Za-z0-9+/=]+) regent-migration$|\\1|p' "$F"); do
    rewrite "$F" "$b" || end refused not-writable "$F"
  done
fi
rm -rf $D $R || end refused not-writable $D
if grep -qF -e "$body" "$own" 2>/dev/null; then rewrite "$own" "$body" || end refused not-writable "$own"; fi
end done forgotten
`;
