/** Whether a machine reaches another one: for a second opinion when the console does not. */
import { PRELUDE } from "@/lib/machines/scripts/prelude";

/** Input: an IPv4 address and a port, on a line each. A host that refuses the connection is there, and its service is not. */
export const REACH_SCRIPT = `${PRELUDE}
IFS= read -r ip; IFS= read -r port
case $ip in '' | *[!0-9.]*) echo "@@refused"; exit 64 ;; esac
case $port in '' | *[!0-9]*) echo "@@refused"; exit 64 ;; esac
exec </dev/null 2>/dev/null
echo "@@reach 1"
if has timeout && has bash; then
  said=$(timeout 4 bash -c 'exec 3<>"/dev/tcp/$0/$1" && echo open' "$ip" "$port" 2>&1)
  case $said in open) echo there ;; *refused*) echo refused ;; *) echo gone ;; esac
elif has nc; then if nc -z -w 4 "$ip" "$port"; then echo there; else echo gone; fi
else echo unknown
fi
`;
