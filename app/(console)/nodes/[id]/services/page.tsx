import { ServicesTab } from "@/components/nodes/tabs/services";
import { inventoryPage } from "../inventory-page";

export default inventoryPage(({ services }) => <ServicesTab services={services} />);
