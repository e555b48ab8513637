import { VmsTab } from "@/components/nodes/tabs/vms";
import { lastMaintenance } from "@/lib/services/maintenance/read";
import { inventoryPage } from "../inventory-page";

export default inventoryPage(async ({ vms, pci, hypervisor }, { id, status }) => {
  const stay = status === "EnteringMaintenance" ? await lastMaintenance(id) : null;
  return (
    <VmsTab
      vms={vms}
      pci={vms.some(({ passthrough }) => passthrough.length > 0) ? pci : []}
      hypervisor={hypervisor}
      drain={stay?.lines ?? []}
    />
  );
});
