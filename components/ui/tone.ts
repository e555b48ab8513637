/**
 * The meanings a colour may carry. globals.css gives each `data-tone` a fill (`--tone`) and the text that is legible on it (`--on-tone`).
 * positive: all is well. progress: under way. planned: taken aside on purpose. fresh: new, waits for a decision.
 * warning: does not fit. danger: broken or destructive. isolated: cut off. neutral: of no further concern.
 */
export type Tone = "positive" | "progress" | "planned" | "fresh" | "warning" | "danger" | "isolated" | "neutral";
