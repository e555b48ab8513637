/** Whether a machine reaches another one: for a second opinion when the console does not. */
import { PRELUDE } from "@/lib/machines/scripts/prelude";

/**
 * Input: an IPv4 address and a port, on a line each. A host that refuses the connection is there, and its service is not. Gone is only
 * who was silent, or has no route that others have: what this machine itself lacks (a network, memory for a process) says nothing of him.
 */
export const REACH_SCRIPT = `${PRELUDE}
IFS= read -r ip; IFS= read -r port
case $ip in '' | *[!0-9.]*) echo "@@refused"; exit 64 ;; esac
case $port in '' | *[!0-9]*) echo "@@refused"; exit 64 ;; esac
exec </dev/null 2>/dev/null
echo "@@reach 1"
said=; code=127
if has timeout && has bash; then said=$(timeout 4 bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$ip" "$port" 2>&1); code=$?
elif has nc; then said=$(nc -v -z -w 4 "$ip" "$port" 2>&1); code=$?
fi
case $code,$said in
  0,*) echo there ;;
  *refused*) echo refused ;;
  124,* | 143,* | *"No route to host"* | *"Host is unreachable"* | *"timed out"*) echo gone ;;
  *) echo unknown ;;
esac
`;
