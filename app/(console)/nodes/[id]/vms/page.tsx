import { VmsTab } from "@/components/nodes/tabs/vms";
import { inventoryPage } from "../inventory-page";

export default inventoryPage(({ vms, pci, hypervisor }) => (
  <VmsTab vms={vms} pci={vms.some(({ passthrough }) => passthrough.length > 0) ? pci : []} hypervisor={hypervisor} />
));
