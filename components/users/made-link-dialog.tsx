"use client";

import { Callout } from "@/components/ui/callout";
import { CopyText } from "@/components/ui/copy-text";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { formatLeft } from "@/lib/domain/users";
import { INVITE } from "@/lib/messages/users";
import { useTimeLeft } from "./use-time-left";

type MadeLinkDialogProps = {
  title: string;
  /** For the copy button: "invitation link". */
  name: string;
  path: string;
  token: string;
  minutes: number;
  onClose: () => void;
};

const MINUTE_MS = 60_000;

/** The one time that the link is shown, with how long it is good. The token stands behind "#": what stands there is never sent. */
export function MadeLinkDialog({ title, name, path, token, minutes, onClose }: MadeLinkDialogProps) {
  const left = useTimeLeft(minutes * MINUTE_MS, 1000);
  return (
    <Dialog open once onClose={onClose} title={title} footer={<DialogCancel>Close</DialogCancel>}>
      <div className="grid gap-3">
        <p>{INVITE.once}</p>
        <CopyText text={`${window.location.origin}${path}#${token}`} name={name} />
        {left > 0 ? (
          <p className="text-muted tabular-nums">{INVITE.countdown(formatLeft(left))}</p>
        ) : (
          <Callout kind="warning" role="status" title={INVITE.over} />
        )}
      </div>
    </Dialog>
  );
}
