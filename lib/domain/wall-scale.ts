/**
 * How large things on a wall must be to be read from where people stand. What counts is the angle at which a capital letter is seen;
 * a screen is 16 by 9, so everything is in hundredths of its height (vh).
 */

export type Viewing = { /** Metres from the screen. */ distance: number; /** Its diagonal. */ inches: number };
export const DEFAULT_VIEWING: Viewing = { distance: 5, inches: 55 };

/** Minutes of arc of a capital letter: what must be read, what must be found, what must be seen in passing; the legend is for whoever walks up. */
const MINUTES = { legend: 11, text: 16, name: 20, clock: 22, count: 30.8 } as const;

/** Type sizes in vh. `cell` is the least size of a cell with a value in it. */
export type WallScale = Record<keyof typeof MINUTES, number> & { cell: number };

/** Of Inter: a capital letter to its type size. */
const CAP_HEIGHT = 0.727;
const MM_PER_INCH = 25.4;
/** Of 16 by 9: height to diagonal. */
const HEIGHT_SHARE = 9 / Math.hypot(16, 9);
/** Two digits of a size stand in a cell 1.28 times as wide. */
const CELL_PER_TEXT = 6 / 4.7;

export function wallScale({ distance, inches }: Viewing): WallScale {
  const height = inches * MM_PER_INCH * HEIGHT_SHARE;
  const size = (minutes: number): number => {
    const capital = distance * 1000 * Math.tan((minutes / 60) * (Math.PI / 180));
    return Math.round((capital / CAP_HEIGHT / height) * 1000) / 10;
  };
  const text = size(MINUTES.text);
  return {
    legend: size(MINUTES.legend),
    text,
    name: size(MINUTES.name),
    clock: size(MINUTES.clock),
    count: size(MINUTES.count),
    cell: Math.round(text * CELL_PER_TEXT * 10) / 10,
  };
}
