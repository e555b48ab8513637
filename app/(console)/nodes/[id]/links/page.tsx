import { LinksTab } from "@/components/nodes/tabs/links";
import { inventoryPage } from "../inventory-page";

export default inventoryPage(({ links }) => <LinksTab links={links} />);
