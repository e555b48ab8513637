import { ServicesTab } from "@/components/nodes/tabs/services";
import { inventoryPage } from "../inventory-page";

export default inventoryPage(({ services, bootedAt, clock }) => <ServicesTab services={services} bootedAt={bootedAt} clock={clock} />);
