/** Tells where the router is going to, by link, button or Back. Its detail is the address. A page that is only read again tells nothing. */
export const ROUTER_SENT = "regent:sent";
