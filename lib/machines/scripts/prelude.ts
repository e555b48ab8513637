/** How every script begins: one language, one search path, and the words `has`, `progress` and `names`. */
export const PRELUDE = `
LC_ALL=C; PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; export LC_ALL PATH
umask 077
has() { command -v "$1" >/dev/null 2>&1; }
progress() { printf '@@progress %s\\n' "$*"; }
T=; for t in "timeout -k 1 5" "timeout 5" "timeout -t 5"; do if $t sh -c : >/dev/null 2>&1; then T=$t; break; fi; done
# Nothing but names: what else stands on standard input ends the script before it has done anything.
names() {
  list=
  while read -r n; do
    case $n in '' | [!a-z0-9]* | *[!a-zA-Z0-9.+@_-]*) echo "@@refused"; exit 64 ;; esac
    list="$list $n"
  done
}
`;
