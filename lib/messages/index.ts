/**
 * The sentences a person reads, in one catalogue. What belongs to a status, a filter, a Node Type or a command stands in its
 * own table (lib/domain); the names of operations and their steps in lib/domain/operations.ts.
 */
export * from "./bulk";
export * from "./console";
export * from "./list";
export * from "./machine";
export * from "./maintenance";
export * from "./mission";
export * from "./node";
export * from "./settings";
export * from "./sign-in";
export * from "./views";
