/** Who the login is, and putting Regent's own key beside its others. */
import { PRELUDE } from "@/lib/machines/scripts/prelude";

export const WHOAMI_SCRIPT = `${PRELUDE}
echo "@@whoami 1"
echo "@@login"
echo "uid=$(id -u)"
echo "user=$(id -un)"
if [ "$(id -u)" = 0 ]; then echo privilege=root; elif $T sudo -n sh -c : >/dev/null 2>&1 </dev/null; then echo privilege=sudo; else echo privilege=none; fi
echo "@@end"
`;

/** Input: one line of authorized_keys. Twice is the same as once; the file keeps its mode, owner and every other line. */
export const INSTALL_KEY_SCRIPT = `${PRELUDE}
IFS= read -r line
fail() { echo "@@failed $1"; exit 65; }
case $line in *[!\\ -~]*) fail "the key is not one line of printable text" ;; esac
case " $line" in *" ssh-ed25519 AAAA"* | *" ecdsa-sha2-nistp256 AAAA"* | *" ssh-rsa AAAA"*) ;; *) fail "the key is not a public key" ;; esac
cd || fail "the user has no home folder"
[ -d .ssh ] || mkdir .ssh 2>/dev/null || fail "the folder .ssh could not be made"
f=.ssh/authorized_keys
if [ -f "$f" ] && grep -qxF -e "$line" "$f" 2>/dev/null; then echo present; exit 0; fi
new=; [ -e "$f" ] || new=yes
# A last line without its newline would swallow ours.
if [ -s "$f" ] && [ -n "$(tail -c 1 "$f" 2>/dev/null)" ]; then line="
$line"; fi
{ printf '%s\\n' "$line" >>"$f"; } 2>/dev/null || fail "the file .ssh/authorized_keys could not be written"
if [ -n "$new" ] && has restorecon; then restorecon -R .ssh >/dev/null 2>&1; fi
echo installed
`;
