"use client";

import { FormDialog } from "@/components/shell/form-dialog";
import { useAsked } from "@/components/shell/use-asked";
import { moveWallLink } from "@/lib/actions/wall";
import { WALL_LINKS } from "@/lib/messages/wall";
import { refusalAt } from "@/lib/outcome";
import type { WallLinkRow } from "@/lib/services/wall/list";
import { NetworksField } from "./networks-field";

/** From where a link may be opened, for a screen that was given another address. */
export function MoveLinkDialog({ link, here, onClose }: { link: WallLinkRow; here: string; onClose: () => void }) {
  const { busy, refusal, send } = useAsked(onClose, WALL_LINKS.unreached);
  return (
    <FormDialog
      title={WALL_LINKS.moveTitle(link.name)}
      description={WALL_LINKS.moveHelp}
      size="small"
      submit={WALL_LINKS.save}
      busy={busy}
      refusal={refusal}
      onSubmit={(form) =>
        void send(() => moveWallLink({ linkId: link.id, networks: String(form.get("networks")) }), WALL_LINKS.moved(link.name))
      }
      onClose={onClose}
    >
      <NetworksField here={here} error={refusalAt("networks", refusal)} given={link.networks.join(" ")} />
    </FormDialog>
  );
}
