/** What the server tells a screen: the words of its stream. Shared by lib/wall.ts and components/wall/stream.ts. */
import type { HeatmapAddress } from "./heatmap-choices";
import type { WallRow } from "./wall-row";

/** What the link shows, and of which region. */
export type WallView = { region: string; view: HeatmapAddress };

export type WallMessage =
  /** All of it, whatever was known before. */
  | ({ type: "view"; rows: WallRow[] } & WallView)
  | { type: "rows"; changed: WallRow[]; gone: string[] }
  /** What was measured since the last one: base64, see sample-wire.ts. */
  | { type: "samples"; samples: string }
  /** The server's clock, ms since 1970. */
  | { type: "beat"; at: number }
  | { type: "build"; build: string }
  | { type: "revoked" };
