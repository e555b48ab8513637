"use client";

import { useCallback, useEffect, useRef, useState } from "react";

/** Two tones that fall: heard across a room, and like nothing that a phone does. Hz, and seconds from the first. */
const TONES = [
  { hertz: 880, at: 0 },
  { hertz: 587, at: 0.35 },
] as const;
const TONE_SECONDS = 0.3;
const LOUDNESS = 0.4;
/** Many nodes that fail together are heard once. */
const REST_MS = 10_000;

/**
 * A sound for what has just failed. Browsers let a page be heard only after somebody has touched it, or where they were told to
 * (--autoplay-policy=no-user-gesture-required); until then it `waits`, and `allow` is what a button does.
 */
export function useChime(wanted: boolean): { waits: boolean; allow: () => void; chime: () => void } {
  const context = useRef<AudioContext>(null);
  const heardAt = useRef(-REST_MS);
  const [waits, setWaits] = useState(false);
  useEffect(() => {
    if (!wanted) return;
    const made = new AudioContext();
    const look = () => setWaits(made.state !== "running");
    context.current = made;
    look();
    made.addEventListener("statechange", look);
    return () => {
      made.removeEventListener("statechange", look);
      context.current = null;
      setWaits(false);
      void made.close();
    };
  }, [wanted]);
  const chime = useCallback(() => {
    const now = performance.now();
    if (context.current?.state !== "running" || now - heardAt.current < REST_MS) return;
    heardAt.current = now;
    play(context.current);
  }, []);
  const allow = useCallback(() => {
    // So that whoever allows it knows how loud it will be.
    void context.current?.resume().then(() => context.current && play(context.current));
  }, []);
  return { waits, allow, chime };
}

function play(context: AudioContext): void {
  for (const { hertz, at } of TONES) {
    const [tone, volume] = [context.createOscillator(), context.createGain()];
    const [from, to] = [context.currentTime + at, context.currentTime + at + TONE_SECONDS];
    tone.frequency.value = hertz;
    // Without a click at its ends.
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(LOUDNESS, from + 0.02);
    volume.gain.setValueAtTime(LOUDNESS, to - 0.1);
    volume.gain.linearRampToValueAtTime(0, to);
    tone.connect(volume).connect(context.destination);
    tone.start(from);
    tone.stop(to);
  }
}
