"use client";

import { Dialog, DialogCancel } from "@/components/ui/dialog";

/** Stands in for a part of the console that is loaded when it is first asked for, and could not be. */
export function Unavailable({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} size="small" title="This could not be loaded" footer={<DialogCancel>Close</DialogCancel>}>
      Regent did not answer, or was updated meanwhile. Check the connection, then reload the page.
    </Dialog>
  );
}
