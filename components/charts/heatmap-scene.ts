import type { Rgb } from "./colors";

/** Bits of a cell's mark. */
export const HATCHED = 1;
export const SELECTED = 2;
export const DIMMED = 4;

/** A rectangle of cells, which fill its columns row by row from the left. Px of the device. */
export type CellBlock = { x: number; y: number; columns: number; rows: number; first: number; count: number };

/** What a heatmap shows: typed arrays with one item a cell, whatever the cells stand for. */
export type HeatmapScene = {
  /** Px of the device; a cell takes `pitch`, of which `gap` is empty. */
  width: number;
  height: number;
  pitch: number;
  gap: number;
  blocks: readonly CellBlock[];
  /** Places in the palette. */
  shades: Uint8Array;
  marks: Uint8Array;
  /** 0: none; otherwise the place of a badge, from 1. */
  badges: Uint8Array;
  /** What is written in each cell; null: nothing in any. */
  labels: readonly string[] | null;
};

/** A glyph over a cell: in a frame of its tone, so that no colour of the cell hides it, or on a cell that has the tone itself: plainly, or framed. */
export type BadgeLook = {
  /** SVG path data on 24 by 24. */ path: string;
  tone: Rgb;
  on: Rgb;
  weight: "solid" | "outline" | "plain" | "framed";
  /** Another glyph, plainly on the cell: what its own colour says. */
  beside?: { path: string; on: Rgb };
};

export type HeatmapLook = {
  palette: readonly Rgb[];
  page: Rgb;
  ink: Rgb;
  accent: Rgb;
  badges: readonly BadgeLook[];
  font: string;
  /** Px of the device in one of the page. */
  scale: number;
  /** Of labels, px of the page: from which size of cells on there are any, and how large they are. */
  text: { from: number; sizeIn: (cell: number) => number };
};
