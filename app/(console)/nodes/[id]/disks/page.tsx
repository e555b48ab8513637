import { DisksTab } from "@/components/nodes/tabs/disks";
import { inventoryPage } from "../inventory-page";

export default inventoryPage(({ disks }) => <DisksTab disks={disks} />);
