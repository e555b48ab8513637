/** What a sealed text is bound to: moved to another row or column, it does not open. */
export const escrowAad = (escrowId: string): string => `escrow|${escrowId}|sealed`;
export const nodeKeyAad = (publicKey: string): string => `node_key|${publicKey}|sealed_private`;
