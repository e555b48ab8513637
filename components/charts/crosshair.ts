"use client";

import { createContext, useContext, useSyncExternalStore } from "react";

/**
 * The moment that somebody looks at, over all charts of a page. Kept beside React: a pointer that moves draws two lines and some
 * numbers anew, and no chart.
 */
export class Crosshair {
  private at: number | null = null;
  private dragging = false;
  private listeners = new Set<() => void>();

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Seconds since 1970; null: nobody looks. */
  moment = (): number | null => this.at;
  /** Whether somebody looks or drags, so that nothing may move under the pointer. */
  held = (): boolean => this.at !== null || this.dragging;

  look(at: number | null): void {
    if (at === this.at) return;
    this.at = at;
    this.tell();
  }

  drag(dragging: boolean): void {
    if (dragging === this.dragging) return;
    this.dragging = dragging;
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

const Shared = createContext(new Crosshair());
export const CrosshairContext = Shared.Provider;

export const useCrosshair = (): Crosshair => useContext(Shared);

const none = () => null;

export function useMoment(): number | null {
  const { subscribe, moment } = useCrosshair();
  return useSyncExternalStore(subscribe, moment, none);
}

export function useHeld(crosshair: Crosshair): boolean {
  return useSyncExternalStore(crosshair.subscribe, crosshair.held, () => false);
}
