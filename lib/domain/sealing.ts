/** What a sealed text is bound to: moved to another row or column, it does not open. */
export const escrowAad = (escrowId: string): string => `escrow|${escrowId}|sealed`;
export const nodeKeyAad = (publicKey: string): string => `node_key|${publicKey}|sealed_private`;
/** With the address: a password never goes to another BMC than the one it was typed for. */
export const nodePowerAad = (nodeId: string, { address, port }: { address: string; port: number }): string =>
  `node_power|${nodeId}|${address}:${port}|sealed`;
/** With host and user: a password never goes to another mail server than the one it was typed for. */
export const mailServerAad = ({ host, login }: { host: string; login: string }): string => `mail_server|${host}|${login}|sealed`;
/** Sealed to the web, which asks for codes, and to nobody else. */
export const secondFactorAad = (userId: string): string => `second_factor|${userId}|sealed`;
export const notifyTargetAad = ({ id, address }: { id: string; address: string }): string => `notify_target|${id}|${address}|sealed`;
