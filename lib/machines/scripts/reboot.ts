import { DEED } from "@/lib/machines/scripts/deed";

/** Answers with the boot that runs. */
export const BOOT_SCRIPT = `${DEED}
exec </dev/null
boot=; read -r boot </proc/sys/kernel/random/boot_id
is_uuid "$boot"
end "done $boot"
`;

/**
 * Input: the boot that is to end. Another one means that it has ended already, and nothing is done: asked twice, or late, it restarts
 * once. It answers first and goes down two seconds later, in a process that outlives the session.
 */
export const REBOOT_SCRIPT = `${DEED}
read -r boot; is_uuid "$boot"
exec </dev/null
now=; read -r now </proc/sys/kernel/random/boot_id
[ "$now" = "$boot" ] || end done restarted
if has systemctl && [ -d /run/systemd/system ]; then down="systemctl reboot"; elif has reboot; then down=reboot; else end refused no-tool systemctl; fi
alone reboot
if has systemd-run && [ -d /run/systemd/system ]; then
  try systemd-run --quiet --collect --unit=regent-reboot --on-active=2 --timer-property=AccuracySec=100ms systemctl reboot && end done asked
  case $said in *"already exists"* | *"already loaded"*) said=; end done asked ;; esac
  said=
fi
has setsid && down="setsid $down"
( exec 9>&-; sleep 2; exec $down ) >/dev/null 2>&1 &
end done asked
`;
