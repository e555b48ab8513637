/** How often a node is sampled, unless the region's settings say otherwise. */
export const SAMPLE_SECONDS = 10;
/** A node that has not answered for this long is stale: its values stay, marked as old. */
export const STALE_SECONDS = 60;
