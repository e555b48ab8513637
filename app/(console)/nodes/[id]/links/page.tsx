import { LinksTab } from "@/components/nodes/tabs/links";
import { Peers } from "@/components/nodes/tabs/peers";
import { readPeers } from "@/lib/services/nodes/peers";
import { inventoryPage } from "../inventory-page";

export default inventoryPage(async ({ links }, { id }) => (
  <>
    <LinksTab links={links} />
    <Peers peers={await readPeers(id)} />
  </>
));
