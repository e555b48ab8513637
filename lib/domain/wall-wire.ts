/** What the server tells a screen: the words of its stream. Shared by lib/wall.ts and components/wall/stream.ts. */
import type { Isolation } from "./fencing";
import type { ColorId, HeatmapAddress } from "./heatmap-choices";
import type { WallRow } from "./wall-row";

/** What the link shows, of which region, and whether that is cut off from Regent. */
export type WallView = { region: string; view: HeatmapAddress; isolation: Isolation | null };

export type WallMessage =
  /** All of it, whatever was known before. */
  | ({ type: "view"; rows: WallRow[] } & WallView)
  | { type: "rows"; changed: WallRow[]; gone: string[] }
  /** What was measured since the last one: base64, see sample-wire.ts. */
  | { type: "samples"; samples: string }
  | { type: "isolation"; isolation: Isolation | null }
  /** An alarm has begun to ring for a node of the view. `color` shows what it is about; null: none does. */
  | { type: "alarm"; color: ColorId | null }
  /** The server's clock, ms since 1970. */
  | { type: "beat"; at: number }
  | { type: "build"; build: string }
  /** What opens the link from now on: what stood on the screen does no more. */
  | { type: "token"; token: string }
  | { type: "revoked" };
