/** The time, and what happens later. Given to the wall, so that a test can let weeks pass. */
export type Clock = {
  /** ms since 1970. */
  now: () => number;
  /** Each returns how to end it. */
  after: (ms: number, work: () => void) => () => void;
  every: (ms: number, work: () => void) => () => void;
  /** Before the next picture. */
  frame: (work: () => void) => void;
  random: () => number;
};

export const BROWSER_CLOCK: Clock = {
  now: () => Date.now(),
  after: (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
  every: (ms, work) => {
    const timer = setInterval(work, ms);
    return () => clearInterval(timer);
  },
  frame: (work) => void requestAnimationFrame(work),
  random: () => Math.random(),
};
