import { PciTab } from "@/components/nodes/tabs/pci";
import { inventoryPage } from "../inventory-page";

export default inventoryPage(({ pci, links, vms }) => (
  <PciTab pci={pci} links={links} vms={vms.filter(({ passthrough }) => passthrough.length > 0)} />
));
