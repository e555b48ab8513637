/** The glyphs of the statuses as path data on 24 by 24, for a canvas: those of lucide (ISC licence) that status-badge.tsx shows. */
import type { ReadinessId } from "@/lib/domain/readiness";
import type { NodeStatus } from "@/lib/domain/status";

const CIRCLE = "M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0";

export const GLYPH_PATHS: Record<NodeStatus, string> = {
  Candidate:
    "M10.1 2.182a10 10 0 0 1 3.8 0M13.9 21.818a10 10 0 0 1-3.8 0M17.609 3.721a10 10 0 0 1 2.69 2.7M2.182 13.9a10 10 0 0 1 0-3.8M20.279 17.609a10 10 0 0 1-2.7 2.69M21.818 10.1a10 10 0 0 1 0 3.8M3.721 6.391a10 10 0 0 1 2.7-2.69M6.391 20.279a10 10 0 0 1-2.69-2.7",
  Approved: "M20 6 9 17l-5-5",
  Starting: `${CIRCLE}M8 12h8M12 8v8`,
  Activating: "m5 12 7-7 7 7M12 19V5",
  Active: `${CIRCLE}M9 12l2 2 4-4`,
  Failed:
    "m15 9-6 6M2.586 16.726A2 2 0 0 1 2 15.312V8.688a2 2 0 0 1 .586-1.414l4.688-4.688A2 2 0 0 1 8.688 2h6.624a2 2 0 0 1 1.414.586l4.688 4.688A2 2 0 0 1 22 8.688v6.624a2 2 0 0 1-.586 1.414l-4.688 4.688a2 2 0 0 1-1.414.586H8.688a2 2 0 0 1-1.414-.586zM9 9l6 6",
  Fenced:
    "M4 3 2 5v15c0 .6.4 1 1 1h2c.6 0 1-.4 1-1V5ZM6 8h4M6 18h4M12 3l-2 2v15c0 .6.4 1 1 1h2c.6 0 1-.4 1-1V5ZM14 8h4M14 18h4M20 3l-2 2v15c0 .6.4 1 1 1h2c.6 0 1-.4 1-1V5Z",
  EnteringMaintenance: "M17 12H3M11 18l6-6-6-6M21 5v14",
  InMaintenance:
    "M14.7 6.3a1 1 0 0 0 0 1.4l1.6 1.6a1 1 0 0 0 1.4 0l3.106-3.105c.32-.322.863-.22.983.218a6 6 0 0 1-8.259 7.057l-7.91 7.91a1 1 0 0 1-2.999-3l7.91-7.91a6 6 0 0 1 7.057-8.259c.438.12.54.662.219.984z",
  Unfencing: "M3 12a9 9 0 1 0 9-9 9.75 9.75 0 0 0-6.74 2.74L3 8M3 3v5h5",
  Inadequate: "m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3M12 9v4M12 17h.01",
  Rejected: `${CIRCLE}M4.929 4.929 19.07 19.071`,
  Out: "M5 12h14",
};

/** Of an Active node, whether it can be taken out: no colour says that alone. */
export const READINESS_PATHS: Record<ReadinessId, string> = {
  ready: "M20 6 9 17l-5-5",
  noRoom: "M18 6 6 18M6 6l12 12",
  refused: "M5 11h14a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2M7 11V7a5 5 0 0 1 10 0v4",
  unknown: "M9.09 9a3 3 0 0 1 5.83 1c0 2-3 3-3 3M12 17h.01",
  apart: "M5 12h14",
};
